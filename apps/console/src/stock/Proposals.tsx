import type { PlacedProposal } from '@crossparcel/api';
import { usePlaceName } from '../data/use-place-name.ts';
import { useProposals } from '../data/use-placements.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { reasonIn } from '../i18n/reasons.ts';
import { Badge } from '../parts/Badge.tsx';
import { Money } from '../parts/Money.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PagedRecords } from '../parts/PagedRecords.tsx';
import type { Column } from '../parts/Records.tsx';
import { OrderedMark } from './OrderedMark.tsx';
import css from './stock.module.css';

interface Props {
  readonly placement: string;
  readonly currency: string;
}

const Why = ({ reason }: { readonly reason: string }) => {
  const { text, language } = useSpeech();
  return (
    <details className={css.why}>
      <summary>{text.stock.why}</summary>
      <ul>
        {reason.split('; ').map((part) => (
          <li key={part}>{reasonIn(language, part)}</li>
        ))}
      </ul>
    </details>
  );
};

/** What is proposed, the largest saving first, each with its reason. */
export const Proposals = ({ placement, currency }: Props) => {
  const { text, format } = useSpeech();
  const nameOf = usePlaceName();
  const { stock } = text;
  const wayOf = ({ mode, from }: PlacedProposal): string => {
    if (from !== undefined) return stock.from(nameOf(from));
    return mode === 'direct' ? stock.direct : mode;
  };
  // A change of cost is minus for a saving; people read a saving as a plus.
  const change = (cost: string): string => format.difference(-Number(cost), currency);
  const columns: Column<PlacedProposal>[] = [
    { key: 'sku', head: stock.product, cell: ({ sku }) => sku },
    { key: 'facility', head: stock.warehouse, cell: ({ facility }) => nameOf(facility) },
    {
      key: 'way',
      head: stock.way,
      cell: (row) => <Badge tone={row.quantity > 0 ? 'info' : 'neutral'}>{wayOf(row)}</Badge>,
    },
    { key: 'units', head: stock.units, isNumeric: true, cell: ({ quantity }) => format.number(quantity) },
    {
      key: 'saving',
      head: stock.saving,
      isNumeric: true,
      cell: ({ saving }) => <Money amount={saving} currency={currency} />,
    },
    {
      key: 'worst',
      head: stock.worst,
      isNumeric: true,
      cell: ({ worstCase }) => (worstCase ? `${change(worstCase.low)} / ${change(worstCase.high)}` : '–'),
    },
    {
      key: 'demand',
      head: stock.demand,
      isNumeric: true,
      cell: ({ demand }) =>
        demand ? stock.range(format.number(demand.median), format.number(demand.low), format.number(demand.high)) : '–',
    },
    {
      key: 'decide',
      head: stock.decideBy,
      isNumeric: true,
      cell: ({ decideBy }) => (decideBy === null ? '–' : format.day(decideBy)),
    },
  ];
  return (
    <PagedRecords
      label={stock.proposals}
      query={useProposals(placement)}
      columns={columns}
      keyOf={({ rank }) => String(rank)}
      below={(proposal) => (
        <div className={css.below}>
          <Why reason={proposal.reason} />
          <OrderedMark placement={placement} proposal={proposal} />
        </div>
      )}
      empty={<Notice tone="neutral" title={stock.none} />}
    />
  );
};
