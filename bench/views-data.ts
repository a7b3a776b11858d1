import { join } from 'node:path';
import type { SpikeRequest } from '@crossparcel/demand';
import { readCsv, recordOf } from '@crossparcel/files';

/** A video of the chart data, with its readings from the oldest on. */
export interface Video {
  /** Videos are numbered in the order in which they were published. */
  readonly number: number;
  readonly attributes: { readonly category: number; readonly durationSeconds: number };
  readonly readings: readonly Reading[];
}

interface Reading {
  readonly seconds: number;
  readonly views: number;
  readonly likes: number;
  readonly comments: number;
  readonly countries: string[];
}

const READINGS = 'youtube-obs-dev.csv.gz';
const VIDEOS = 'youtube-videos-dev.csv.gz';
const HOUR = 3600;
/** Readings further apart than this say nothing of the hours between them. */
const LARGEST_GAP = 72 * HOUR;

const rowsOf = async (file: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = [];
  for await (const batch of readCsv(file)) for (const row of batch.rows) rows.push(recordOf(batch.header, row.fields));
  return rows;
};

/** The videos of a folder, in their order. */
export const readVideos = async (folder: string): Promise<Video[]> => {
  const readings = Map.groupBy(await rowsOf(join(folder, READINGS)), ({ v }) => v);
  return (await rowsOf(join(folder, VIDEOS))).map(({ v, cat, dur_s }) => ({
    number: Number(v),
    attributes: { category: Number(cat), durationSeconds: Number(dur_s) },
    readings: (readings.get(v) ?? []).map(({ age_h, views, likes, comments, countries = '' }) => ({
      seconds: Math.round(Number(age_h) * HOUR),
      views: Number(views),
      likes: Number(likes),
      comments: Number(comments),
      countries: countries === '' ? [] : countries.split('.'),
    })),
  }));
};

/** What was known of a video at one of its readings, its category and length apart; the horizon is in seconds. */
export const requestOf = ({ number, readings }: Video, last: number, horizon: number): SpikeRequest => {
  const seen = readings.slice(0, last + 1);
  return {
    id: String(number),
    kind: 'views',
    observedUntil: (seen.at(-1) as Reading).seconds,
    counts: seen.map(({ seconds, views }) => [seconds, views]),
    horizon,
    signals: {
      likes: seen.map(({ seconds, likes }) => [seconds, likes]),
      comments: seen.map(({ seconds, comments }) => [seconds, comments]),
      countries: seen.map(({ seconds, countries }) => [seconds, countries]),
    },
  };
};

/** Views at an age, on the line between the logarithms of the two readings around it; undefined where it is not known. */
export const viewsAt = ({ readings }: Video, seconds: number): number | undefined => {
  const after = readings.findIndex((reading) => reading.seconds >= seconds);
  const next = readings[after];
  const before = readings[after - 1];
  if (!next) return undefined;
  if (!before || next.seconds === seconds) return next.views;
  if (next.seconds - before.seconds > LARGEST_GAP) return undefined;
  const share = (seconds - before.seconds) / (next.seconds - before.seconds);
  return Math.exp(Math.log(before.views) * (1 - share) + Math.log(next.views) * share);
};

/** The last reading at an age from some hours to below others, or the first; undefined where there is none. */
export const readingAt = (
  { readings }: Video,
  from: number,
  to: number,
  which: 'first' | 'last',
): number | undefined => {
  const inside = ({ seconds }: Reading) => seconds >= from * HOUR && seconds < to * HOUR;
  const place = which === 'first' ? readings.findIndex(inside) : readings.findLastIndex(inside);
  return place < 0 ? undefined : place;
};
