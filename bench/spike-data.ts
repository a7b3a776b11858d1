import { join } from 'node:path';
import type { SpikeRequest } from '@crossparcel/demand';
import { readCsv, readWholeText, recordOf } from '@crossparcel/files';

type Readings = readonly (readonly [number, number])[];

/** A post, article or launch with all that became known of it. Items of one `family` are never learned from apart. */
export interface SpikeItem {
  readonly id: string;
  readonly family: string;
  readonly group: string;
  readonly kind: SpikeRequest['kind'];
  readonly events?: Readings;
  readonly counts?: Readings;
  readonly signals?: Readonly<Record<string, Readings>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** The last instant known. */
  readonly until: number;
  /** Share of the days on which a video was charted where launches sell. */
  readonly sold?: number;
}

/** Videos charted for long, to learn how views grow; and orders drawn after other such videos. */
export interface SpikeItems {
  readonly cascades: readonly SpikeItem[];
  readonly articles: readonly SpikeItem[];
  readonly launches: readonly SpikeItem[];
  readonly videos: readonly SpikeItem[];
  /** The same and those charted for a shorter time, to tell kinds of videos apart. */
  readonly charted: readonly SpikeItem[];
}

export const HOUR = 3600;
export const DAY = 24 * HOUR;
const SLICE = 1200;
const SLICES = 144;
const CASCADES = 'retweets-dev.ndjson.gz';
const ARTICLES = 'news-shares-20min-dev.csv.gz';
const LAUNCH_DAYS = 'launches-days-dev.csv.gz';
const LAUNCHES = 'launches-dev.csv.gz';
const VIDEO_FACTS = 'youtube-videos-dev.csv.gz';
const VIDEOS = 'youtube-obs-dev.csv.gz';
const WEEK = 7 * DAY;
/** Videos like those that launches were drawn from. */
const FIRST_SEEN = 30 * HOUR;
export const LAUNCH_DAYS_LONG = 14;
/** Days before a launch in its curve of orders. */
export const DAYS_BEFORE = 28;
/** Where launches sell: Britain, the United States with Puerto Rico, and Europe. */
const SOLD_IN = new Set(
  'GB US PR DE FR NL IE BE ES PT IT AT SE FI DK PL GR CY MT LT CZ CH NO IS HU RO BG HR SK SI EE LV LU'.split(' '),
);
const LEAST_READINGS = 10;

const rowsOf = async (file: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = [];
  for await (const batch of readCsv(file)) for (const row of batch.rows) rows.push(recordOf(batch.header, row.fields));
  return rows;
};

const readCascades = async (file: string): Promise<SpikeItem[]> =>
  (await readWholeText(file))
    .trim()
    .split('\n')
    .map((line) => {
      const { id, t, f } = JSON.parse(line) as { id: number; t: number[]; f: number[] };
      const events = t.map((time, at) => [time, f[at] ?? 0] as const);
      return { id: String(id), family: String(id), group: 'retweets', kind: 'shares', events, until: WEEK };
    });

const readArticles = async (file: string): Promise<SpikeItem[]> =>
  (await rowsOf(file)).map(({ item = '', platform = '', ...row }) => {
    const slices = Array.from({ length: SLICES }, (_, at) => [SLICE * (at + 1), Number(row[`s${at + 1}`])] as const);
    const counts = slices.filter(([, shares]) => shares >= 0);
    const id = `${item}@${platform}`;
    return {
      id,
      family: item,
      group: platform,
      kind: 'shares',
      counts,
      attributes: { platform },
      until: SLICE * SLICES,
    };
  });

const running = (values: readonly number[]): Readings => {
  let sum = 0;
  return values.map((value, day) => {
    sum += value;
    return [DAY * (day + 1), sum] as const;
  });
};

const videoAttributes = (row: Record<string, string> | undefined): Readonly<Record<string, string>> => ({
  category: row?.cat ?? '',
  durationSeconds: row?.dur_s ?? '',
});

const readLaunches = async (folder: string): Promise<{ launches: SpikeItem[]; used: Set<string> }> => {
  const rows = await rowsOf(join(folder, LAUNCH_DAYS));
  const own = new Map((await rowsOf(join(folder, LAUNCHES))).map((row) => [row.launch ?? '', row]));
  const used = new Set([...own.values()].map(({ v = '' }) => v));
  const launches = [...Map.groupBy(rows, ({ launch = '' }) => launch)].map(([id, mine]): SpikeItem => {
    const days = Array.from({ length: LAUNCH_DAYS_LONG }, (_, day) => mine.filter((row) => Number(row.day) === day));
    const orders = days.map((regions) => regions.reduce((sum, row) => sum + Number(row.orders), 0));
    const before = mine.reduce((sum, row) => sum + (Number(row.day) < 0 ? Number(row.orders) : 0), 0);
    const counted = (name: string): Readings =>
      days.map((regions, day) => [DAY * (day + 1), Number(regions[0]?.[name])] as const);
    const signals = { views: counted('views_cum'), likes: counted('likes_cum'), comments: counted('comments_cum') };
    return {
      id,
      family: id,
      group: 'launches',
      kind: 'orders',
      counts: running(orders),
      signals,
      attributes: { ...videoAttributes(own.get(id)), basePerDay: String(before / DAYS_BEFORE) },
      until: DAY * LAUNCH_DAYS_LONG,
    };
  });
  return { launches, used };
};

