import { logGamma } from '@crossparcel/numerics';

/** From so many on, a count's logarithm is as good as normal. */
const MANY = 12;
const NODES = 24;
/** Nodes reach so many standard deviations to either side. */
const REACH = 4.5;

const nodes = Array.from({ length: NODES }, (_, at) => REACH * ((2 * (at + 0.5)) / NODES - 1));
const weights = nodes.map((node) => Math.exp(-0.5 * node * node));
const whole = weights.reduce((sum, weight) => sum + weight, 0);

/** The logarithm of a likelihood's integral, and mean and variance after it. */
export interface Tilted {
  logEvidence: number;
  mean: number;
  variance: number;
}

const LOG_2PI = Math.log(2 * Math.PI);

const tiltMany = (mean: number, variance: number, count: number, into: Tilted): void => {
  // With a flat prior the logarithm of the rate has mean digamma(n) and variance trigamma(n).
  const seen = Math.log(count) - 1 / (2 * count);
  const noise = 1 / count + 1 / (2 * count * count);
  const spread = variance + noise;
  const gain = variance / spread;
  into.logEvidence = -0.5 * ((seen - mean) ** 2 / spread + Math.log(spread) + LOG_2PI) - Math.log(count);
  into.mean = mean + gain * (seen - mean);
  into.variance = variance * (1 - gain);
};

/**
 * A normal on the logarithm of a rate, after a Poisson count at that rate: the moments of the posterior, as in assumed density
 * filtering (Minka 2001). Small counts by summing over nodes, large ones by the normal that the count's logarithm is.
 */
export const tiltByCount = (mean: number, variance: number, count: number, into: Tilted): void => {
  if (count >= MANY) {
    tiltMany(mean, variance, count, into);
    return;
  }
  const deviation = Math.sqrt(variance);
  const constant = -logGamma(count + 1);
  let [all, first, second] = [0, 0, 0];
  for (let at = 0; at < NODES; at += 1) {
    const node = nodes[at] as number;
    const log = Math.min(50, mean + deviation * node);
    const weight = (weights[at] as number) * Math.exp(count * log - Math.exp(log) + constant);
    all += weight;
    first += weight * node;
    second += weight * node * node;
  }
  if (!(all > 1e-280)) {
    tiltMany(mean, variance, Math.max(count, HALF), into);
    return;
  }
  const middle = first / all;
  into.logEvidence = Math.log(all / whole);
  into.mean = mean + deviation * middle;
  into.variance = variance * Math.max(1e-4, second / all - middle * middle);
};
const HALF = 0.5;
