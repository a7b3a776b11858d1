import type { SpikeRequest } from '../reading.ts';

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

const lastBefore = <Value>(
  readings: readonly (readonly [number, Value])[] | undefined,
  time: number,
): Value | undefined => {
  let found: readonly [number, Value] | undefined;
  for (const reading of readings ?? [])
    if (reading[0] <= time + TOGETHER && (found === undefined || reading[0] >= found[0])) found = reading;
  return found && found[0] >= time - STALE ? found[1] : undefined;
};

/**
 * The readings of views in a request, oldest first, one an instant, each with the signals that were known by then. Readings
 * after the time observed are left out. Platforms take views back that they find to be false; the total counts on from the
 * most that was shown, so views never fall here.
 */
export const viewReadings = ({ counts = [], signals = {}, observedUntil }: SpikeRequest): ViewReading[] => {
  const readings: ViewReading[] = [];
  let most = 0;
  for (const [time, views] of counts.toSorted(([one], [other]) => one - other)) {
    if (time <= 0 || time > observedUntil) continue;
    most = Math.max(most, views);
    const hours = time / HOUR;
    if (readings.at(-1)?.hours === hours) readings.pop();
    readings.push({
      hours,
      views: most,
      likes: lastBefore(signals.likes, time),
      comments: lastBefore(signals.comments, time),
      countries: lastBefore(signals.countries, time),
    });
  }
  return readings;
};
