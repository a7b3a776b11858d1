import type { ParcelAnswer } from '@crossparcel/api';
import { lazy, Suspense } from 'react';
import { useParcel } from '../data/use-parcels.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Answer } from '../parts/Answer.tsx';
import { Loading } from '../parts/Loading.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ParcelStateBadge } from '../parts/ParcelStateBadge.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { Contents } from './Contents.tsx';
import { Papers } from './Papers.tsx';
import { ParcelFacts } from './ParcelFacts.tsx';
import { Timeline } from './Timeline.tsx';

const WayMap = lazy(async () => ({ default: (await import('../map/WayMap.tsx')).WayMap }));
const ProofPanel = lazy(async () => ({ default: (await import('../proof/ProofPanel.tsx')).ProofPanel }));

const Body = ({ parcel }: { readonly parcel: ParcelAnswer }) => {
  const { text } = useSpeech();
  return (
    <div className={css.columns}>
      <div className={css.stack}>
        <Section title={text.parcels.way}>
          {parcel.despatch === undefined ? (
            <p className={css.sub}>{text.parcels.noWay}</p>
          ) : (
            <Suspense fallback={<Loading />}>
              <WayMap legs={parcel.despatch.legs} timeline={parcel.timeline} />
            </Suspense>
          )}
        </Section>
        <Section title={text.parcels.papers}>
          <Papers parcel={parcel} />
        </Section>
        <Section title={text.proof.title}>
          <Suspense fallback={<Loading />}>
            <ProofPanel id={parcel.id} />
          </Suspense>
        </Section>
        <Section title={text.parcels.contents} isFlush>
          <Contents parcel={parcel} />
        </Section>
      </div>
      <div className={css.stack}>
        <Section title={text.parcels.facts}>
          <ParcelFacts parcel={parcel} />
        </Section>
        <Section title={text.parcels.timeline}>
          <Timeline parcel={parcel} />
        </Section>
      </div>
    </div>
  );
};

export const ParcelPage = ({ id }: { readonly id: string }) => {
  const { text } = useSpeech();
  const parcel = useParcel(id);
  const { data } = parcel;
  return (
    <>
      <PageHead
        title={data ? text.parcels.one(data.despatch?.number ?? data.epc) : text.parcels.parcel}
        beside={data && <ParcelStateBadge state={data.state} />}
      />
      <Answer query={parcel} lines={8}>
        {(answer) => <Body parcel={answer} />}
      </Answer>
    </>
  );
};
