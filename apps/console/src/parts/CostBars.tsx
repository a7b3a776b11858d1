import type { DecisionAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Money } from './Money.tsx';
import css from './parts.module.css';

interface Props {
  readonly costs: DecisionAnswer['costs'];
  readonly sellerCost: string;
  readonly currency: string;
}

/** Costs by kind as bars with their figures. Tax is drawn paler: the buyer pays it. */
export const CostBars = ({ costs, sellerCost, currency }: Props) => {
  const { text } = useSpeech();
  const kinds = Object.entries(costs).filter(([kind]) => kind !== 'total');
  const most = Math.max(...kinds.map(([, amount]) => Math.abs(Number(amount))), Number.MIN_VALUE);
  return (
    <>
      <ul className={css.bars}>
        {kinds.map(([kind, amount]) => (
          <li key={kind}>
            <span>{wordFor(text.costKind, kind)}</span>
            <div className={css.barTrack}>
              <div
                className={css.barFill}
                data-quiet={kind === 'tax'}
                style={{ width: `${(Math.abs(Number(amount)) / most) * 100}%` }}
              />
            </div>
            <b>
              <Money amount={amount} currency={currency} />
            </b>
          </li>
        ))}
        <li className={css.barTotal}>
          <span>{text.common.total}</span>
          <b>
            <Money amount={costs.total} currency={currency} />
          </b>
        </li>
        <li>
          <span>{text.decision.sellerCost}</span>
          <b style={{ gridColumn: 3 }}>
            <Money amount={sellerCost} currency={currency} />
          </b>
        </li>
      </ul>
      <p className={css.note}>{text.decision.taxNote}</p>
    </>
  );
};
