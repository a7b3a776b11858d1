import type { Despatch, ParcelAnswer } from '@crossparcel/api';
import { usePlaces } from '../data/use-parcels.ts';
import { usePlaceName } from '../data/use-place-name.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Answer } from '../parts/Answer.tsx';
import { PlannedLegs } from '../parts/PlannedLegs.tsx';
import { progressOf } from '../parts/progress.ts';
import { MapDrawing } from './MapDrawing.tsx';
import css from './map.module.css';
import { stretchesOf } from './ways.ts';

interface Props {
  readonly legs: Despatch['legs'];
  readonly timeline: ParcelAnswer['timeline'];
}

/** The way of a parcel: drawn on a map, and told in words below it. */
export const WayMap = ({ legs, timeline }: Props) => {
  const { text } = useSpeech();
  const places = usePlaces();
  const nameOf = usePlaceName();
  const progress = progressOf(legs, timeline);
  return (
    <>
      <Answer query={places}>
        {(known) => {
          const stretches = stretchesOf(legs, progress, known);
          const told = stretches.map(({ from, to, progress: how }) =>
            text.parcels.legText(nameOf(from), nameOf(to), text.progress[how]),
          );
          if (stretches.length === 0) return null;
          return <MapDrawing stretches={stretches} label={text.parcels.mapText(told.join('. '))} />;
        }}
      </Answer>
      <div className={css.legs}>
        <PlannedLegs legs={legs} progress={progress} />
      </div>
    </>
  );
};
