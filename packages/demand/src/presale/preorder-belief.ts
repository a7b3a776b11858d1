import { logGamma } from '@crossparcel/numerics';

/** Share of orders that is pre-ordered: a normal on its logarithm for a launch, the noise of a region, and how likely both are. */
export interface ShareBelief {
  readonly weight: number;
  readonly mean: number;
  readonly variance: number;
  readonly regionNoise: number;
}

/** Pre-orders in all of a launch that is over, and the orders that followed, by region. */
export interface PreorderOutcome {
  readonly preorders: number;
  readonly orders: number;
}

const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));

const MEDIANS = range(Math.log(0.002), Math.log(0.6), 27);
const LAUNCH_SPREADS = [0.15, 0.25, 0.35, 0.5, 0.7, 0.95, 1.25];
const REGION_SPREADS = [0.1, 0.17, 0.25, 0.37, 0.52, 0.75];
const SHARES = range(Math.log(0.0002), Math.log(3), 90);
const NORMAL = range(-3, 3, 13).map((z) => ({ z, weight: Math.exp(-0.5 * z * z) }));
const NORMAL_WHOLE = NORMAL.reduce((sum, { weight }) => sum + weight, 0);
/** What is thought before any launch has been seen: a share of 1 to 15 in a hundred is likely. */
const BEFORE = { middle: Math.log(0.04), spread: 0.9 };
/** Less likely beliefs than this, beside the likeliest, are left out. */
const FAINT = 0.03;
const MOST = 8;

/**
 * What pre-orders have been worth: the median share of orders that is pre-ordered, how it varies between launches and between
 * the regions of one. A posterior on a grid, exact for Poisson counts, from launches that are over.
 */
export class PreorderBelief {
  readonly #log: Float64Array;

  constructor() {
    this.#log = new Float64Array(MEDIANS.length * LAUNCH_SPREADS.length * REGION_SPREADS.length);
    for (const [median, middle] of MEDIANS.entries()) {
      const away = (middle - BEFORE.middle) / BEFORE.spread;
      for (let at = 0; at < LAUNCH_SPREADS.length * REGION_SPREADS.length; at += 1)
        this.#log[median * LAUNCH_SPREADS.length * REGION_SPREADS.length + at] = -0.5 * away * away;
    }
  }

  /** Learns from the regions of a launch that is over. */
  learn(outcomes: readonly PreorderOutcome[]): void {
    for (const [own, noise] of REGION_SPREADS.entries()) {
      const likelihood = SHARES.map((share) =>
        outcomes.reduce((product, outcome) => product + logLikelihood(outcome, share, noise), 0),
      );
      const best = Math.max(...likelihood);
      const relative = likelihood.map((value) => Math.exp(value - best));
      for (const [launch, spread] of LAUNCH_SPREADS.entries())
        for (const [median, middle] of MEDIANS.entries()) {
          const at = (median * LAUNCH_SPREADS.length + launch) * REGION_SPREADS.length + own;
          this.#log[at] = (this.#log[at] as number) + best + Math.log(averaged(relative, middle, spread));
        }
    }
  }

  /** The likeliest beliefs, their weights adding up to one, the likeliest first. */
  shares(): ShareBelief[] {
    const all: ShareBelief[] = [];
    const best = Math.max(...this.#log);
    for (const [launch, spread] of LAUNCH_SPREADS.entries())
      for (const [own, regionNoise] of REGION_SPREADS.entries()) {
        let [weight, first, second] = [0, 0, 0];
        for (const [median, middle] of MEDIANS.entries()) {
          const at = (median * LAUNCH_SPREADS.length + launch) * REGION_SPREADS.length + own;
          const part = Math.exp((this.#log[at] as number) - best);
          weight += part;
          first += part * middle;
          second += part * middle * middle;
        }
        const mean = first / weight;
        all.push({ weight, mean, variance: spread * spread + Math.max(0, second / weight - mean * mean), regionNoise });
      }
    return likeliest(all);
  }
}

const likeliest = (all: readonly ShareBelief[]): ShareBelief[] => {
  const sorted = all.toSorted((one, other) => other.weight - one.weight);
  const faint = FAINT * (sorted[0]?.weight ?? 0);
  const kept = sorted.filter(({ weight }, at) => at < MOST && weight >= faint);
  const whole = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map((belief) => ({ ...belief, weight: belief.weight / whole }));
};

const logLikelihood = ({ preorders, orders }: PreorderOutcome, share: number, noise: number): number => {
  const constant = logGamma(preorders + 1);
  let sum = 0;
  for (const { z, weight } of NORMAL) {
    const log = share + Math.log(orders) + noise * z;
    sum += weight * Math.exp(preorders * log - Math.exp(log) - constant);
  }
  return Math.log(Math.max(1e-300, sum / NORMAL_WHOLE));
};

/** The mean of a function on `SHARES` under a normal. */
const averaged = (values: readonly number[], mean: number, spread: number): number => {
  let [sum, whole] = [0, 0];
  for (const [at, share] of SHARES.entries()) {
    const away = (share - mean) / spread;
    const weight = Math.exp(-0.5 * away * away);
    sum += weight * (values[at] as number);
    whole += weight;
  }
  return Math.max(1e-300, sum / whole);
};
