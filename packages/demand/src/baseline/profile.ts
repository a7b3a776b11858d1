/** Phases beyond which neighbours are averaged: a week of one year alone says little. */
const MANY_PHASES = 24;
/** What remains of the noise of a phase that is averaged with half of each neighbour. */
const SMOOTHED_NOISE = 0.375;

/** The season that a history shows: of each phase its share of the level around it, and the variance of such a share. */
export interface Profile {
  /** Phase 0 is that of the period after the last. */
  readonly factors: Float64Array;
  readonly noise: number;
  /** Degrees of freedom of the noise. */
  readonly freedom: number;
}

/** The mean over a season around each period; at both ends it goes on as it went over the last season. */
const levels = (values: readonly number[], season: number): Float64Array => {
  const count = values.length;
  const before = Math.floor(season / 2);
  const half = season % 2 === 0 ? 0.5 : 1;
  const around = new Float64Array(count);
  const last = count - 1 - before;
  for (let at = before; at <= last; at += 1) {
    let sum = half * ((values[at - before] as number) + (values[at + before] as number));
    for (let index = at - before + 1; index < at + before; index += 1) sum += values[index] as number;
    around[at] = sum / season;
  }
  const reach = Math.min(season, last - before);
  const rise = (from: number, to: number) => (reach === 0 ? 0 : ((around[to] as number) - (around[from] as number)) / reach);
  const early = rise(before, before + reach);
  const late = rise(last - reach, last);
  for (let at = 0; at < before; at += 1) around[at] = Math.max(0, (around[before] as number) - early * (before - at));
  for (let at = last + 1; at < count; at += 1) around[at] = Math.max(0, (around[last] as number) + late * (at - last));
  return around;
};

const averaged = (sums: Float64Array): Float64Array =>
  sums.map((sum, phase) => {
    const count = sums.length;
    return sum / 2 + ((sums[(phase + 1) % count] as number) + (sums[(phase + count - 1) % count] as number)) / 4;
  });

/** The season of a history of two seasons or more (classical decomposition by ratios to the moving mean); else none. */
export const profileOf = (values: readonly number[], season: number): Profile | undefined => {
  const count = values.length;
  if (season < 2 || count < 2 * season) return undefined;
  const around = levels(values, season);
  const phaseOf = (at: number) => (((at - count) % season) + season) % season;
  let sold = new Float64Array(season);
  let expected = new Float64Array(season);
  for (const [at, value] of values.entries()) {
    const phase = phaseOf(at);
    sold[phase] = (sold[phase] as number) + value;
    expected[phase] = (expected[phase] as number) + (around[at] as number);
  }
  const many = season > MANY_PHASES;
  if (many) [sold, expected] = [averaged(sold), averaged(expected)];
  const factors = sold.map((sum, phase) => ((expected[phase] as number) > 0 ? sum / (expected[phase] as number) : 1));
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / season;
  if (!(mean > 0)) return undefined;
  for (const [phase, factor] of factors.entries()) factors[phase] = factor / mean;
  const share = many ? SMOOTHED_NOISE : 1;
  const freedom = count - season * share - count / season;
  let squares = 0;
  let weight = 0;
  for (const [at, value] of values.entries()) {
    const level = around[at] as number;
    if (!(level > 0)) continue;
    squares += (value - level * (factors[phaseOf(at)] as number)) ** 2 / level;
    weight += level;
  }
  return { factors, noise: ((squares / weight) * (count / freedom) * share) / (count / season), freedom };
};
