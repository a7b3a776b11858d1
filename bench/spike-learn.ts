import {
  BinnedRows,
  type CellGridRecord,
  type CounterModelRecord,
  counterFeatures,
  counterLineFeatures,
  type Growth,
  growForest,
  SPIKE_LEVELS,
  SpikeEvidence,
  type TruncatedLinesRecord,
} from '@crossparcel/demand';
import { generatorOf, quantileRegression, truncatedChance, truncatedRegression } from '@crossparcel/numerics';
import { type SpikeItem, seenAt, totalAt } from './spike-data.ts';

export const SEED = 20_261_123;
export const DATED = { validFrom: '2026-11-23', validTo: null, readOn: '2026-11-22', confidence: 'single' as const };
const DIGITS = 4;
export const short = (value: number): number => Number(value.toPrecision(DIGITS));

export type Cell = CellGridRecord['cells'][number][number];

export interface Scaling {
  readonly middle: readonly number[];
  readonly spread: readonly number[];
}

export interface Line {
  readonly offset: number;
  readonly slopes: readonly number[];
}

export const scalingOf = (rows: readonly (readonly number[])[], weights: readonly number[]): Scaling => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const weighted = (value: (row: readonly number[]) => number) =>
    rows.reduce((sum, row, at) => sum + (weights[at] as number) * value(row), 0) / total;
  const middle = (rows[0] ?? []).map((_, at) => weighted((row) => row[at] as number));
  const spread = middle.map((centre, at) => Math.sqrt(weighted((row) => ((row[at] as number) - centre) ** 2)) || 1);
  return { middle, spread };
};

export const scaled = (row: readonly number[], { middle, spread }: Scaling): Float64Array =>
  Float64Array.from([1, ...row.map((value, at) => (value - (middle[at] as number)) / (spread[at] as number))]);

/** A line on scaled features as a line on the features themselves. */
export const unscaled = (line: Float64Array, { middle, spread }: Scaling): Line => {
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

export const weightedQuantile = (rows: readonly (readonly [number, number])[], level: number): number => {
  const sorted = rows.toSorted(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let below = 0;
  for (const [value, weight] of sorted) {
    below += weight;
    if (below >= level * total) return value;
  }
  return 0;
};

/** Growths of items that all came to a least total, each item with its features, what was seen of it and a weight. */
interface TruncatedRows {
  readonly columns: readonly (readonly number[])[];
  readonly seen: readonly number[];
  readonly growths: readonly number[];
  readonly weights: readonly number[];
  readonly ridges: readonly number[];
  readonly leastTotal: number;
  /** How much wider growths of others lie. */
  readonly wider: number;
}

const LEVEL_ITEMS = 50;

/**
 * A line to the last horizon given that all came to a least total, which least squares would take for slow growth of what is
 * large. Levels are where as many of the growths lay in the logistic distribution, drawn towards its own as by so many items.
 */
export const truncatedEnd = (all: TruncatedRows): Omit<TruncatedLinesRecord['lines'][number], 'smallest'> => {
  const { columns, seen, growths, weights, ridges, leastTotal, wider } = all;
  const scaling = scalingOf(columns, weights);
  const rows = columns.map((column) => scaled(column, scaling));
  const least = seen.map((count) => Math.log((leastTotal + 1) / (count + 1)));
  const data = { rows, values: growths, least, weights, ridges: [0, ...ridges] };
  const { coefficients, scale } = truncatedRegression(data);
  const places = rows.map((row, at) => {
    const middle = row.reduce((sum, value, feature) => sum + value * (coefficients[feature] as number), 0);
    const chanceOf = (value: number) => truncatedChance({ middle, scale, least: value });
    return [1 - chanceOf(growths[at] as number) / chanceOf(least[at] as number), weights[at] as number] as const;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const own = total / (total + LEVEL_ITEMS);
  const { offset, slopes } = unscaled(coefficients, scaling);
  return {
    offset: short(offset),
    slopes: slopes.map(short),
    scale: short(scale * wider),
    levels: SPIKE_LEVELS.map((level) => short(own * weightedQuantile(places, level) + (1 - own) * level)),
  };
};

/** The log of the smallest total that a line gives to items at its age. */
export const smallestOf = (
  { offset, slopes }: Line,
  items: readonly { readonly features: readonly number[]; readonly seen: number }[],
): number =>
  short(
    Math.min(
      ...items.map(({ features, seen }) =>
        features.reduce((sum, value, at) => sum + value * (slopes[at] as number), offset + Math.log(seen + 1)),
      ),
    ),
  );

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
const WAY_PARTS = [0.5];
/** Only articles that came to 10 are in the data; counts lie half a share around whole numbers. */
const LEAST_SHARES = 9.5;

const counterLook = (item: SpikeItem, age: number, horizon: number): number[] => {
  const evidence = new SpikeEvidence(seenAt(item, age, horizon));
  return counterLineFeatures(counterFeatures(evidence, { age, modelAge: age, horizon }, PLATFORMS), PLATFORMS);
};

const growthOf = (item: SpikeItem, age: number, horizon: number): number =>
  Math.log((totalAt(item, horizon) + 1) / (totalAt(item, age) + 1));

const counterEnd = (items: readonly SpikeItem[], age: number): TruncatedLinesRecord['lines'][number] => {
  const columns = items.map((item) => counterLook(item, age, COUNTER_HORIZON));
  const seen = items.map((item) => totalAt(item, age));
  const line = truncatedEnd({
    columns,
    seen,
    growths: items.map((item) => growthOf(item, age, COUNTER_HORIZON)),
    weights: items.map(() => 1),
    ridges: Array.from(columns[0] ?? [], () => LINE_RIDGE),
    leastTotal: LEAST_SHARES,
    wider: 1,
  });
  const own = columns.map((features, at) => ({ features, seen: seen[at] as number }));
  return { ...line, smallest: smallestOf(line, own) };
};

const counterLines = (items: readonly SpikeItem[]): CounterModelRecord['lines'] => {
  const begun = LINE_AGES.map((age) => [age, items.filter((item) => totalAt(item, age) >= 1)] as const);
  return {
    ends: { ages: LINE_AGES, lines: begun.map(([age, all]) => counterEnd(all, age)) },
    ways: {
      ages: LINE_AGES,
      parts: WAY_PARTS,
      cells: begun.map(([age, all]) =>
        WAY_PARTS.map((part) => {
          const horizon = age * (COUNTER_HORIZON / age) ** part;
          return quantileCell(
            all.map((item) => counterLook(item, age, horizon)),
            all.map((item) => growthOf(item, age, horizon)),
          );
        }),
      ),
    },
  };
};

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
    leastTotal: LEAST_SHARES,
    forests: SPIKE_LEVELS.map((level) =>
      growForest(binned, data, { kind: 'quantile', level }, COUNTER_GROWTH, generatorOf(SEED)),
    ),
  };
};
