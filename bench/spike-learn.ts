import {
  BinnedRows,
  type CascadeModelRecord,
  type CellGridRecord,
  type CounterModelRecord,
  cascadeFeatures,
  counterFeatures,
  counterLineFeatures,
  type Growth,
  growForest,
  SPIKE_LEVELS,
  SpikeEvidence,
  timeFeatures,
} from '@crossparcel/demand';
import { generatorOf, normalQuantile, quantileRegression, ridgeRegression } from '@crossparcel/numerics';
import { DAY, HOUR, type SpikeItem, seenAt, totalAt } from './spike-data.ts';

export const SEED = 20_261_123;
export const DATED = { validFrom: '2026-11-23', validTo: null, readOn: '2026-11-22', confidence: 'single' as const };
const DIGITS = 4;
export const short = (value: number): number => Number(value.toPrecision(DIGITS));

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
const unscaled = (line: Float64Array, { middle, spread }: Scaling): Line => {
  const slopes = [...line.slice(1)].map((slope, at) => slope / (spread[at] as number));
  const offset = slopes.reduce((sum, slope, at) => sum - slope * (middle[at] as number), line[0] as number);
  return { offset, slopes };
};

const LINE_RIDGE = 8;

/** Lines at each level of their own (Koenker and Bassett 1978). */
export const quantileCell = (rows: readonly (readonly number[])[], values: readonly number[]): Cell => {
  const weights = rows.map(() => 1);
  const scaling = scalingOf(rows, weights);
  const shape = rows.map((row) => scaled(row, scaling));
  const lines = SPIKE_LEVELS.map((level) => unscaled(quantileRegression(shape, values, level, LINE_RIDGE), scaling));
  return { offsets: lines.map(({ offset }) => short(offset)), slopes: lines.map(({ slopes }) => slopes.map(short)) };
};

/* Shares one by one. */

const CASCADE_AGES = Array.from({ length: 19 }, (_, step) => Math.round(60 * 1.6 ** step));
const CASCADE_PARTS = [0.25, 0.5, 0.75, 1];
const WEEK = 7 * DAY;
/** Rows of other ages count by how near they are, in logarithms. */
const NEAR = 0.4;
const LEAST_WEIGHT = 0.03;
/** The ridge, in items; the mechanism's features say more the older a cascade is. */
const CASCADE_RIDGE = 10;
const SIZE_RIDGE = 0.5;
/** Up to an hour the line through all is averaged with the one through the size alone; from six hours on it stands for itself. */
const sizeShare = (age: number): number => Math.min(0.5, Math.max(0, 0.5 * (1 - Math.log(age / HOUR) / Math.log(6))));

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

/** What a line costs of the freedom of its residuals, in items; and how much wider theirs come on others. */
const FREE = 3;
const WIDER = 1.05;

interface Line {
  readonly offset: number;
  readonly slopes: readonly number[];
}

/** A line through the first features of rows, by least squares with a ridge; `items` says how many rows count as. */
const cascadeLine = (rows: readonly CascadeRow[], first: number, items: number): Line => {
  const weights = rows.map(({ weight }) => weight);
  const columns = rows.map(({ features, lag }) => [...features.slice(0, first), lag]);
  const scaling = scalingOf(columns, weights);
  const perItem = weights.reduce((sum, weight) => sum + weight, 0) / items;
  const line = ridgeRegression(
    columns.map((column) => scaled(column, scaling)),
    rows.map(({ growth }) => growth),
    weights.map((weight) => weight / perItem),
    Array.from({ length: first + 2 }, (_, at) => (at === 1 ? SIZE_RIDGE : CASCADE_RIDGE)),
  );
  return unscaled(line, scaling);
};

