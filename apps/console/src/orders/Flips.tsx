import type { DecisionAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import css from '../parts/parts.module.css';

/** What would have to change for another way to win. */
export const Flips = ({ decision }: { readonly decision: DecisionAnswer }) => {
  const { text, format } = useSpeech();
  const { decision: words } = text;
  if (decision.flips.length === 0) return <p className={css.sub}>{words.noFlips}</p>;
  const winner = decision.legs[0]?.service;
  return (
    <ul className={css.rows}>
      {decision.flips.map(({ mode, facility, service, by }) => {
        const amount = format.money(by, decision.currency);
        return (
          <li key={`${mode} ${facility} ${service}`}>
            {winner === undefined ? words.flipOther(service, amount) : words.flip(service, winner, amount)}
          </li>
        );
      })}
    </ul>
  );
};