/** Readings straight between those taken, at the end of each day, as launches have them. */
const daily = (rows: readonly Record<string, string>[], name: string): Readings => {
  const taken = [[0, 0], ...rows.map((row) => [Number(row.age_h) * HOUR, Number(row[name])] as const)] as const;
  const days = Math.min(LAUNCH_DAYS_LONG, Math.floor((taken.at(-1)?.[0] ?? 0) / DAY));
  return Array.from({ length: days }, (_, day) => {
    const time = DAY * (day + 1);
    const after = taken.findIndex(([at = 0]) => at >= time);
    const [[from = 0, low = 0] = [], [to = 0, high = 0] = []] = [taken[after - 1], taken[after]];
    return [time, low + ((high - low) * (time - from)) / (to - from)] as const;
  });
};

const videoOf = (id: string, rows: readonly Record<string, string>[], facts: Record<string, string> | undefined) => {
  const [views, likes, comments] = ['views', 'likes', 'comments'].map((name) => daily(rows, name)) as [
    Readings,
    Readings,
    Readings,
  ];
  const signals = { views, likes, comments };
  const attributes = videoAttributes(facts);
  const until = views.at(-1)?.[0] ?? 0;
  const there = rows.filter(({ countries = '' }) => countries.split('.').some((country) => SOLD_IN.has(country)));
  const sold = there.length / rows.length;
  return { id, family: id, group: 'videos', kind: 'views', counts: views, signals, attributes, until, sold } as const;
};

const readVideos = async (
  folder: string,
  used: ReadonlySet<string>,
): Promise<Pick<SpikeItems, 'videos' | 'charted'>> => {
  const about = new Map((await rowsOf(join(folder, VIDEO_FACTS))).map((row) => [row.v ?? '', row]));
  const videos: SpikeItem[] = [];
  const charted: SpikeItem[] = [];
  for (const [id, rows] of Map.groupBy(await rowsOf(join(folder, VIDEOS)), ({ v = '' }) => v)) {
    if (used.has(id)) continue;
    const video = videoOf(id, rows, about.get(id));
    const first = Number(rows[0]?.age_h) * HOUR;
    charted.push(video);
    if (first <= FIRST_SEEN && video.until >= DAY * LAUNCH_DAYS_LONG && rows.length >= LEAST_READINGS)
      videos.push(video);
  }
  return { videos, charted };
};

/** Reads a folder of popularity curves. Videos that launches were drawn from are left out. */
export const readSpikes = async (folder: string): Promise<SpikeItems> => {
  const { launches, used } = await readLaunches(folder);
  return {
    cascades: await readCascades(join(folder, CASCADES)),
    articles: await readArticles(join(folder, ARTICLES)),
    launches,
    ...(await readVideos(folder, used)),
  };
};

const upTo = <Row extends readonly [number, unknown]>(rows: readonly Row[], age: number): Row[] =>
  rows.filter(([time]) => time <= age);

/** What was known of an item at an age. */
export const seenAt = (item: SpikeItem, age: number, horizon: number): SpikeRequest => {
  const copy = (rows: Readings): [number, number][] => upTo(rows, age).map(([time, value]) => [time, value]);
  const signals = Object.fromEntries(Object.entries(item.signals ?? {}).map(([name, rows]) => [name, copy(rows)]));
  return {
    id: item.id,
    kind: item.kind,
    observedUntil: age,
    horizon,
    signals,
    ...(item.attributes && { attributes: { ...item.attributes } }),
    ...(item.events ? { events: copy(item.events) } : { counts: copy(item.counts ?? []) }),
  };
};

/** The total of an item at an instant, straight between readings. */
export const totalAt = (item: SpikeItem, instant: number): number => {
  if (item.events) return upTo(item.events, instant).length;
  const counts = item.counts ?? [];
  const after = counts.findIndex(([time]) => time > instant);
  if (after < 0) return counts.at(-1)?.[1] ?? 0;
  const [[from, low], [to, high]] = [counts[after - 1] ?? [0, 0], counts[after] ?? [1, 0]];
  return low + ((high - low) * (instant - from)) / (to - from);
};

/** Orders of each launch by day over all regions, from four weeks before it on. */
export const readOrderCurves = async (folder: string): Promise<number[][]> => {
  const rows = await rowsOf(join(folder, LAUNCH_DAYS));
  return [...Map.groupBy(rows, ({ launch = '' }) => launch).values()].map((own) => {
    const curve = new Array<number>(DAYS_BEFORE + LAUNCH_DAYS_LONG).fill(0);
    for (const row of own) {
      const at = Number(row.day) + DAYS_BEFORE;
      curve[at] = (curve[at] ?? 0) + Number(row.orders);
    }
    return curve;
  });
};