/** One line for all levels; levels apart by residuals and by their deviation. */
const cascadeCell = (rows: readonly CascadeRow[], items: number, age: number): Cell => {
  const width = rows[0]?.features.length ?? 0;
  const full = cascadeLine(rows, width, items);
  const size = cascadeLine(rows, 1, items);
  const share = sizeShare(age);
  const slope = (line: Line, at: number, of: number): number => (at < of ? (line.slopes[at] as number) : 0);
  const slopes = Array.from({ length: width }, (_, at) =>
    short((1 - share) * slope(full, at, width) + share * slope(size, at, 1)),
  );
  const offset = (1 - share) * full.offset + share * size.offset;
  const lagSlope = (1 - share) * (full.slopes.at(-1) ?? 0) + share * (size.slopes.at(-1) ?? 0);
  const residuals = rows.map(({ features, growth, weight, lag }) => {
    const fitted = slopes.reduce((sum, one, at) => sum + one * (features[at] as number), offset + lagSlope * lag);
    return [growth - fitted, weight] as const;
  });
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const squares = residuals.reduce((sum, [value, weight]) => sum + weight * value ** 2, 0);
  const deviation = Math.sqrt((squares / total) * (items / (items - FREE)));
  return {
    offsets: SPIKE_LEVELS.map((level) =>
      short(offset + (weightedQuantile(residuals, level) * WIDER + deviation * normalQuantile(level)) / 2),
    ),
    slopes: [slopes],
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
const COUNTER_GROWTH: Growth = { trees: 45, leaves: 9, rate: 0.12, leafRows: 60, rowShare: 0.5, featureShare: 0.7 };
const PLATFORMS = ['fb', 'gp', 'li'];
/** Rare platforms count for more, or trees would not tell them apart. */
const PLATFORM_WEIGHTS = [1, 3, 4];
/** The share of rows whose platform is not told. */
const UNNAMED = 0.2;
/** The share of rows that keep only some of their readings. */
const THINNED = 0.25;

const LINE_AGES = [1, 3, 9, 18, 36, 72, 124].map((slices) => slices * SLICE);
const LINE_PARTS = [0.5, 1];

const counterLines = (items: readonly SpikeItem[]): CellGridRecord => ({
  ages: LINE_AGES,
  parts: LINE_PARTS,
  cells: LINE_AGES.map((age) => {
    const begun = items.filter((item) => totalAt(item, age) >= 1);
    return LINE_PARTS.map((part) => {
      const horizon = age * (COUNTER_HORIZON / age) ** part;
      return quantileCell(
        begun.map((item) => {
          const evidence = new SpikeEvidence(seenAt(item, age, horizon));
          return counterLineFeatures(counterFeatures(evidence, { age, modelAge: age, horizon }, PLATFORMS), PLATFORMS);
        }),
        begun.map((item) => Math.log((totalAt(item, horizon) + 1) / (totalAt(item, age) + 1))),
      );
    });
  }),
});

/** Learns counters of shares, seen at many ages, some with few readings. */
export const learnCounters = (items: readonly SpikeItem[]): CounterModelRecord => {
  const random = generatorOf(SEED);
  const rows: Float64Array[] = [];
  const values: number[] = [];
  const weights: number[] = [];
  for (const item of items) {
    for (const age of COUNTER_AGES) {
      const full = seenAt(item, age, COUNTER_HORIZON);
      const counts = full.counts ?? [];
      if ((counts.at(-1)?.[1] ?? 0) < 1) continue;
      for (const whole of [true, false]) {
        const horizon = whole ? COUNTER_HORIZON : age * (COUNTER_HORIZON / age) ** random.unit();
        const share = random.unit() < THINNED ? random.unit() ** 3 : 1;
        const kept = counts.filter((_, at) => at === counts.length - 1 || random.unit() < share);
        const attributes = random.unit() < UNNAMED ? {} : full.attributes;
        const evidence = new SpikeEvidence({ ...full, counts: kept, attributes });
        rows.push(counterFeatures(evidence, { age, modelAge: age, horizon }, PLATFORMS));
        weights.push(PLATFORM_WEIGHTS[PLATFORMS.indexOf(item.group)] ?? 1);
        values.push(Math.log((totalAt(item, horizon) + 1) / (evidence.counts.last + 1)));
      }
    }
  }
  const binned = new BinnedRows(rows);
  const data = { values: Float64Array.from(values), weights: Float64Array.from(weights) };
  return {
    id: 'counter',
    ...DATED,
    source:
      'UCI News Popularity in Multiple Social Media Platforms, Moniz and Torgo 2018 (CC BY 4.0): 2,057 counters of shares',
    firstAge: COUNTER_AGES[0] as number,
    lastAge: COUNTER_AGES.at(-1) as number,
    horizon: COUNTER_HORIZON,
    held: [],
    platforms: PLATFORMS,
    lines: counterLines(items),
    forests: SPIKE_LEVELS.map((level) =>
      growForest(binned, data, { kind: 'quantile', level }, COUNTER_GROWTH, generatorOf(SEED)),
    ),
  };
};
