import { solved } from './linear-system.ts';

/** A line, and the scale of the logistic distribution around it. */
export interface TruncatedLine {
  readonly coefficients: Float64Array;
  readonly scale: number;
}

/** Rounds of steps towards the line and then the scale. */
const ROUNDS = 60;
const STEPS = 4;
/** How far the scale is looked for from where it is, and by how many cuts of the golden section: to a part in a thousand. */
const REACH = 1.3;
const CUTS = 12;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const VARIANCE = Math.PI ** 2 / 3;
const NO_SCALE = 1e-6;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Where the golden section finds the least of a function with one valley. */
const lowest = (of: (x: number) => number, from: number, to: number): number => {
  let [low, high] = [from, to];
  for (let cut = 0; cut < CUTS; cut += 1) {
    const span = GOLDEN * (high - low);
    if (of(high - span) < of(low + span)) high = low + span;
    else low = high - span;
  }
  return (low + high) / 2;
};

interface Truncated {
  readonly rows: readonly Float64Array[];
  readonly values: readonly number[];
  /** Below which no value of a row could be seen; minus infinity where any could. */
  readonly least: readonly number[];
  readonly weights: readonly number[];
  /** Ridges by feature, in rows of weight 1; none on the first, the constant 1. */
  readonly ridges: readonly number[];
}

/** One step of the line uphill, with the curvature that bounds that of the likelihood (Böhning and Lindsay 1988). */
const stepped = ({ rows, values, least, weights, ridges }: Truncated, line: Float64Array, scale: number): void => {
  const bound = 1 / (2 * scale ** 2);
  const pulls = ridges.map((ridge, at) => (at === 0 ? 0 : ridge) / (VARIANCE * scale ** 2));
  const slope = Float64Array.from(pulls, (pull, at) => -pull * (line[at] as number));
  const matrix = pulls.map((pull, at) => {
    const row = new Float64Array(pulls.length);
    row[at] = pull;
    return row;
  });
  for (const [index, row] of rows.entries()) {
    const weight = weights[index] as number;
    const middle = along(row, line);
    const pull =
      (weight / scale) *
      (2 * logistic(((values[index] as number) - middle) / scale) -
        1 -
        logistic(((least[index] as number) - middle) / scale));
    for (const [at, own] of matrix.entries()) {
      const feature = row[at] as number;
      slope[at] = (slope[at] as number) + pull * feature;
      const part = weight * bound * feature;
      for (let column = 0; column < own.length; column += 1)
        own[column] = (own[column] as number) + part * (row[column] as number);
    }
  }
  for (const [at, step] of solved(matrix, slope).entries()) line[at] = (line[at] as number) + step;
};

const along = (row: Float64Array, line: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < row.length; at += 1) sum += (row[at] as number) * (line[at] as number);
  return sum;
};

const rescaled = ({ rows, values, least, weights }: Truncated, line: Float64Array, scale: number): number => {
  const misses = rows.map((row, index) => {
    const middle = along(row, line);
    return [(values[index] as number) - middle, (least[index] as number) - middle, weights[index] as number] as const;
  });
  const loss = (logScale: number): number => {
    const one = Math.exp(logScale);
    let sum = 0;
    for (const [value, floor, weight] of misses)
      sum += weight * (value / one + 2 * softplus(-value / one) + logScale - softplus(floor / one));
    return sum;
  };
  const from = Math.log(scale);
  return Math.max(NO_SCALE, Math.exp(lowest(loss, from - Math.log(REACH), from + Math.log(REACH))));
};

/**
 * A regression of values that could only be seen from a least value on (truncated regression, Hausman and Wise 1977; here with
 * logistic residuals): the line that values would follow had all been seen, and the scale around it, by maximum likelihood
 * with a ridge on each feature. Least squares would take the cut-off for a flat slope. Rows are lists of features of one
 * length, the constant 1 first; all lists have an entry a row, ridges one a feature.
 */
export const truncatedRegression = (data: Truncated): TruncatedLine => {
  const { values, weights, ridges } = data;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, at) => sum + (weights[at] as number) * value, 0) / total;
  const squares = values.reduce((sum, value, at) => sum + (weights[at] as number) * (value - mean) ** 2, 0);
  const coefficients = new Float64Array(ridges.length);
  coefficients[0] = mean;
  let scale = Math.max(NO_SCALE, Math.sqrt(squares / total / VARIANCE));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let step = 0; step < STEPS; step += 1) stepped(data, coefficients, scale);
    scale = rescaled(data, coefficients, scale);
  }
  return { coefficients, scale };
};

/** The quantile of a logistic distribution at a level, given that it came to a least value. */
export const truncatedQuantile = (level: number, { middle, scale, least }: TruncatedLogistic): number => {
  const floor = (least - middle) / scale;
  // log((1 + e^floor) / (1 - level) - 1), without the powers that overflow.
  const above = softplus(floor) - Math.log1p(-level);
  return middle + scale * (above + Math.log(-Math.expm1(-above)));
};

/** A logistic distribution of which only what is from `least` on is seen. */
export interface TruncatedLogistic {
  readonly middle: number;
  readonly scale: number;
  readonly least: number;
}

/** How likely it comes to its least value. */
export const truncatedChance = ({ middle, scale, least }: TruncatedLogistic): number =>
  logistic((middle - least) / scale);
