import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import type { SeenLaunch } from './launch-features.ts';
import { COURSES, type LogRow, leastSquares, linear, middles } from './log-regression.ts';
import { RATE_FEATURES, RATE_OFFSET, rateFeatures, SIZE_FEATURE, UNSTEADY_FEATURE } from './rate-features.ts';

/** Groups of items by their expected rate, each with its own spread. */
export const GROUPS = 12;

/** What is expected of the mean demand of `span` periods, the first of them `gap` periods ahead. */
export const rateLineSchema = z.strictObject({
  gap: z.int().nonnegative(),
  /** Slope of each feature on the logarithm of the rate. */
  slopes: z.array(z.number()).length(RATE_FEATURES),
  /** What the logarithm of the width of residuals goes by: a constant, the size of the rate and how unsteady demand was. */
  width: z.array(z.number()).length(3),
  /** Upper ends of the groups, as expected logarithms; the last group has none. */
  edges: z.array(z.number()).length(GROUPS - 1),
  /** Quantiles of what was in excess of the expectation, over its width, by group. */
  residuals: z.array(z.array(z.number()).length(COURSES)).length(GROUPS),
});
export type RateLine = z.infer<typeof rateLineSchema>;

/** What placement goes by where a file says too little, and how much it counts beside a file. */
export const placementModelSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Variance of a period's demand beyond Poisson, over its squared mean. */
  dispersion: z.number().nonnegative(),
  /** Share of the gap between direct and unit cost that later orders do not save, as they are made without foresight. */
  givenUp: z.number().min(0).max(1),
  /** Factor on rates. */
  growth: z.number().positive(),
  /** Periods whose mean a rate is. */
  span: z.int().positive(),
  /** Rows of a file that count as much as what was learned elsewhere. */
  priorRows: z.number().positive(),
  lines: z.array(rateLineSchema).min(1),
});
export type PlacementModelRecord = z.infer<typeof placementModelSchema>;

/** A history (oldest first, all ending with the same period), and that of its product at all facilities together. */
export interface RateHistory {
  readonly values: readonly number[];
  readonly everywhere: readonly number[];
  /** The periods since a launch, where the product was launched in them. */
  readonly launch?: SeenLaunch | undefined;
}

/** Origins of a file's own past that are learned from, at most, and the fewest periods before one. */
const MOST_ORIGINS = 9;
const LEAST_BEFORE = 5;

/** Rows of a file below which slopes stay as learned elsewhere: they are of a few items, seen again and again. */
const LEAST_ROWS = 200;

/** The group of an expected logarithm. */
const groupOf = (edges: readonly number[], expected: number): number => {
  const group = edges.findIndex((edge) => expected <= edge);
  return group < 0 ? edges.length : group;
};

/** Rows of past origins: features as they were, and the mean of the span that followed after the gap. */
export const rateRows = (
  histories: readonly RateHistory[],
  { gap, span, scale, origins = MOST_ORIGINS }: { gap: number; span: number; scale: number; origins?: number },
): LogRow[] => {
  const rows: LogRow[] = [];
  for (const { values, everywhere } of histories) {
    const last = values.length - gap - span;
    for (let origin = Math.max(LEAST_BEFORE, last - origins + 1); origin <= last; origin += 1) {
      const features = rateFeatures(values, everywhere, origin, scale);
      if (!features) continue;
      let sum = 0;
      for (let at = origin + gap; at < origin + gap + span; at += 1) sum += values[at] as number;
      rows.push({ features, log: Math.log(sum / span + RATE_OFFSET) });
    }
  }
  return rows;
};

/** A residual below which none is told apart. */
const LEAST_RESIDUAL = 0.05;
const widthFeatures = (features: Float64Array): Float64Array =>
  Float64Array.of(1, features[SIZE_FEATURE] as number, features[UNSTEADY_FEATURE] as number);
const widthOf = (width: readonly number[], features: Float64Array): number =>
  Math.exp(linear(width, widthFeatures(features)));

/** The size of residuals, to be told by the size of the rate and by how unsteady demand was. */
const widthRows = (rows: readonly LogRow[], slopes: readonly number[]): LogRow[] =>
  rows.map(({ features, log }) => ({
    features: widthFeatures(features),
    log: Math.log(Math.abs(log - linear(slopes, features)) + LEAST_RESIDUAL),
  }));

