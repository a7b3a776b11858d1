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
} from '@crossparcel/demand';
import { generatorOf, quantileRegression } from '@crossparcel/numerics';
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
