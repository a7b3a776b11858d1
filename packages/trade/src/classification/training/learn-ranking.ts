import { WEIGHTS_NEEDED } from '../evidence.ts';

/** The evidence for one record, and which candidate is right (-1: none of them). */
export interface Ranked {
  readonly codes: readonly string[];
  readonly values: Float64Array;
  readonly right: number;
  readonly trust: number;
}

const STEPS = 200;
const RATE = 0.08;
const RIDGE = 1e-4;

/** Weights of a conditional logit (McFadden 1974) over the candidates, by full-batch Adam (Kingma and Ba 2015). */
export const learnRanking = (records: readonly Ranked[]): Float64Array => {
  const width = WEIGHTS_NEEDED;
  const used = records.filter(({ right }) => right >= 0);
  const total = used.reduce((sum, { trust }) => sum + trust, 0);
  const weights = new Float64Array(width);
  const shares = new Float64Array(used.reduce((most, { codes }) => Math.max(most, codes.length), 0));
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  for (let step = 1; step <= STEPS; step += 1) {
    const slope = weights.map((weight) => RIDGE * weight);
    for (const { codes, values, right, trust } of used) {
      sharesOf(values, weights, shares, codes.length);
      for (let at = 0; at < codes.length; at += 1) {
        const pull = ((shares[at]! - (at === right ? 1 : 0)) * trust) / total;
        // Candidates without a chance pull on nothing and are most of them.
        if (pull < 1e-8 && pull > -1e-8) continue;
        for (let one = 0; one < width; one += 1) slope[one]! += pull * values[at * width + one]!;
      }
    }
    for (let one = 0; one < width; one += 1) {
      const pull = slope[one]!;
      first[one] = 0.9 * first[one]! + 0.1 * pull;
      second[one] = 0.999 * second[one]! + 0.001 * pull * pull;
      weights[one]! -=
        (RATE * (first[one]! / (1 - 0.9 ** step))) / (Math.sqrt(second[one]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return weights;
};

/** Writes the candidates' probabilities over `shares`. */
const sharesOf = (values: Float64Array, weights: Float64Array, shares: Float64Array, count: number): void => {
  const width = weights.length;
  let top = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < count; at += 1) {
    let score = 0;
    for (let one = 0, from = at * width; one < width; one += 1) score += weights[one]! * values[from + one]!;
    shares[at] = score;
    if (score > top) top = score;
  }
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += shares[at] = Math.exp(shares[at]! - top);
  for (let at = 0; at < count; at += 1) shares[at]! /= sum;
};
