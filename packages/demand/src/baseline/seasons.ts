import { type Profile, phaseOf, profileOf } from './profile.ts';

/** Standard deviations beyond which differences of phases are taken for a season: chance gives them to one history in 740. */
const CERTAIN = 3;
/** Series that must show a season before it is asked whether they share it. */
const LEAST_SHARING = 5;
/** How much the seasons of series differ at first sight, as a variance. */
const DIFFERENCE = 0.05;
/** Share of a season's variance that its earlier and later seasons must have in common. */
const AGREEMENT = 0.5;
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
  by === 0 ? factors : factors.map((_, phase) => factors[phaseOf(phase + by, factors.length)] as number);

const rotatedProfile = (profile: Profile, by: number): Profile => ({
  ...profile,
  factors: rotated(profile.factors, by),
  early: rotated(profile.early, by),
  late: rotated(profile.late, by),
});

/** Factors moved from `around` to those found as far as these are no chance; `around` where they may be. */
const shrunk = (
  found: Pick<Profile, 'factors' | 'early' | 'late' | 'noise' | 'freedom'>,
  around: Float64Array,
): Float64Array | undefined => {
  const { factors, early, late, noise, freedom } = found;
  const signal = meanSquare(factors, around);
  if (!(signal > noise)) return undefined;
  if (noise > 0 && surprise(signal / noise, factors.length - 1, freedom) < CERTAIN) return undefined;
  let agreement = 0;
  for (const [phase, level] of around.entries())
    agreement += ((early[phase] as number) - level) * ((late[phase] as number) - level);
  // What one bulk order made does not come again.
  if (agreement / (factors.length - 1) < AGREEMENT * (signal - noise)) return undefined;
  const kept = 1 - noise / signal;
  return factors.map((factor, phase) => (around[phase] as number) + kept * (factor - (around[phase] as number)));
};

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
      return profile ? [rotatedProfile(profile, -(ends[index] ?? 0))] : [];
    });
    this.#shared = this.#pool(profiles);
  }

  #pool(profiles: readonly Profile[]): Float64Array | undefined {
    if (profiles.length < LEAST_SHARING) return undefined;
    const weights = profiles.map(({ noise }) => 1 / (noise + DIFFERENCE));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = (part: 'factors' | 'early' | 'late') => {
      const sums = new Float64Array(this.#season);
      for (const [index, profile] of profiles.entries())
        for (const [phase, factor] of profile[part].entries())
          sums[phase] = (sums[phase] as number) + ((weights[index] as number) / total) * factor;
      return sums;
    };
    const factors = mean('factors');
    let noise = 0;
    for (const [index, profile] of profiles.entries())
      noise += ((weights[index] as number) / total) ** 2 * meanSquare(profile.factors, factors);
    const freedom = (this.#season - 1) * (profiles.length - 1);
    return shrunk({ factors, early: mean('early'), late: mean('late'), noise, freedom }, this.#flat);
  }

  /** The factors of the coming phases for a history that ends with period `end`; none where there is no season. */
  #factorsOf(values: readonly number[], end: number): Float64Array | undefined {
    const shared = this.#shared && rotated(this.#shared, end);
    const own = profileOf(values, this.#season);
    // A few sales lie somewhere: that makes no season.
    if (!own || own.sold < this.#season / 2) return shared;
    return shrunk(own, shared ?? this.#flat) ?? shared;
  }

  /** The history without its season; none where it has no season, or nothing is left. */
  adjust(values: readonly number[], end = 0): Adjusted | undefined {
    const factors = this.#factorsOf(values, end);
    if (!factors) return undefined;
    const kept: number[] = [];
    for (const [at, value] of values.entries()) {
      const factor = factors[phaseOf(at - values.length, this.#season)] as number;
      if (factor >= CLOSED) kept.push(value / factor);
    }
    return kept.some((value) => value > 0) ? { values: kept, factors } : undefined;
  }
}
