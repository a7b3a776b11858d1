import { type Profile, profileOf } from './profile.ts';

/** Standard deviations beyond which differences of phases are taken for a season: chance gives them to one history in 740. */
const CERTAIN = 3;
/** Series that must show a season before it is asked whether they share it. */
const LEAST_SHARING = 5;
/** How much the seasons of series differ at first sight, as a variance. */
const DIFFERENCE = 0.05;
/** A phase with less than this of its level is closed. */
const CLOSED = 0.02;

/**
 * How many standard deviations a ratio of variances lies above 1, by the cube roots that make it normal (Paulson 1942).
 */
const surprise = (ratio: number, above: number, below: number): number => {
  const [one, other] = [2 / (9 * above), 2 / (9 * below)];
  const root = Math.cbrt(ratio);
  return ((1 - other) * root - (1 - one)) / Math.sqrt(other * root * root + one);
};

const meanSquare = (factors: Float64Array, around: Float64Array): number => {
  let sum = 0;
  for (const [phase, factor] of factors.entries()) sum += (factor - (around[phase] as number)) ** 2;
  return sum / (factors.length - 1);
};

/** A history without its season, and the factor of each step ahead. */
export interface Adjusted {
  /** Periods that are not closed, each over its factor, oldest first. */
  readonly values: readonly number[];
  /** Factors by phase, phase 0 being that of the first step ahead. */
  readonly factors: Float64Array;
}

const rotated = (factors: Float64Array, by: number): Float64Array =>
  factors.map((_, phase) => factors[(((phase + by) % factors.length) + factors.length) % factors.length] as number);

/**
 * Seasons of the series of a file: what they share, and how far each departs from that, each shrunk towards what is known without
 * it (James and Stein 1961), and left out where chance might have made it.
 */
export class Seasons {
  readonly #season: number;
  readonly #flat: Float64Array;
  readonly #shared: Float64Array | undefined;

  /** `ends` gives for each history the number of its last period on a grid that all share. */
  constructor(histories: readonly (readonly number[])[], season: number, ends: readonly number[] = []) {
    this.#season = season;
    this.#flat = new Float64Array(season).fill(1);
    const profiles = histories.flatMap((values, index) => {
      const profile = profileOf(values, season);
      return profile ? [{ ...profile, factors: rotated(profile.factors, -((ends[index] ?? 0) % season)) }] : [];
    });
    this.#shared = this.#pool(profiles);
  }

  #pool(profiles: readonly Profile[]): Float64Array | undefined {
    if (profiles.length < LEAST_SHARING) return undefined;
    const weights = profiles.map(({ noise }) => 1 / (noise + DIFFERENCE));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = this.#flat.map((_, phase) =>
      profiles.reduce((sum, { factors }, index) => sum + ((weights[index] as number) / total) * (factors[phase] as number), 0),
    );
    let noise = 0;
    for (const [index, { factors }] of profiles.entries())
      noise += ((weights[index] as number) / total) ** 2 * meanSquare(factors, mean);
    const phases = this.#season - 1;
    const signal = meanSquare(mean, this.#flat);
    if (noise > 0 && surprise(signal / noise, phases, phases * (profiles.length - 1)) < CERTAIN) return undefined;
    const kept = Math.max(0, 1 - noise / signal);
    return mean.map((factor) => 1 + kept * (factor - 1));
  }

  /** The factors of the coming phases for a history that ends with period `end`; none where there is no season. */
  #factorsOf(values: readonly number[], end: number): Float64Array | undefined {
    const shared = this.#shared && rotated(this.#shared, end % this.#season);
    const own = profileOf(values, this.#season);
    if (!own) return shared;
    const around = shared ?? this.#flat;
    const signal = meanSquare(own.factors, around);
    const ratio = own.noise > 0 ? signal / own.noise : signal > 0 ? Number.POSITIVE_INFINITY : 0;
    if (ratio === 0 || (Number.isFinite(ratio) && surprise(ratio, this.#season - 1, own.freedom) < CERTAIN)) return shared;
    const kept = 1 - 1 / ratio;
    return own.factors.map((factor, phase) => (around[phase] as number) + kept * (factor - (around[phase] as number)));
  }

  /** The history without its season; none where it has no season, or nothing is left. */
  adjust(values: readonly number[], end = 0): Adjusted | undefined {
    const factors = this.#factorsOf(values, end);
    if (!factors) return undefined;
    const kept: number[] = [];
    for (const [at, value] of values.entries()) {
      const factor = factors[(((at - values.length) % this.#season) + this.#season) % this.#season] as number;
      if (factor >= CLOSED) kept.push(value / factor);
    }
    return kept.some((value) => value > 0) ? { values: kept, factors } : undefined;
  }
}
