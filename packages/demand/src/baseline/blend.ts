import { LEVELS, type Steps } from './methods.ts';

/** Ends of the intervals of 50, 80 and 95 %, as places in `LEVELS`. */
export const INTERVALS = [
  { low: 2, high: 4 },
  { low: 1, high: 5 },
  { low: 0, high: 6 },
] as const;
const MIDDLE = LEVELS.indexOf(0.5);

/** How quantiles become ends of intervals. */
export interface Shape {
  /** Factor by which they are stretched about the median. */
  readonly width: number;
  /**
   * For counts: how far beyond a count a quantile above the median must be to reach it. At -0.5 each goes to the nearest count. No
   * end at a count makes an interval of counts hold just what it claims; where the nearest would hold more, some that are
   * just beyond a count stay just short of it, at little loss.
   */
  readonly reach: number;
}

export const PLAIN: Shape = { width: 1, reach: -0.5 };
const HALF = 0.5;
/** How far short of a count an end stays that does not reach it. */
const SHORT = 0.05;

const upperEnd = (value: number, reach: number): number => {
  const reached = Math.floor(value - reach);
  return Math.min(Math.max(value, reached), reached + 1 - SHORT);
};

/** Quantiles, in place, of a demand that comes in whole units: none below a half, and lower ones at the nearest count. */
const toCounts = (quantiles: Float64Array, reach: number): void => {
  for (const [place, value] of quantiles.entries()) {
    if (value <= HALF) quantiles[place] = 0;
    else quantiles[place] = place > MIDDLE ? upperEnd(value, reach) : Math.round(value);
  }
  // An end that stays short of a count must not fall below a median at that count.
  for (let place = MIDDLE + 1; place < quantiles.length; place += 1)
    quantiles[place] = Math.max(quantiles[place] as number, quantiles[place - 1] as number);
};

/** Quantiles of a step averaged level by level with weights (Vincent 1912), then shaped. */
export const blend = (
  byMethod: readonly Steps[],
  weights: readonly number[],
  step: number,
  { counts, shape }: { counts: boolean; shape: Shape },
): Float64Array => {
  const quantiles = new Float64Array(LEVELS.length);
  for (const [method, steps] of byMethod.entries()) {
    const part = steps[step];
    const weight = weights[method] as number;
    for (let level = 0; part && level < quantiles.length; level += 1)
      quantiles[level] = (quantiles[level] as number) + weight * (part[level] as number);
  }
  const middle = quantiles[MIDDLE] as number;
  for (let level = 0; shape.width !== 1 && level < quantiles.length; level += 1)
    quantiles[level] = Math.max(0, middle + shape.width * ((quantiles[level] as number) - middle));
  if (counts) toCounts(quantiles, shape.reach);
  return quantiles;
};
