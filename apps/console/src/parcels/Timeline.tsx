import type { ParcelAnswer } from '@crossparcel/api';
import { useEventOffsets, usePlaces } from '../data/use-parcels.ts';
import { usePlaceName } from '../data/use-place-name.ts';
import { useMay } from '../data/use-session.ts';
import { clockAt } from '../format/format.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Moment } from '../parts/Moment.tsx';
import css from '../parts/parts.module.css';
import { placeIdOf } from '../parts/progress.ts';
import parcels from './parcels.module.css';

type Step = ParcelAnswer['timeline'][number];

interface StepProps {
  readonly step: Step;
  readonly offset: string | undefined;
  readonly place: string | undefined;
}

const TimelineStep = ({ step, offset, place }: StepProps) => {
  const { text, format } = useSpeech();
  const { at, milestone, isVoid, isOverruled } = step;
  const counts = !isVoid && !isOverruled;
  const name = wordFor(text.milestone, milestone);
  // Senders that do not know the local clock write +00:00.
  const local = offset === undefined || offset === '+00:00' ? undefined : clockAt(at, offset);
  return (
    <li data-counts={counts}>
      {counts ? <strong>{name}</strong> : <del>{name}</del>}
      {place !== undefined && <div title={step.readPoint}>{place}</div>}
      <div className={css.note}>
        <Moment at={at} /> {format.zoneName}
        {local !== undefined && ` · ${text.parcels.localTime(local)}`}
      </div>
      {isVoid && <div className={css.note}>{text.parcels.voided}</div>}
      {isOverruled && <div className={css.note}>{text.parcels.overruled}</div>}
    </li>
  );
};

/** What happened to a parcel, the latest first. Steps that do not count are struck out. */
export const Timeline = ({ parcel }: { readonly parcel: ParcelAnswer }) => {
  const { text } = useSpeech();
  const places = usePlaces().data;
  const nameOf = usePlaceName();
  const offsets = useEventOffsets(parcel.epc, useMay('events:read')).data;
  if (parcel.timeline.length === 0) return <p className={css.sub}>{text.parcels.noTimeline}</p>;
  const placeOf = ({ readPoint }: Step): string | undefined => {
    if (readPoint === undefined) return undefined;
    const id = placeIdOf(readPoint);
    return nameOf(places?.get(id) ?? id);
  };
  return (
    <ol className={parcels.timeline}>
      {[...parcel.timeline].reverse().map((step) => (
        <TimelineStep key={step.eventID} step={step} offset={offsets?.get(step.eventID)} place={placeOf(step)} />
      ))}
    </ol>
  );
};