/** A line learned from rows alone: for the model that is shipped. */
export const learnRateLine = (rows: readonly LogRow[], gap: number): RateLine => {
  const slopes = leastSquares(rows);
  const width = leastSquares(widthRows(rows, slopes));
  const expected = rows.map(({ features }) => linear(slopes, features)).sort((one, other) => one - other);
  const edges = Array.from(
    { length: GROUPS - 1 },
    (_, group) => expected[Math.floor(((group + 1) / GROUPS) * expected.length)] as number,
  );
  const residuals = residualsOf(rows, { slopes, width, edges }).map(middles);
  return { gap, slopes, width, edges, residuals };
};

const residualsOf = (
  rows: readonly LogRow[],
  { slopes, width, edges }: Pick<RateLine, 'slopes' | 'width' | 'edges'>,
): number[][] => {
  const residuals: number[][] = Array.from({ length: GROUPS }, () => []);
  for (const { features, log } of rows) {
    const expected = linear(slopes, features);
    residuals[groupOf(edges, expected)]?.push((log - expected) / widthOf(width, features));
  }
  return residuals.map((group) => group.sort((one, other) => one - other));
};

/** A line brought up to date with a file's own past, as far as its rows outweigh what was learned elsewhere. */
const updated = (line: RateLine, rows: readonly LogRow[], priorRows: number): RateLine => {
  if (rows.length === 0) return line;
  const slopes = rows.length < LEAST_ROWS ? line.slopes : leastSquares(rows, { slopes: line.slopes, rows: priorRows });
  const width = leastSquares(widthRows(rows, slopes), { slopes: line.width, rows: priorRows });
  const groupPrior = priorRows / GROUPS;
  const residuals = residualsOf(rows, { ...line, slopes, width }).map((group, at) => {
    const own = middles(group);
    const share = group.length / (group.length + groupPrior);
    return (line.residuals[at] as number[]).map(
      (prior, course) => share * (own[course] as number) + (1 - share) * prior,
    );
  });
  return { ...line, slopes, width, residuals };
};

/**
 * Rates of items some periods ahead, as equally likely values: a linear regression on logarithms over all items of a file and
 * their own past, held near slopes learned elsewhere, with the quantiles of its residuals among items of a like rate
 * (so an item's interval is as wide as those of its like turned out).
 */
export class RateModel {
  readonly #record: PlacementModelRecord;
  readonly #histories: readonly RateHistory[];
  readonly #scale: number;
  readonly #lines = new Map<number, RateLine>();
  readonly #features = new WeakMap<RateHistory, Float64Array>();

  /** `scale` is how many periods a week has. */
  constructor(record: PlacementModelRecord, histories: readonly RateHistory[], scale: number) {
    this.#record = record;
    this.#histories = histories;
    this.#scale = scale;
  }

  /** Rates of the periods from `gap` on; none for an item that never sold. */
  rates(history: RateHistory, gap: number): readonly number[] | undefined {
    const features = this.#featuresOf(history);
    if (!features) return undefined;
    const { slopes, width, edges, residuals } = this.#line(gap);
    const wide = widthOf(width, features);
    const expected = linear(slopes, features);
    const group = residuals[groupOf(edges, expected)] as number[];
    return group.map(
      (residual) => Math.max(0, Math.exp(expected + residual * wide) - RATE_OFFSET) * this.#record.growth,
    );
  }

  #featuresOf(history: RateHistory): Float64Array | undefined {
    const known = this.#features.get(history);
    if (known) return known;
    const { values, everywhere } = history;
    const features = rateFeatures(values, everywhere, values.length, this.#scale);
    if (features) this.#features.set(history, features);
    return features;
  }

  #line(gap: number): RateLine {
    const known = this.#lines.get(gap);
    if (known) return known;
    const { lines, span, priorRows } = this.#record;
    const nearest = lines.reduce((best, line) => (Math.abs(line.gap - gap) < Math.abs(best.gap - gap) ? line : best));
    const rows = rateRows(this.#histories, { gap, span, scale: this.#scale });
    const line = updated(nearest, rows, priorRows);
    this.#lines.set(gap, line);
    return line;
  }
}
