/** Probability left to counts beyond the last that is told apart. */
const TAIL = 1e-4;
/** Means are told apart by a fiftieth, so that few distributions are made. */
const LOG_STEP = 0.02;
const LEAST_MEAN = 1e-3;

/**
 * Distributions of the demand of a period, on counts or on multiples of a unit: negative binomial (Johnson, Kemp and Kotz,
 * Univariate Discrete Distributions, ch. 5) with variance m + dispersion·m², Poisson where that is no wider than
 * Poisson on the multiples. Each is made once and kept.
 */
export class CountGrid {
  readonly #dispersion: number;
  readonly #known = new Map<number, Float64Array>();

  /** Dispersion 0 is Poisson demand. */
  constructor(dispersion: number) {
    this.#dispersion = dispersion;
  }

  /** Probabilities of 0, 1, 2 … units of demand, adding up to one; `mean` is in pieces and `unit` the pieces of a unit. */
  masses(mean: number, unit: number): Float64Array {
    if (mean < LEAST_MEAN) return NONE;
    const level = Math.round(Math.log(mean) / LOG_STEP);
    // Units are powers of the fourth root of two.
    const key = level * 1000 + Math.round(Math.log2(unit) * 4);
    const known = this.#known.get(key);
    if (known) return known;
    const masses = countMasses(Math.exp(level * LOG_STEP), this.#dispersion, { unit, tail: TAIL });
    this.#known.set(key, masses);
    return masses;
  }
}

const NONE = Float64Array.of(1);
/** Terms after which a distribution ends, whatever is left. */
const MOST_TERMS = 5000;

/**
 * Probabilities of 0, 1, 2 … units of a count with a mean and a dispersion above Poisson, cut where less than `tail` is left
 * and brought to add up to one.
 */
export const countMasses = (
  mean: number,
  dispersion: number,
  { unit, tail }: { unit: number; tail: number },
): Float64Array => {
  const scaled = mean / unit;
  const variance = (mean + dispersion * mean * mean) / (unit * unit);
  const isPoisson = variance <= scaled * 1.0001;
  const size = isPoisson ? 0 : (scaled * scaled) / (variance - scaled);
  const failure = isPoisson ? 0 : 1 - scaled / variance;
  let probability = Math.exp(isPoisson ? -scaled : size * Math.log(scaled / variance));
  const masses = [probability];
  let below = probability;
  for (let count = 1; below < 1 - tail && count < MOST_TERMS; count += 1) {
    probability *= isPoisson ? scaled / count : ((size + count - 1) / count) * failure;
    below += probability;
    masses.push(probability);
  }
  return Float64Array.from(masses, (mass) => mass / below);
};
