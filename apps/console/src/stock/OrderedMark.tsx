import type { PlacedProposal } from '@crossparcel/api';
import { Button } from '@mantine/core';
import { useMarkOrdered } from '../data/use-placements.ts';
import { useMay } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from './stock.module.css';

interface Props {
  readonly placement: string;
  readonly proposal: PlacedProposal;
}

/** Whether a proposal was ordered, and the button to say so or take it back. */
export const OrderedMark = ({ placement, proposal: { sku, rank, quantity, arrives } }: Props) => {
  const { text, format } = useSpeech();
  const { stock } = text;
  const mark = useMarkOrdered(placement);
  const may = useMay('demand:write');
  if (quantity === 0) return null;
  const isOrdered = arrives !== undefined;
  const word = isOrdered ? stock.notOrdered : stock.markOrdered;
  return (
    <div className={css.mark}>
      {isOrdered && <span>{stock.arrives(format.day(arrives))}</span>}
      {may && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${word}: ${sku}`}
          loading={mark.isPending}
          onClick={() => mark.mutate({ ranks: [rank], ordered: !isOrdered })}
        >
          {word}
        </Button>
      )}
      {mark.error && <ProblemNotice error={mark.error} />}
    </div>
  );
};
