import type { CountHistory } from './history.ts';

/** A share of the whole that a late part of the age added, in logarithms. */
const lateShare = (counts: CountHistory, age: number, part: number): number =>
  Math.log((counts.gain(age, age * part) + 0.5) / (counts.at(age) + 0.5));

/**
 * What a counter shows of its growth, whatever it counts: its size, which parts of it came in the last half, quarter and
 * twelfth of its age, how long it has stood still, when it began, how dense its readings are.
 */
export const counterFeatures = (counts: CountHistory, age: number, modelAge: number, horizon: number): Float64Array => {
  const [before = 0] = counts.entry(-2) ?? [];
  const [began = 0] = counts.entry(0) ?? [];
  return Float64Array.from([
    Math.log(modelAge),
    Math.log(horizon / age),
    Math.log(counts.at(age) + 1),
    lateShare(counts, age, 1 / 2),
    lateShare(counts, age, 1 / 4),
    lateShare(counts, age, 1 / 12),
    (age - counts.lastRise()) / age,
    began / age,
    (age - Math.min(before, age)) / age,
  ]);
};
