import { WEIGHTS_NEEDED } from '../src/classification/evidence.ts';

/** The evidence for one record, and which candidate is right (-1: none of them). */
export interface Ranked {
  readonly codes: readonly string[];
  readonly values: Float64Array;
  readonly right: number;
  readonly trust: number;
}

const STEPS = 400;
const RATE = 0.05;
const RIDGE = 1e-4;

/** Weights of a conditional logit (McFadden 1974) over the candidates, by full-batch Adam (Kingma and Ba 2015). */
export const learnRanking = (records: readonly Ranked[]): Float64Array => {
  const width = WEIGHTS_NEEDED;
  const used = records.filter(({ right }) => right >= 0);
  const total = used.reduce((sum, { trust }) => sum + trust, 0);
  const weights = new Float64Array(width);
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  for (let step = 1; step <= STEPS; step += 1) {
    const slope = weights.map((weight) => RIDGE * weight);
    for (const { codes, values, right, trust } of used) {
      const shares = softmax(scoresOf(values, weights, codes.length));
      for (const [at, share] of shares.entries()) {
        const pull = ((share - (at === right ? 1 : 0)) * trust) / total;
        if (pull < 1e-9 && pull > -1e-9) continue;
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

const scoresOf = (values: Float64Array, weights: Float64Array, count: number): number[] => {
  const width = weights.length;
  const scores: number[] = [];
  for (let at = 0; at < count; at += 1) {
    let score = 0;
    for (let one = 0; one < width; one += 1) score += weights[one]! * values[at * width + one]!;
    scores.push(score);
  }
  return scores;
};

const softmax = (scores: readonly number[]): number[] => {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};
