/** Levels at which totals are held. */
export const SPIKE_LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

/** From and up to which age a model has learned, and up to which horizon, in seconds. */
export interface Span {
  readonly firstAge: number;
  readonly lastAge: number;
  readonly horizon: number;
}

/** How many times the learned horizon may be asked for. */
const BEYOND = 10;
/** The slope at the end of the learned horizon is taken over its last quarter, in logarithms. */
const LAST = 0.25;

/** The horizon up to which a model knows growth at an age: an older post is taken for a slower one. */
export const reachOf = (span: Span, age: number): number => span.horizon * Math.max(1, age / span.lastAge);

/** The last horizon for which there is an answer at an age. */
export const lastHorizon = (span: Span, age: number): number => BEYOND * reachOf(span, age);

/** Growth as log((total + 1) / (seen + 1)) at each of `SPIKE_LEVELS`. */
export type Growth = (age: number, horizon: number) => readonly number[];

/**
 * Growth at an age and horizon that may lie outside of what a model has learned. Before the first age the count may stand
 * still or grow with time, and anything between, by level; beyond the horizon the growth per log time of the last quarter
 * goes on by none, half or all of it, by level. Both widen the interval the farther they go.
 */
export const spanned = (span: Span, { age, horizon }: { age: number; horizon: number }, growth: Growth): number[] => {
  const start = Math.max(age, span.firstAge);
  if (horizon <= start) return SPIKE_LEVELS.map((level) => level * Math.log(horizon / age));
  const reach = reachOf(span, start);
  const inner = growth(start, Math.min(horizon, reach));
  const early = Math.log(start / age);
  if (horizon <= reach) return inner.map((value, at) => value + early * (SPIKE_LEVELS[at] as number));
  const length = LAST * Math.log(reach / start);
  const before = growth(start, reach / Math.exp(length));
  const late = Math.log(horizon / reach) / length;
  return inner.map((value, at) => {
    const slope = Math.max(0, value - (before[at] as number));
    return value + (SPIKE_LEVELS[at] as number) * (early + slope * late);
  });
};
