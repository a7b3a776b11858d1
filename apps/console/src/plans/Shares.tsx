import { useSpeech } from '../i18n/LanguageProvider.tsx';
import css from '../parts/parts.module.css';

interface Props {
  readonly counts: readonly (readonly [name: string, count: number])[];
  readonly whole: number;
}

/** Counts as bars, each with its share of the whole. */
export const Shares = ({ counts, whole }: Props) => {
  const { format } = useSpeech();
  return (
    <ul className={css.bars}>
      {counts.map(([name, count]) => {
        const share = whole === 0 ? 0 : count / whole;
        return (
          <li key={name}>
            <span>{name}</span>
            <div className={css.barTrack}>
              <div className={css.barFill} style={{ width: `${share * 100}%` }} />
            </div>
            <b>
              {format.number(count)} <span className={css.sub}>{format.percent(share)}</span>
            </b>
          </li>
        );
      })}
    </ul>
  );
};
