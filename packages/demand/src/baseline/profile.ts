/** Phases beyond which neighbours are averaged: a week of one year alone says little. */
const MANY_PHASES = 24;
/** What remains of the noise of a phase that is averaged with half of each neighbour. */
const SMOOTHED_NOISE = 0.375;

/** The season that a history shows: of each phase its share of the level around it, and the variance of such a share. */
export interface Profile {
  /** Phase 0 is that of the period after the last. */
  readonly factors: Float64Array;
  /** The same of the earlier and of the later seasons alone. */
  readonly early: Float64Array;
  readonly late: Float64Array;
  /** Periods with demand, of the earlier or of the later seasons, whichever had fewer. */
  readonly sold: number;
  readonly noise: number;
  /** Degrees of freedom of the noise. */
  readonly freedom: number;
}

/** The phase of a place on a circle of so many. */
export const phaseOf = (place: number, season: number): number => ((place % season) + season) % season;

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
  const rise = (from: number, to: number) =>
    reach === 0 ? 0 : ((around[to] as number) - (around[from] as number)) / reach;
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

/** Demand and levels by phase, over some of a history. */
interface Sums {
  readonly sold: Float64Array;
  readonly expected: Float64Array;
}

const sumsOf = (values: readonly number[], around: Float64Array, season: number, from: number, to: number): Sums => {
  const sold = new Float64Array(season);
  const expected = new Float64Array(season);
  for (let at = from; at < to; at += 1) {
    const phase = phaseOf(at - values.length, season);
    sold[phase] = (sold[phase] as number) + (values[at] as number);
    expected[phase] = (expected[phase] as number) + (around[at] as number);
  }
  return season > MANY_PHASES ? { sold: averaged(sold), expected: averaged(expected) } : { sold, expected };
};

/** Shares by phase, 1 on average; none without demand. */
const factorsOf = ({ sold, expected }: Sums): Float64Array | undefined => {
  const shares = sold.map((sum, phase) => ((expected[phase] as number) > 0 ? sum / (expected[phase] as number) : 1));
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return mean > 0 ? shares.map((share) => share / mean) : undefined;
};

/** The season of a history of two seasons or more (classical decomposition by ratios to the moving mean); else none. */
export const profileOf = (values: readonly number[], season: number): Profile | undefined => {
  const count = values.length;
  if (season < 2 || count < 2 * season) return undefined;
  const around = levels(values, season);
  const middle = count - season * Math.floor(count / (2 * season));
  const factors = factorsOf(sumsOf(values, around, season, 0, count));
  const early = factorsOf(sumsOf(values, around, season, 0, middle));
  const late = factorsOf(sumsOf(values, around, season, middle, count));
  if (!factors || !early || !late) return undefined;
  const share = season > MANY_PHASES ? SMOOTHED_NOISE : 1;
  const freedom = count - season * share - count / season;
  let squares = 0;
  let weight = 0;
  for (const [at, value] of values.entries()) {
    const level = around[at] as number;
    if (!(level > 0)) continue;
    squares += (value - level * (factors[phaseOf(at - count, season)] as number)) ** 2 / level;
    weight += level;
  }
  const noise = ((squares / weight) * (count / freedom) * share) / (count / season);
  const soldIn = (from: number, to?: number) => values.slice(from, to).filter((value) => value > 0).length;
  return { factors, early, late, sold: Math.min(soldIn(0, middle), soldIn(middle)), noise, freedom };
};
