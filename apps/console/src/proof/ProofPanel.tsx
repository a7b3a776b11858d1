import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFetchProof } from '../data/use-proof.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from '../parts/parts.module.css';
import { CheckResult } from './CheckResult.tsx';
import { changeOneByte, checkProof, type ProofCheck } from './check.ts';
import { DropProof } from './DropProof.tsx';

interface Shown {
  readonly check: ProofCheck;
  readonly source: string;
}

const now = (): number => performance.now();

/** Checks the proof of a parcel in this browser, and any other proof that is dropped here. */
export const ProofPanel = ({ id }: { readonly id: string }) => {
  const { text, format } = useSpeech();
  const { proof: words } = text;
  const fetched = useFetchProof(id);
  const [shown, setShown] = useState<Shown>();
  const verify = (): void =>
    fetched.mutate(undefined, {
      onSuccess: ({ proof, policy }) => setShown({ check: checkProof(proof, policy, now), source: words.ofServer }),
      onError: () => setShown(undefined),
    });
  const spoil = (): void => {
    if (!fetched.data) return;
    const { text: spoiled, at, before, after } = changeOneByte(fetched.data.proof);
    const source = words.changed(format.number(at), before, after);
    setShown({ check: checkProof(spoiled, fetched.data.policy, now), source });
  };
  return (
    <div className={css.stack} style={{ gap: 12 }}>
      <p className={css.sub}>{words.intro}</p>
      <div className={css.actions}>
        <Button size="xs" loading={fetched.isPending} onClick={verify}>
          {words.verify}
        </Button>
        <Button size="xs" variant="default" disabled={!fetched.data} title={words.changeHint} onClick={spoil}>
          {words.change}
        </Button>
      </div>
      {fetched.error && <ProblemNotice error={fetched.error} onRetry={verify} />}
      {shown && <CheckResult check={shown.check} source={shown.source} />}
      <p className={css.note}>{words.limits}</p>
      <ul className={css.actions}>
        <li>
          <a href={`/v1/parcels/${id}/proof`} download={`${id}.proof`}>
            {words.download}
          </a>
        </li>
        <li>
          <a href="/log/policy" target="_blank" rel="noreferrer">
            {words.policy}
          </a>
        </li>
      </ul>
      <DropProof onChecked={(check, name) => setShown({ check, source: words.ofFile(name) })} />
    </div>
  );
};
