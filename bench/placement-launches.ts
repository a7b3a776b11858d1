import { join } from 'node:path';
import {
  BinnedRows,
  everywhereOf,
  type Growth,
  growForest,
  type ItemCosts,
  type KnownLaunch,
  type LaunchPlacementRecord,
  type LaunchViewsRecord,
  learnLaunchLine,
  learnShape,
  shareExpected,
  usualViews,
  VIEW_FOREST_LEVELS,
  viewFeatures,
} from '@crossparcel/demand';
import { readCsv, recordOf } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import type { DatedRecord } from '@crossparcel/units';
import type { SpikeItem } from './spike-data.ts';
import { SEED } from './spike-learn.ts';
import { learnConversion, weightOf } from './spike-orders.ts';

/** Days of a launch, those in which it can still be told how it goes on, and how far ahead goods arrive. */
export const LAUNCH_DAYS = 14;
const SEEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const GAPS = [0, 1, 2, 3, 4, 5, 7];

/** What was chosen by how launches went that were not learned from; docs/methods/placement.md has the figures. */
const LAUNCH_SETTINGS = { abruptEnd: 1.2, judgedBy: 7 };

/** A launch in a region, with its price. */
export interface PricedLaunch extends KnownLaunch {
  readonly id: string;
  readonly price: number;
}

const rowsOf = async (file: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = [];
  for await (const batch of readCsv(file)) for (const row of batch.rows) rows.push(recordOf(batch.header, row.fields));
  return rows;
};

interface Counted {
  readonly id: string;
  readonly facility: string;
  readonly own: number[];
  readonly views: number[];
  readonly likes: number[];
}

/** Daily orders and counters of launches by region, from the day of the video on. */
export const readLaunches = async (folder: string, split: string): Promise<PricedLaunch[]> => {
  const prices = new Map<string, number>();
  for (const { launch = '', price_gbp } of await rowsOf(join(folder, `viral/launches-${split}.csv.gz`)))
    prices.set(launch, Number(price_gbp));
  const found = new Map<string, Counted>();
  for (const { launch = '', region = '', day, orders, views_cum, likes_cum } of await rowsOf(
    join(folder, `viral/launches-days-${split}.csv.gz`),
  )) {
    const at = Number(day);
    if (at < 0) continue;
    const key = `${launch}|${region}`;
    const entry = found.get(key) ?? { id: launch, facility: region, own: [], views: [], likes: [] };
    entry.own[at] = Number(orders);
    entry.views[at] = Number(views_cum);
    entry.likes[at] = Number(likes_cum);
    found.set(key, entry);
  }
  const all = [...found.values()];
  const everywhere = everywhereOf(
    all.map(({ id }) => id),
    all.map(({ own }) => own),
  );
  return all.map(({ id, facility, own, views, likes }, at) => ({
    id,
    facility,
    own,
    everywhere: everywhere[at] as readonly number[],
    signals: { views, likes },
    price: prices.get(id) ?? 0,
  }));
};

/* Views. */

const VIEW_GAPS = [0, 2, 3, 4, 5, 7];
const VIEW_GROWTH: Growth = { trees: 110, leaves: 10, rate: 0.1, leafRows: 120, rowShare: 0.5, featureShare: 0.5 };
/** The share of rows whose likes are hidden. */
const HIDDEN = 0.08;

/** Learns how views of videos go on from some days ahead until two weeks are over; the videos are others than those of launches. */
export const learnViewForests = (videos: readonly SpikeItem[]): LaunchViewsRecord['forests'] => {
  const random = generatorOf(SEED);
  const cases = videos.flatMap((video) => {
    const [views = [], likes = []] = ['views', 'likes'].map((name) =>
      (video.signals?.[name] ?? []).slice(0, LAUNCH_DAYS).map(([, count]) => count),
    );
    const at = (day: number): number => views[day - 1] ?? 0;
    return SEEN.flatMap((seen) =>
      VIEW_GAPS.filter((gap) => seen + gap < LAUNCH_DAYS).map((gap) => {
        const days = new Array<number>(seen).fill(0);
        const signals = random.unit() < HIDDEN ? { views } : { views, likes };
        const toCome = (at(LAUNCH_DAYS) - at(seen + gap) + 1) / (at(seen) + 1);
        return {
          features: viewFeatures({ own: days, everywhere: days, signals }, { gap, periods: LAUNCH_DAYS }),
          value: Math.log(toCome) - usualViews(LAUNCH_DAYS, seen + gap),
          weight: weightOf(video),
        };
      }),
    );
  });
  const rows = new BinnedRows(cases.map(({ features }) => features));
  const values = Float64Array.from(cases, ({ value }) => value);
  const weights = Float64Array.from(cases, ({ weight }) => weight);
  return VIEW_FOREST_LEVELS.map((level) =>
    growForest(rows, { values, weights }, { kind: 'quantile', level }, VIEW_GROWTH, generatorOf(SEED)),
  );
};

/** The part of a normal distribution within one deviation. */
const WITHIN_ONE = 0.6827;
const EVEN = 4;

/** By days seen, how far shares of facilities drift, counted by the units that came. */
const learnDrift = (launches: readonly KnownLaunch[]): number[] =>
  SEEN.map((seen) => {
    const errors = launches
      .map(({ own, everywhere }) => {
        const later = [own, everywhere].map((units) => units.slice(seen + EVEN).reduce((sum, one) => sum + one, 0));
        const expected = shareExpected({ own: own.slice(0, seen), everywhere: everywhere.slice(0, seen) });
        const came = ((later[0] ?? 0) + 0.5) / ((later[1] ?? 0) + 0.5);
        return { error: Math.abs(Math.log(came / expected)), units: later[0] ?? 0 };
      })
      .toSorted((one, other) => one.error - other.error);
    const whole = errors.reduce((sum, { units }) => sum + units, 0);
    let below = 0;
    for (const { error, units } of errors) {
      below += units;
      if (below >= WITHIN_ONE * whole) return error;
    }
    return 0;
  });

/** What launches and videos tell of how launches go on. */
export interface Known {
  readonly launches: readonly KnownLaunch[];
  /** The same launches with what sold before them. */
  readonly items: readonly SpikeItem[];
  readonly forests: LaunchViewsRecord['forests'];
}

/** How launches go on, with the views of videos and without. */
export const learnLaunchPlacement = ({
  launches,
  items,
  forests,
}: Known): Omit<LaunchPlacementRecord, keyof DatedRecord | 'id'> => ({
  ...LAUNCH_SETTINGS,
  shape: learnShape(launches),
  withViews: { forests, conversion: learnConversion(items), drift: learnDrift(launches) },
  withoutViews: SEEN.flatMap((seen) =>
    GAPS.filter((gap) => seen + gap < LAUNCH_DAYS).map((gap) => learnLaunchLine(launches, { seen, gap })),
  ),
});

/** Stylised costs of bulk air after a launch: an order of a day is there so many days later, the present one not counted. */
export const airCosts = (price: number, lead: number): ItemCosts => ({
  direct: 0.9 + 0.11 * price,
  holding: (0.02 + 0.002 * price) / 7,
  leftover: 0.1 + 0.2 * price,
  modes: [{ id: 'air', lead: lead - 1, perUnit: 0.75 + 0.04 * price, perOrder: 25 }],
});
