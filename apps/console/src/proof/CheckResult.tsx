import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Notice } from '../parts/Notice.tsx';
import css from '../parts/parts.module.css';
import type { ProofCheck } from './check.ts';

interface Props {
  readonly check: ProofCheck;
  /** What was checked. */
  readonly source: string;
}

/** The verdict on a proof and what it rests on. */
export const CheckResult = ({ check, source }: Props) => {
  const { text, format, reason } = useSpeech();
  const { proof } = text;
  const { log, parcel, events } = check;
  const title = check.isValid ? proof.valid : `${proof.invalid}: ${reason(check.reason ?? '')}`;
  return (
    <div className={css.stack} style={{ gap: 12 }}>
      <Notice tone={check.isValid ? 'good' : 'bad'} title={title} isAlert>
        <p>{source}</p>
      </Notice>
      <Facts
        facts={[
          [proof.parcel, parcel],
          [proof.events, events === undefined ? undefined : format.number(events)],
          [proof.log, log?.origin],
          [proof.size, log && format.number(log.size)],
          [
            proof.root,
            log && (
              <span key="root" className={css.mono}>
                {log.root}
              </span>
            ),
          ],
          [proof.witnesses, log && format.number(log.witnesses)],
          [proof.took, proof.milliseconds(format.number(Math.max(1, Math.round(check.milliseconds))))],
        ]}
      />
    </div>
  );
};
