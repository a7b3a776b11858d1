import type { Paper, ParcelAnswer } from '@crossparcel/api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import css from '../parts/parts.module.css';
import parcels from './parcels.module.css';

const addressOf = (parcel: ParcelAnswer, paper: Paper): string => `/v1/parcels/${parcel.id}/papers/${paper}`;

/** Papers of a despatched parcel: each opens in a tab of its own, or below the list. */
export const Papers = ({ parcel }: { readonly parcel: ParcelAnswer }) => {
  const { text } = useSpeech();
  const mayRead = useMay('people:read');
  const [shown, setShown] = useState<Paper>();
  const papers = parcel.despatch?.papers ?? [];
  if (papers.length === 0) return <p className={css.sub}>{text.parcels.noPapers}</p>;
  if (!mayRead) return <p className={css.sub}>{text.parcels.mayNotPapers}</p>;
  return (
    <>
      <ul className={css.rows}>
        {papers.map((paper) => {
          const name = wordFor(text.paper, paper);
          const isShown = shown === paper;
          return (
            <li key={paper} className={parcels.paper}>
              <a href={addressOf(parcel, paper)} target="_blank" rel="noreferrer" aria-label={text.parcels.open(name)}>
                {name} (PDF)
              </a>
              <Button
                size="compact-xs"
                variant="default"
                aria-expanded={isShown}
                aria-label={`${isShown ? text.parcels.hidePreview : text.parcels.preview}: ${name}`}
                onClick={() => setShown(isShown ? undefined : paper)}
              >
                {isShown ? text.parcels.hidePreview : text.parcels.preview}
              </Button>
            </li>
          );
        })}
      </ul>
      {shown !== undefined && (
        <iframe
          className={parcels.preview}
          title={text.parcels.previewOf(wordFor(text.paper, shown))}
          src={addressOf(parcel, shown)}
        />
      )}
    </>
  );
};
