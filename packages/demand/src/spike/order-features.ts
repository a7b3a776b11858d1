import type { SpikeEvidence } from './evidence.ts';
import type { CountHistory } from './history.ts';

const DAY = 86_400;
/** The seconds over which a rate is taken: a day, or half of the age where that is less. */
export const rateSeconds = (age: number): number => Math.min(DAY, age / 2);

/** The logarithm of one more than a count; of what fell below nothing, 0. */
export const log1p = (value: number): number => Math.log(1 + Math.max(0, value));

/** Gains of the last three rate periods against the whole, in logarithms. */
export const recentGains = (history: CountHistory, age: number): number[] => {
  const seconds = rateSeconds(age);
  return [0, 1, 2].map((back) => log1p(history.gain(age - back * seconds, seconds)));
};

/** What orders show by themselves: how many, and how many of them came last. */
export const orderFeatures = ({ counts }: SpikeEvidence, age: number): number[] => {
  const orders = log1p(counts.at(age));
  const [last = 0, second = 0] = recentGains(counts, age);
  return [orders, last - orders, second - orders, 1 / Math.sqrt(counts.at(age) + 1)];
};
