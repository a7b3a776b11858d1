import type { DecisionAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from './Badge.tsx';
import css from './parts.module.css';
import type { Progress } from './progress.ts';

interface Props {
  readonly legs: DecisionAnswer['legs'];
  readonly progress?: readonly Progress[];
}

const TONES = { done: 'good', 'under-way': 'info', ahead: 'neutral' } as const;

/** Legs of a way with their days, and for a parcel how far each is. */
export const PlannedLegs = ({ legs, progress = [] }: Props) => {
  const { text, format } = useSpeech();
  return (
    <ol className={css.stack} style={{ gap: 8 }}>
      {legs.map(({ kind, service, from, via, to, departs, arrives }, index) => {
        const how = progress[index];
        return (
          <li key={`${from}-${to}`}>
            <div className={css.headText}>
              <span>{[from, via, to].filter((place) => place !== undefined).join(' → ')}</span>
              <span className={css.sub}>
                {wordFor(text.legKind, kind)} · {service}
              </span>
              {how !== undefined && <Badge tone={TONES[how]}>{text.progress[how]}</Badge>}
            </div>
            <div className={css.note}>
              {text.decision.legDays(
                format.shortDay(departs),
                format.shortDay(arrives.p50),
                format.shortDay(arrives.p90),
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
};
