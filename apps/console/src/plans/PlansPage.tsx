import type { PlanAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { usePlans } from '../data/use-plans.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Money } from '../parts/Money.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PagedRecords } from '../parts/PagedRecords.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlanButton } from '../parts/PlanButton.tsx';
import { PlanStateBadge } from '../parts/PlanStateBadge.tsx';
import css from '../parts/parts.module.css';
import type { Column } from '../parts/Records.tsx';

export const PlansPage = () => {
  const { text, format } = useSpeech();
  const { plans, common } = text;
  const columns: Column<PlanAnswer>[] = [
    {
      key: 'asked',
      head: `${plans.asked} (${format.zoneName})`,
      cell: ({ id, askedAt }) => <Link href={`/plans/${id}`}>{format.dateTime(askedAt)}</Link>,
    },
    { key: 'state', head: common.state, cell: ({ state }) => <PlanStateBadge state={state} /> },
    { key: 'orders', head: plans.orders, isNumeric: true, cell: ({ orders }) => format.number(orders) },
    {
      key: 'parcels',
      head: plans.parcels,
      isNumeric: true,
      cell: ({ summary }) => (summary ? format.number(summary.parcels) : '–'),
    },
    {
      key: 'cost',
      head: plans.sellerCost,
      isNumeric: true,
      cell: ({ summary }) => (summary ? <Money amount={summary.sellerCost} currency={summary.currency} /> : '–'),
    },
    {
      key: 'late',
      head: plans.late,
      isNumeric: true,
      cell: ({ summary }) => (summary ? format.percent(summary.lateShare) : '–'),
    },
  ];
  return (
    <>
      <PageHead title={plans.title} actions={<PlanButton />} />
      <div className={css.section}>
        <PagedRecords
          label={plans.title}
          query={usePlans()}
          columns={columns}
          keyOf={({ id }) => id}
          empty={
            <Notice tone="neutral" title={plans.empty}>
              <p>{plans.emptyMend}</p>
            </Notice>
          }
        />
      </div>
    </>
  );
};
