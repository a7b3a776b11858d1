import {
  BinnedRows,
  type CascadeModelRecord,
  type CellGridRecord,
  type CounterModelRecord,
  cascadeFeatures,
  conversionFeatures,
  counterFeatures,
  Forest,
  type Growth,
  growForest,
  logConversion,
  type OrderModelRecord,
  orderFeatures,
  SPIKE_LEVELS,
  SpikeEvidence,
  timeFeatures,
  viewFeatures,
} from '@crossparcel/demand';
import { generatorOf, median, normalQuantile, quantileRegression, ridgeRegression } from '@crossparcel/numerics';
import { DAY, HOUR, LAUNCH_DAYS_LONG, type SpikeItem, type SpikeItems, seenAt, totalAt } from './spike-data.ts';

const SEED = 20_261_123;
const DATED = { validFrom: '2026-11-23', validTo: null, readOn: '2026-11-22', confidence: 'single' as const };
const DIGITS = 4;
const short = (value: number): number => Number(value.toPrecision(DIGITS));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

type Cell = CellGridRecord['cells'][number][number];

interface Scaling {
  readonly middle: readonly number[];
  readonly spread: readonly number[];
}

const scalingOf = (rows: readonly (readonly number[])[], weights: readonly number[]): Scaling => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const weighted = (value: (row: readonly number[]) => number) =>
    rows.reduce((sum, row, at) => sum + (weights[at] as number) * value(row), 0) / total;
  const middle = (rows[0] ?? []).map((_, at) => weighted((row) => row[at] as number));
  const spread = middle.map((centre, at) => Math.sqrt(weighted((row) => ((row[at] as number) - centre) ** 2)) || 1);
  return { middle, spread };
};

const scaled = (row: readonly number[], { middle, spread }: Scaling): Float64Array =>
  Float64Array.from([1, ...row.map((value, at) => (value - (middle[at] as number)) / (spread[at] as number))]);

/** A line on scaled features as a line on the features themselves. */
const unscaled = (line: Float64Array, { middle, spread }: Scaling): { offset: number; slopes: number[] } => {
  const slopes = [...line.slice(1)].map((slope, at) => slope / (spread[at] as number));
  const offset = slopes.reduce((sum, slope, at) => sum - slope * (middle[at] as number), line[0] as number);
  return { offset: short(offset), slopes: slopes.map(short) };
};

/* Shares one by one. */

const CASCADE_AGES = Array.from({ length: 19 }, (_, step) => Math.round(60 * 1.6 ** step));
const CASCADE_PARTS = [0.25, 0.5, 0.75, 1];
const WEEK = 7 * DAY;
/** Rows of other ages count by how near they are, in logarithms. */
const NEAR = 0.4;
const LEAST_WEIGHT = 0.03;
/** The ridge, in items; the mechanism's features say more the older a cascade is. */
const cascadeRidge = (age: number): number => Math.min(60, Math.max(5, 10 * Math.sqrt((3 * HOUR) / age)));
const SIZE_RIDGE = 0.5;

interface CascadeRow {
  readonly features: readonly number[];
  readonly growth: number;
  readonly weight: number;
  readonly lag: number;
}

type CascadeLook = (evidence: SpikeEvidence, age: number) => number[];

