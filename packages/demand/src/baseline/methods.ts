import type { CurveForest } from '../trees/curve-forest.ts';
import { amountQuantiles, leastVariance } from './amounts.ts';
import { HistoryFeatures, meanOfLast, seasonOf, smoothed, tsbRate } from './features.ts';
import type { History } from './history.ts';
import { type Outlook, outlooks } from './smoothing.ts';

/** Levels at which distributions are held. */
export const LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

/** Ways of forecasting one series, in the order in which weights stand. */
export const METHODS = ['trees', 'recent', 'tsb', 'seasonal', 'smoothing'] as const;
export type Method = (typeof METHODS)[number];

/** Quantiles at `LEVELS` for each step ahead. */
export type Steps = readonly Float64Array[];

/** Periods that count as recent. */
export const RECENT = 13;
/** Seasons from which the same step is drawn, and neighbours on each side that stand in where they are few. */
const MOST_SEASONS = 8;
const FEW = 4;
const SMOOTHING = 0.2;
/** Steps ahead at which trees are asked, and at which a distribution is made of a level and a trend. */
const TREE_KNOTS = [1, 3, 6, 9, 12];
const SMOOTHING_KNOTS = [1, 3, 8, 16, 32, 64, 128, 256, 512];

const sampleLevels = (sample: readonly number[]): Float64Array => {
  const sorted = sample.toSorted((one, other) => one - other);
  return Float64Array.from(LEVELS, (level) => {
    const position = level * (sorted.length - 1);
    const low = sorted[Math.floor(position)] ?? 0;
    return low + ((sorted[Math.ceil(position)] ?? 0) - low) * (position - Math.floor(position));
  });
};

const everyStep = (quantiles: Float64Array, horizon: number): Steps => Array.from({ length: horizon }, () => quantiles);

const varianceOf = (values: readonly number[]): number => {
  const mean = meanOfLast(values, values.length);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
};

const tsb = ({ values, counts, factor }: History, horizon: number): Steps => {
  const rate = tsbRate(values);
  const variance = varianceOf(values);
  const quantilesOf = (share: number) => {
    const own = variance * share * share;
    const mean = rate * share;
    return amountQuantiles({ mean, variance: counts ? Math.max(leastVariance(mean), own) : own, counts }, LEVELS);
  };
  const flat = quantilesOf(1);
  return Array.from({ length: horizon }, (_, step) => {
    const share = factor(step + 1);
    return share === 1 ? flat : quantilesOf(share);
  });
};

const seasonalStep = (values: readonly number[], season: number, step: number): Float64Array => {
  const sample: number[] = [];
  const first = values.length - 1 + step - Math.ceil(step / season) * season;
  for (let place = first; place >= 0 && sample.length < MOST_SEASONS; place -= season) sample.push(values[place] ?? 0);
  // Few seasons tell little of the spread: their neighbours, and then recent periods, stand in.
  for (const place of sample.length < FEW ? [first - 1, first + 1] : []) {
    const value = values[place];
    if (value !== undefined) sample.push(value);
  }
  return sampleLevels(sample.length < FEW ? [...sample, ...values.slice(-RECENT)] : sample);
};

const seasonal = (values: readonly number[], horizon: number, perYear: number): Steps => {
  const season = seasonOf(perYear);
  return Array.from({ length: horizon }, (_, step) => seasonalStep(values, season, step + 1));
};

const treesAt = (features: HistoryFeatures, forest: CurveForest, step: number): Float64Array => {
  const sums = new Float64Array(forest.levels);
  forest.addTo(sums, features.ahead(step));
  return sums.map((answer) => Math.max(0, answer * features.scale)).sort();
};

/** Asks for steps at knots only: those between are drawn straight, those beyond stay as the last. */
const byKnots = (horizon: number, knots: readonly number[], ask: (step: number) => Float64Array): Steps => {
  const last = Math.min(horizon, knots.at(-1) as number);
  const steps: Float64Array[] = [];
  for (const knot of [...knots.filter((one) => one < last), last]) {
    const after = ask(knot);
    const from = steps.length;
    const before = steps.at(-1) ?? after;
    for (let step = from + 1; step <= knot; step += 1) {
      const share = (step - from) / (knot - from);
      steps.push(before.map((value, level) => value + share * ((after[level] as number) - value)));
    }
  }
  while (steps.length < horizon) steps.push(steps.at(-1) as Float64Array);
  return steps;
};

const trees = (values: readonly number[], horizon: number, perYear: number, forest: CurveForest): Steps => {
  const features = new HistoryFeatures(values, perYear);
  return byKnots(horizon, TREE_KNOTS, (step) => treesAt(features, forest, step));
};

const smoothing = ({ values, counts, seasonal, factor, dispersion }: History, horizon: number): Steps => {
  const ahead = outlooks(values, horizon, dispersion);
  const at = (step: number) => {
    const { mean, variance } = ahead[step - 1] as Outlook;
    const share = factor(step);
    return amountQuantiles({ mean: mean * share, variance: variance * share * share, counts }, LEVELS);
  };
  return seasonal ? ahead.map((_, step) => at(step + 1)) : byKnots(horizon, SMOOTHING_KNOTS, at);
};

const seasoned = (steps: Steps, factor: History['factor']): Steps =>
  steps.map((quantiles, step) => {
    const share = factor(step + 1);
    return share === 1 ? quantiles : quantiles.map((value) => value * share);
  });

/** What each method expects of a history that has sold something; a method that is not asked for gives nothing. */
export const stepsOf = (
  method: Method,
  history: History,
  horizon: number,
  { perYear, forest }: { perYear: number; forest: CurveForest },
): Steps => {
  switch (method) {
    case 'trees':
      return seasoned(trees(history.values, horizon, perYear, forest), history.factor);
    case 'recent':
      return seasoned(everyStep(sampleLevels(history.values.slice(-RECENT)), horizon), history.factor);
    case 'tsb':
      return tsb(history, horizon);
    case 'seasonal':
      return seasonal(history.raw, horizon, perYear);
    case 'smoothing':
      return smoothing(history, horizon);
  }
};

/** Simple ways of forecasting that ours must not do worse than. */
export const SIMPLE = ['recent', 'tsb', 'zero'] as const;
export type Simple = (typeof SIMPLE)[number];

/** The mean of the coming periods: half TSB, half exponential smoothing. */
export const meanAhead = (values: readonly number[]): number => (tsbRate(values) + smoothed(values, SMOOTHING)) / 2;
