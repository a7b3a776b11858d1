import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useId, useState } from 'react';
import { readPolicy } from '../data/use-proof.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from '../parts/parts.module.css';
import { checkProof, type ProofCheck } from './check.ts';
import proofCss from './proof.module.css';

interface Props {
  readonly onChecked: (check: ProofCheck, name: string) => void;
}

/** Takes a proof file and checks it by the policy of this log. */
export const DropProof = ({ onChecked }: Props) => {
  const { text } = useSpeech();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const check = useMutation({
    mutationFn: async (file: File) => {
      const [proof, policy] = await Promise.all([file.text(), readPolicy()]);
      return checkProof(proof, policy, () => performance.now());
    },
    onSuccess: (found, { name }) => onChecked(found, name),
  });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) check.mutate(file);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut for the file field inside */}
      <div
        className={proofCss.drop}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label htmlFor={id}>{text.proof.drop}</label>
        <span className={css.note}>{text.proof.dropHint}</span>
        <input
          id={id}
          type="file"
          accept=".proof,application/json,text/plain"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) check.mutate(file);
            currentTarget.value = '';
          }}
        />
      </div>
      {check.error && <ProblemNotice error={check.error} />}
    </>
  );
};
