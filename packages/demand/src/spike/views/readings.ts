import type { SpikeEvidence } from '../evidence.ts';
import type { CountHistory } from '../history.ts';

/** What was known of a video at an instant. */
export interface ViewReading {
  /** Hours since publication. */
  readonly hours: number;
  readonly views: number;
  readonly likes: number | undefined;
  readonly comments: number | undefined;
  /** Countries whose chart held the video; none known where this is undefined. */
  readonly countries: readonly string[] | undefined;
}

const HOUR = 3600;
/** A signal read up to so many seconds after a reading of the views belongs to it. */
const TOGETHER = 600;
/** A signal older than this says nothing about the reading any more. */
const STALE = 36 * HOUR;

type Dated<Value> = readonly (readonly [number, Value])[];

const entriesOf = (history: CountHistory | undefined): Dated<number> =>
  Array.from({ length: history?.length ?? 0 }, (_, place) => history?.entry(place) as readonly [number, number]);

const lastBefore = <Value>(entries: Dated<Value>, time: number): Value | undefined => {
  const found = entries.findLast(([instant]) => instant <= time + TOGETHER);
  return found && found[0] >= time - STALE ? found[1] : undefined;
};

/**
 * The readings of views, oldest first, each with the signals that were known by then. Platforms take views back that they
 * find to be false; the total counts on from the most that was shown, so views never fall here.
 */
export const viewReadings = (evidence: SpikeEvidence): ViewReading[] => {
  const likes = entriesOf(evidence.signal('likes'));
  const comments = entriesOf(evidence.signal('comments'));
  const countries = evidence.request.signals?.countries ?? [];
  let most = 0;
  return entriesOf(evidence.counts)
    .filter(([time]) => time > 0)
    .map(([time, views]) => {
      most = Math.max(most, views);
      return {
        hours: time / HOUR,
        views: most,
        likes: lastBefore(likes, time),
        comments: lastBefore(comments, time),
        countries: lastBefore(countries, time),
      };
    });
};
