import type { PlacementAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { usePlacements } from '../data/use-placements.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Money } from '../parts/Money.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PagedRecords } from '../parts/PagedRecords.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlanStateBadge } from '../parts/PlanStateBadge.tsx';
import css from '../parts/parts.module.css';
import type { Column } from '../parts/Records.tsx';
import { ProposeForm } from './ProposeForm.tsx';

export const StockPage = () => {
  const { text, format } = useSpeech();
  const { stock, common } = text;
  const columns: Column<PlacementAnswer>[] = [
    {
      key: 'asked',
      head: `${stock.asked} (${format.zoneName})`,
      cell: ({ id, askedAt }) => <Link href={`/stock/${id}`}>{format.dateTime(askedAt)}</Link>,
    },
    { key: 'state', head: common.state, cell: ({ state }) => <PlanStateBadge state={state} /> },
    { key: 'weeks', head: stock.weeks, isNumeric: true, cell: ({ weeks }) => format.number(weeks) },
    {
      key: 'units',
      head: stock.units,
      isNumeric: true,
      cell: ({ summary }) => (summary ? format.number(summary.units) : '–'),
    },
    {
      key: 'saving',
      head: stock.saving,
      isNumeric: true,
      cell: ({ summary }) => (summary ? <Money amount={summary.saving} currency={summary.currency} /> : '–'),
    },
    {
      key: 'decide',
      head: stock.decideFirst,
      isNumeric: true,
      cell: ({ summary }) => (summary?.decideBy === undefined ? '–' : format.day(summary.decideBy)),
    },
  ];
  return (
    <>
      <PageHead title={stock.title} actions={<ProposeForm />} />
      <div className={css.section}>
        <PagedRecords
          label={stock.title}
          query={usePlacements()}
          columns={columns}
          keyOf={({ id }) => id}
          empty={
            <Notice tone="neutral" title={stock.empty}>
              <p>{stock.emptyMend}</p>
            </Notice>
          }
        />
      </div>
    </>
  );
};
