import type { Despatch, Place } from '@crossparcel/api';
import type { Progress } from '../parts/progress.ts';
import type { Point } from './projection.ts';

type Leg = Despatch['legs'][number];

/** A stretch between two places of the map. */
export interface Stretch {
  readonly from: Place;
  readonly to: Place;
  readonly progress: Progress;
}

/** The stretches of the legs, by way of the places between; places that the network does not know are passed over. */
export const stretchesOf = (
  legs: readonly Leg[],
  progress: readonly Progress[],
  places: ReadonlyMap<string, Place>,
): Stretch[] =>
  legs.flatMap(({ from, via, to }, index) => {
    const known = [from, via, to].flatMap((id) => {
      const place = id === undefined ? undefined : places.get(id);
      return place === undefined ? [] : [place];
    });
    return known.slice(1).flatMap((place, at) => {
      const before = known[at];
      return before === undefined ? [] : [{ from: before, to: place, progress: progress[index] ?? 'ahead' }];
    });
  });

/** Places in the order of the way, each once. */
export const stopsOf = (stretches: readonly Stretch[]): Place[] => [
  ...new Map(stretches.flatMap(({ from, to }) => [from, to]).map((place) => [place.id, place])).values(),
];

export const pointOf = ({ lon, lat }: Place): Point => [lon, lat];
