/** Shares of a new period in the level that are tried. */
const LEVEL_SHARES = [0.02, 0.05, 0.1, 0.2, 0.35, 0.55, 0.8];
/** Shares of a change of the level in the trend that are tried, and how much of a trend lasts to the next period. */
const TREND_SHARES = [0.05, 0.2];
const DAMPING = 0.95;
/** What a trend must save, as Akaike (1974) counts: two more numbers are fitted. */
const TREND_COST = 4;
const STARTERS = 13;
/** How variance grows with the level: between counts (1) and shares of it (2). */
const POWER = 1.5;
/** How fast past errors are forgotten. */
const KEPT = 0.98;
/** Periods that what is known without the history counts for in its variance, and in how fast its level moves. */
const BORROWED = 3;
const USUAL_SHARE = 0.3;

/** A level and a trend after a history, and how far off one step ahead had been. */
interface Fit {
  readonly levelShare: number;
  readonly trendShare: number;
  readonly level: number;
  readonly trend: number;
  readonly squares: number;
}

const fitted = (values: readonly number[], start: number, levelShare: number, trendShare: number): Fit => {
  let level = start;
  let trend = 0;
  let squares = 0;
  for (const value of values) {
    const expected = Math.max(0, level + DAMPING * trend);
    const error = value - expected;
    squares += error * error;
    level = expected + levelShare * error;
    trend = DAMPING * trend + levelShare * trendShare * error;
  }
  return { levelShare, trendShare, level, trend, squares };
};

/** Squared errors over levels to `POWER`, late ones counting more; 0 where levels are 0. */
const relativeVariance = (values: readonly number[], start: number, { levelShare, trendShare }: Fit): number => {
  let level = start;
  let trend = 0;
  let errors = 0;
  let heights = 0;
  for (const value of values) {
    const expected = Math.max(0, level + DAMPING * trend);
    const error = value - expected;
    errors = KEPT * errors + error * error;
    heights = KEPT * heights + expected ** POWER;
    level = expected + levelShare * error;
    trend = DAMPING * trend + levelShare * trendShare * error;
  }
  return heights > 0 ? errors / heights : 0;
};

const better = (one: Fit, other: Fit): Fit => (other.squares < one.squares ? other : one);

const startOf = (values: readonly number[]): number => {
  let sum = 0;
  const starters = Math.min(STARTERS, values.length);
  for (let index = 0; index < starters; index += 1) sum += values[index] as number;
  return sum / starters;
};

const bestFit = (values: readonly number[], start: number): Fit => {
  const flat = LEVEL_SHARES.map((share) => fitted(values, start, share, 0)).reduce(better);
  if (values.length < 2 * STARTERS) return flat;
  const trending = LEVEL_SHARES.slice(1)
    .flatMap((share) => TREND_SHARES.map((trendShare) => fitted(values, start, share, trendShare)))
    .reduce(better);
  return values.length * Math.log(flat.squares / trending.squares) > TREND_COST ? trending : flat;
};

/** What is expected of a step ahead. */
export interface Outlook {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Mean and variance of each step ahead by exponential smoothing with a damped trend where it pays (Gardner and McKenzie 1985),
 * its shares fitted to the history; `dispersion` is the squared coefficient of variation that series of the file have beyond
 * that of counts, which stands in where a history is short.
 */
export const outlooks = (values: readonly number[], horizon: number, dispersion: number): Outlook[] => {
  const start = startOf(values);
  const fit = bestFit(values, start);
  const { levelShare, trendShare, level, trend } = fit;
  const relative = relativeVariance(values, start, fit);
  const count = values.length;
  const ahead: Outlook[] = [];
  let mean = level;
  let slope = trend;
  let spread = 1 + 1 / count;
  // A few periods do not show that a level stays.
  let carried = Math.sqrt((count * levelShare ** 2 + BORROWED * USUAL_SHARE ** 2) / (count + BORROWED));
  let damping = 1;
  for (let step = 1; step <= horizon; step += 1) {
    slope *= DAMPING;
    mean = Math.max(0, mean + slope);
    const own = relative * mean ** POWER;
    const borrowed = mean + dispersion * mean * mean;
    ahead.push({ mean, variance: (spread * (count * own + BORROWED * borrowed)) / (count + BORROWED) });
    damping *= DAMPING;
    carried += levelShare * trendShare * damping;
    spread += carried * carried;
  }
  return ahead;
};
