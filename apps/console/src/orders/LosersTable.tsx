import type { DecisionAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from '../parts/Badge.tsx';
import { Money } from '../parts/Money.tsx';
import css from '../parts/parts.module.css';
import { Records } from '../parts/Records.tsx';
import { differencesOf } from './differences.ts';

type Loser = DecisionAnswer['losers'][number];

/** Other ways, what they would have cost, and why they lost. */
export const LosersTable = ({ decision }: { readonly decision: DecisionAnswer }) => {
  const { text, format, reason } = useSpeech();
  const { decision: words } = text;
  const { currency, losers } = decision;
  if (losers.length === 0) return <p className={css.sectionBody}>{words.noLosers}</p>;
  const whyOf = ({ costs, why }: Loser): string => {
    const differences = costs === undefined ? [] : differencesOf(costs, decision.costs);
    if (differences.length === 0) return reason(why);
    return differences
      .map(({ kind, more }) => `${wordFor(text.costKind, kind)} ${format.difference(more, currency)}`)
      .join(' · ');
  };
  return (
    <Records
      label={words.losers}
      rows={losers}
      keyOf={({ mode, facility, service }) => `${mode} ${facility} ${service}`}
      columns={[
        {
          key: 'way',
          head: words.way,
          cell: ({ mode, facility, service }) => (
            <>
              {service}
              <div className={css.note}>
                {wordFor(text.mode, mode)} · {facility}
              </div>
            </>
          ),
        },
        {
          key: 'cost',
          head: words.cost,
          isNumeric: true,
          cell: ({ sellerCost }) =>
            sellerCost === undefined ? (
              <Badge tone="neutral">{words.closed}</Badge>
            ) : (
              <Money amount={sellerCost} currency={currency} />
            ),
        },
        {
          key: 'more',
          head: words.more,
          isNumeric: true,
          cell: ({ sellerCost }) =>
            sellerCost === undefined
              ? ''
              : format.difference(Number(sellerCost) - Number(decision.sellerCost), currency),
        },
        { key: 'why', head: words.why, cell: whyOf },
      ]}
    />
  );
};