const weightedQuantile = (rows: readonly (readonly [number, number])[], level: number): number => {
  const sorted = rows.toSorted(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let below = 0;
  for (const [value, weight] of sorted) {
    below += weight;
    if (below >= level * total) return value;
  }
  return 0;
};

/** One line for all levels, drawn near the size alone by the ridge; levels apart by residuals and by their deviation. */
const cascadeCell = (rows: readonly CascadeRow[], items: number, age: number): Cell => {
  const weights = rows.map(({ weight }) => weight);
  const columns = rows.map(({ features, lag }) => [...features, lag]);
  const scaling = scalingOf(columns, weights);
  const shape = columns.map((column) => scaled(column, scaling));
  const perItem = weights.reduce((sum, weight) => sum + weight, 0) / items;
  const ridge = cascadeRidge(age);
  const ridges = (shape[0] ?? new Float64Array()).length;
  const line = ridgeRegression(
    shape,
    rows.map(({ growth }) => growth),
    weights.map((weight) => weight / perItem),
    Array.from({ length: ridges }, (_, at) => (at === 1 ? SIZE_RIDGE : ridge)),
  );
  const residuals = rows.map(({ growth, weight }, at) => {
    const fitted = (shape[at] as Float64Array).reduce((sum, value, place) => sum + value * (line[place] as number), 0);
    return [growth - fitted, weight] as const;
  });
  const variance = residuals.reduce((sum, [value, weight]) => sum + weight * value ** 2, 0) / (perItem * (items - 3));
  const { offset, slopes } = unscaled(line, scaling);
  const own = slopes.slice(0, -1);
  return {
    offsets: SPIKE_LEVELS.map((level) =>
      short(offset + (weightedQuantile(residuals, level) * 1.05 + Math.sqrt(variance) * normalQuantile(level)) / 2),
    ),
    slopes: [own],
  };
};

const cascadeGrid = (items: readonly SpikeItem[], look: CascadeLook): CellGridRecord => {
  const seen = CASCADE_AGES.map((age) =>
    items.map((item) => {
      const evidence = new SpikeEvidence(seenAt(item, age, WEEK));
      return { item, features: look(evidence, age), total: evidence.counts.at(age) };
    }),
  );
  const cells = CASCADE_AGES.map((age) =>
    CASCADE_PARTS.map((part) => {
      const rows = CASCADE_AGES.flatMap((other, at) => {
        const lag = Math.log(other / age);
        const weight = Math.exp(-0.5 * (lag / NEAR) ** 2);
        if (weight < LEAST_WEIGHT) return [];
        const horizon = other * (WEEK / other) ** part;
        return (seen[at] ?? []).map(({ item, features, total }) => ({
          features,
          weight,
          lag,
          growth: Math.log((totalAt(item, horizon) + 1) / (total + 1)),
        }));
      });
      return cascadeCell(rows, items.length, age);
    }),
  );
  return { ages: CASCADE_AGES, parts: CASCADE_PARTS, cells };
};

/** Cascades half the size of the smallest are still of the same kind. */
const USUAL_LEAST = 0.5;

/** Learns cascades known share by share. */
export const learnCascades = (items: readonly SpikeItem[]): CascadeModelRecord => ({
  id: 'cascade',
  ...DATED,
  source: 'SEISMIC data by way of NII-Kobayashi/TiDeH (MIT): 49 tweets of 2011 with more than 2,000 retweets',
  firstAge: CASCADE_AGES[0] as number,
  lastAge: CASCADE_AGES.at(-1) as number,
  horizon: WEEK,
  held: [],
  times: cascadeGrid(items, ({ counts }, age) => timeFeatures(counts, age)),
  followers: cascadeGrid(items, cascadeFeatures),
  usualLeast: CASCADE_AGES.map((age) => Math.floor(USUAL_LEAST * Math.min(...items.map((item) => totalAt(item, age))))),
});

/* Counters. */

const SLICE = 1200;
const COUNTER_AGES = [1, 2, 3, 4, 6, 9, 13, 18, 26, 36, 50, 72, 100, 124].map((slices) => slices * SLICE);
const COUNTER_HORIZON = 144 * SLICE;
const COUNTER_GROWTH: Growth = { trees: 60, leaves: 10, rate: 0.1, leafRows: 60, rowShare: 0.5, featureShare: 0.7 };
/** The share of rows that keep only some of their readings. */
const THINNED = 0.25;

/** Learns counters of shares, seen at many ages, some with few readings. */
export const learnCounters = (items: readonly SpikeItem[]): CounterModelRecord => {
  const random = generatorOf(SEED);
  const rows: Float64Array[] = [];
  const values: number[] = [];
  for (const item of items) {
    for (const age of COUNTER_AGES) {
      const full = seenAt(item, age, COUNTER_HORIZON);
      const counts = full.counts ?? [];
      if ((counts.at(-1)?.[1] ?? 0) < 1) continue;
      for (const whole of [true, false]) {
        const horizon = whole ? COUNTER_HORIZON : age * (COUNTER_HORIZON / age) ** random.unit();
        const share = random.unit() < THINNED ? random.unit() ** 3 : 1;
        const kept = counts.filter((_, at) => at === counts.length - 1 || random.unit() < share);
        const evidence = new SpikeEvidence({ ...full, counts: kept });
        rows.push(counterFeatures(evidence.counts, age, age, horizon));
        values.push(Math.log((totalAt(item, horizon) + 1) / (evidence.counts.last + 1)));
      }
    }
  }
  const binned = new BinnedRows(rows);
  const data = { values: Float64Array.from(values), weights: new Float64Array(values.length).fill(1) };
  return {
    id: 'counter',
    ...DATED,
    source:
      'UCI News Popularity in Multiple Social Media Platforms, Moniz and Torgo 2018 (CC BY 4.0): 2,057 counters of shares',
    firstAge: COUNTER_AGES[0] as number,
    lastAge: COUNTER_AGES.at(-1) as number,
    horizon: COUNTER_HORIZON,
    held: [],
    forests: SPIKE_LEVELS.map((level) =>
      growForest(binned, data, { kind: 'quantile', level }, COUNTER_GROWTH, generatorOf(SEED)),
    ),
  };
};

/* Orders. */

const ORDER_AGES = [1, 2, 3, 4, 5, 7, 9, 11].map((day) => day * DAY);
const ORDER_PARTS = [1 / 3, 2 / 3, 1];
const ORDER_HORIZON = LAUNCH_DAYS_LONG * DAY;
const VIEW_GROWTH: Growth = { trees: 220, leaves: 16, rate: 0.08, leafRows: 50, rowShare: 0.6, featureShare: 0.6 };
const ORDER_RIDGE = 8;
/** The share of rows whose likes and comments are hidden. */
const HIDDEN = 0.3;

const orderHorizon = (age: number, part: number): number => age * (ORDER_HORIZON / age) ** part;

/** Learns how views grow; the videos must be others than those of the launches. */
export const learnViews = (videos: readonly SpikeItem[]): OrderModelRecord['views'] => {
  const random = generatorOf(SEED);
  const rows: Float64Array[] = [];
  const values: number[] = [];
  for (const item of videos) {
    for (const age of ORDER_AGES) {
      for (const whole of [true, false]) {
        const horizon = whole ? ORDER_HORIZON : orderHorizon(age, random.unit());
        const request = seenAt(item, age, horizon);
        const hidden = random.unit() < HIDDEN;
        const signals = hidden ? { views: request.signals?.views } : request.signals;
        const evidence = new SpikeEvidence({ ...request, signals });
        rows.push(viewFeatures(evidence, age, horizon) ?? new Float64Array());
        values.push(Math.log((totalAt(item, horizon) + 1) / (totalAt(item, age) + 1)));
      }
    }
  }
  const data = {
    values: Float64Array.from(values, (value) => Math.log(Math.max(1e-4, Math.expm1(value)))),
    weights: new Float64Array(values.length).fill(1),
  };
  return growForest(new BinnedRows(rows), data, { kind: 'quantile', level: 0.5 }, VIEW_GROWTH, generatorOf(SEED));
};

const orderCell = (rows: readonly (readonly number[])[], values: readonly number[]): Cell => {
  const weights = rows.map(() => 1);
  const scaling = scalingOf(rows, weights);
  const shape = rows.map((row) => scaled(row, scaling));
  const lines = SPIKE_LEVELS.map((level) => unscaled(quantileRegression(shape, values, level, ORDER_RIDGE), scaling));
  return { offsets: lines.map(({ offset }) => offset), slopes: lines.map(({ slopes }) => slopes) };
};

type OrderLook = (evidence: SpikeEvidence, age: number, horizon: number) => number[];

const orderGrid = (launches: readonly SpikeItem[], look: OrderLook): CellGridRecord => ({
  ages: ORDER_AGES,
  parts: ORDER_PARTS.map(short),
  cells: ORDER_AGES.map((age) =>
    ORDER_PARTS.map((part) => {
      const horizon = orderHorizon(age, part);
      return orderCell(
        launches.map((item) => look(new SpikeEvidence(seenAt(item, age, horizon)), age, horizon)),
        launches.map((item) => Math.log1p(totalAt(item, horizon) - totalAt(item, age))),
      );
    }),
  ),
});

/** How conversions vary, by the rates of days: between launches, and from day to day beyond what counts let them. */
const learnConversion = (launches: readonly SpikeItem[]): OrderModelRecord['conversion'] => {
  const flat = { usual: 0, between: 1e9, within: 0.1 };
  const own: number[] = [];
  const within: number[] = [];
  for (const item of launches) {
    const evidence = new SpikeEvidence(seenAt(item, ORDER_HORIZON, ORDER_HORIZON + 1));
    own.push(logConversion(evidence, ORDER_HORIZON, flat));
    const views = evidence.signal('views');
    const rates = ORDER_AGES.slice(0, 5).map((age) => {
      const orders = evidence.counts.gain(age, DAY) + 0.5;
      return { log: Math.log(orders / Math.max(1, views?.gain(age, DAY) ?? 1)), noise: 1 / orders };
    });
    const busy = rates.filter(({ noise }) => noise < 0.05);
    if (busy.length < 4) continue;
    const centre = mean(busy.map(({ log }) => log));
    const spread = busy.reduce((sum, { log }) => sum + (log - centre) ** 2, 0) / (busy.length - 1);
    within.push(Math.max(0, spread - mean(busy.map(({ noise }) => noise))));
  }
  const usual = median(own);
  return {
    usual: short(usual),
    between: short(mean(own.map((one) => (one - usual) ** 2))),
    within: short(Math.max(0.01, median(within))),
  };
};

/** Learns orders after videos. `views` must not come from the videos of these launches. */
export const learnOrders = (launches: readonly SpikeItem[], views: OrderModelRecord['views']): OrderModelRecord => {
  const conversion = learnConversion(launches);
  const forest = new Forest(views);
  return {
    id: 'orders',
    ...DATED,
    source:
      'sheb1lmsp/youtube-trending-analytics (MIT; its descriptor CC0-1.0): views of 2,030 videos; orders drawn for 300 others',
    firstAge: ORDER_AGES[0] as number,
    lastAge: ORDER_AGES.at(-1) as number,
    horizon: ORDER_HORIZON,
    held: [],
    views,
    conversion,
    alone: orderGrid(launches, orderFeatures),
    withViews: orderGrid(launches, (evidence, age, horizon) => {
      const growth = forest.answer(viewFeatures(evidence, age, horizon) ?? new Float64Array());
      return conversionFeatures(evidence, age, growth, conversion);
    }),
  };
};

/** Videos for the views of orders are looked at apart from all launches, so one forest serves all folds. */
export const learnAll = ({ cascades, articles, launches, videos }: SpikeItems) => ({
  counter: learnCounters(articles),
  cascade: learnCascades(cascades),
  orders: learnOrders(launches, learnViews(videos)),
});
