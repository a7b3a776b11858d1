import type { DecisionAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { usePlanDecisions } from '../data/use-plans.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from '../parts/Badge.tsx';
import { Money } from '../parts/Money.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PagedRecords } from '../parts/PagedRecords.tsx';
import type { Column } from '../parts/Records.tsx';

type Row = DecisionAnswer & { readonly order: string };

/** What a plan decided, order by order, the dearest first. */
export const DearestDecisions = ({ plan }: { readonly plan: string }) => {
  const { text, format } = useSpeech();
  const { decision: words } = text;
  const columns: Column<Row>[] = [
    {
      key: 'order',
      head: text.orders.order,
      cell: ({ order, orderId }) => <Link href={`/orders/${order}`}>{orderId}</Link>,
    },
    {
      key: 'mode',
      head: words.way,
      cell: ({ mode }) => <Badge tone={mode === 'held' ? 'warn' : 'neutral'}>{wordFor(text.mode, mode)}</Badge>,
    },
    { key: 'service', head: words.service, cell: ({ legs, facility }) => legs[0]?.service ?? facility ?? '–' },
    {
      key: 'cost',
      head: words.sellerCost,
      isNumeric: true,
      cell: ({ sellerCost, currency }) => <Money amount={sellerCost} currency={currency} />,
    },
    {
      key: 'promised',
      head: words.promised,
      isNumeric: true,
      cell: ({ promisedAt }) => (promisedAt === null ? '–' : format.day(promisedAt)),
    },
    {
      key: 'losers',
      head: words.losers,
      isNumeric: true,
      cell: ({ losers }) => words.waysLost(format.number(losers.length)),
    },
  ];
  return (
    <PagedRecords
      label={text.plans.dearest}
      query={usePlanDecisions(plan)}
      columns={columns}
      keyOf={({ order }) => order}
      empty={<Notice tone="neutral" title={text.plans.noDecisions} />}
    />
  );
};
