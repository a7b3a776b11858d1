const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));

const POWERS = range(Math.log(0.3), Math.log(4), 40);
const MEDIANS = range(Math.log(0.6), Math.log(2.2), 14);
const SPREADS = [0.08, 0.15, 0.22, 0.3, 0.4, 0.55];
/** Before any launch: pre-orders come evenly, or rather later than sooner. */
const BEFORE = { middle: Math.log(1.15), spread: 0.35 };

/** Part of the pre-orders in hand, as a logarithm: its mean and variance. */
export interface InHand {
  readonly mean: number;
  readonly variance: number;
}

/**
 * How pre-orders build up until the day before the launch: part in hand = (part of the time over)^power, the power log-normal
 * between launches. What the days of a launch say of its own power does not depend on how many pre-orders there are in all.
 */
export class ArrivalBelief {
  readonly #log = new Float64Array(MEDIANS.length * SPREADS.length);

  constructor() {
    for (const [median, middle] of MEDIANS.entries())
      for (let at = 0; at < SPREADS.length; at += 1)
        this.#log[median * SPREADS.length + at] = -0.5 * ((middle - BEFORE.middle) / BEFORE.spread) ** 2;
  }

  /** Learns from the new pre-orders of each day, all regions together, and the part of the time over after each. */
  learn(daily: readonly number[], elapsed: readonly number[]): void {
    if (daily.length < 2) return;
    const likelihood = likelihoods(daily, elapsed);
    for (const [median, middle] of MEDIANS.entries())
      for (const [at, spread] of SPREADS.entries()) {
        let [sum, whole] = [0, 0];
        for (const [power, value] of POWERS.entries()) {
          const weight = Math.exp(-0.5 * ((value - middle) / spread) ** 2);
          sum += weight * (likelihood[power] as number);
          whole += weight;
        }
        const cell = median * SPREADS.length + at;
        this.#log[cell] = (this.#log[cell] as number) + Math.log(Math.max(1e-300, sum / whole));
      }
  }

  /** The part in hand after the days seen. */
  inHand(daily: readonly number[], elapsed: readonly number[]): InHand {
    const over = Math.log(Math.min(1, elapsed.at(-1) ?? 1));
    if (over === 0) return { mean: 0, variance: 0 };
    const prior = this.#prior();
    const likelihood = likelihoods(daily, elapsed);
    let [whole, first, second] = [0, 0, 0];
    for (const [at, log] of POWERS.entries()) {
      const weight = (prior[at] as number) * (likelihood[at] as number);
      const part = Math.exp(log) * over;
      whole += weight;
      first += weight * part;
      second += weight * part * part;
    }
    const mean = first / whole;
    return { mean, variance: Math.max(0, second / whole - mean * mean) };
  }

  #prior(): Float64Array {
    const best = Math.max(...this.#log);
    const prior = new Float64Array(POWERS.length);
    for (const [median, middle] of MEDIANS.entries())
      for (const [at, spread] of SPREADS.entries()) {
        const weight = Math.exp((this.#log[median * SPREADS.length + at] as number) - best) / spread;
        for (const [power, value] of POWERS.entries())
          prior[power] = (prior[power] as number) + weight * Math.exp(-0.5 * ((value - middle) / spread) ** 2);
      }
    return prior;
  }
}

/** How likely each power makes the pre-orders of the days, given how many there are; the likeliest counts 1. */
const likelihoods = (daily: readonly number[], elapsed: readonly number[]): Float64Array => {
  const last = elapsed.at(-1) ?? 1;
  const logs = POWERS.map((log) => {
    const power = Math.exp(log);
    return daily.reduce((sum, count, day) => {
      if (count <= 0) return sum;
      const before = day === 0 ? 0 : (elapsed[day - 1] ?? 0) ** power;
      return sum + count * Math.log(Math.max(1e-12, ((elapsed[day] ?? 0) ** power - before) / last ** power));
    }, 0);
  });
  const best = Math.max(...logs);
  return Float64Array.from(logs, (log) => Math.exp(log - best));
};
