import { fromFirstSale, normalScale } from './scale.ts';

/** Steps ahead beyond which a forecast no longer changes. */
const MOST_AHEAD = 12;
const LAGS = 8;
const WINDOWS = [2, 4, 8, 13, 26, 52];
const RECENT = 13;
/** Stands for what a history is too short to tell; below all values that occur. */
const UNKNOWN = -1;
/** Smoothing of sizes and of the chance of demand (Teunter, Syntetos and Babai 2011). */
const TSB = 0.1;
const SMOOTHINGS = [0.05, 0.2];

/** The mean of the last values, or of all when they are fewer. */
export const meanOfLast = (values: readonly number[], window: number): number => {
  const from = Math.max(0, values.length - window);
  let sum = 0;
  for (let index = from; index < values.length; index += 1) sum += values[index] as number;
  return sum / (values.length - from);
};

/** The level of simple exponential smoothing, started at the mean of the first values. */
export const smoothed = (values: readonly number[], share: number): number => {
  let level = meanOfLast(values.slice(0, RECENT), RECENT);
  for (const value of values) level += share * (value - level);
  return level;
};

/** The rate of demand by the method of Teunter, Syntetos and Babai (2011): chance of demand times its size, both smoothed. */
export const tsbRate = (values: readonly number[]): number => {
  const sold = values.filter((value) => value > 0);
  if (sold.length === 0) return 0;
  let size = sold.slice(0, LAGS).reduce((sum, value) => sum + value, 0) / Math.min(LAGS, sold.length);
  let chance = sold.length / values.length;
  for (const value of values) {
    chance += TSB * ((value > 0 ? 1 : 0) - chance);
    if (value > 0) size += TSB * (value - size);
  }
  return chance * size;
};

const silence = (values: readonly number[]): number => {
  let count = 0;
  while (count < values.length && values[values.length - 1 - count] === 0) count += 1;
  return count;
};

/** What the trees know of a history, in units of its scale, apart from the step ahead. */
export class HistoryFeatures {
  readonly scale: number;
  readonly step: number;
  readonly #values: readonly number[];
  readonly #season: number;
  readonly #common: number[];

  /** Past demand, oldest first, with the zeros before the first sale where they are known; `perYear` are steps in a year. */
  constructor(values: readonly number[], perYear: number) {
    this.#values = values;
    this.#season = seasonOf(perYear);
    const sold = fromFirstSale(values);
    this.step = normalScale(sold);
    // Counts below one another's unit differ by whole units: there is nothing finer to tell.
    this.scale = values.every(Number.isInteger) ? Math.max(1, this.step) : this.step;
    this.#common = [...this.#describe(perYear), Math.log(sold.length)];
  }

  #describe(perYear: number): number[] {
    const values = this.#values;
    const recent = values.slice(-RECENT);
    const sorted = recent.toSorted((one, other) => one - other);
    const at = (level: number) => sorted[Math.round(level * (sorted.length - 1))] ?? 0;
    const mean = meanOfLast(values, RECENT);
    const sold = values.slice(-2 * RECENT).filter((value) => value > 0);
    const amounts = [
      ...Array.from({ length: LAGS }, (_, lag) => values[values.length - 1 - lag] ?? UNKNOWN * this.scale),
      ...WINDOWS.map((window) => meanOfLast(values, window)),
      meanOfLast(values, values.length),
      sold.length === 0 ? 0 : sold.reduce((sum, value) => sum + value, 0) / sold.length,
      Math.sqrt(recent.reduce((sum, value) => sum + (value - mean) ** 2, 0) / recent.length),
      at(1),
      at(0.9),
      at(0.75),
      at(0.5),
      at(0.25),
      at(0.1),
      tsbRate(values),
      ...SMOOTHINGS.map((share) => smoothed(values, share)),
    ];
    const zeros = (list: readonly number[]) => list.filter((value) => value === 0).length / list.length;
    return [
      ...amounts.map((amount) => amount / this.scale),
      zeros(recent),
      zeros(values),
      Math.log1p(silence(values)),
      Math.log(this.step),
      Math.log(values.length),
      Math.log(perYear),
    ];
  }

  /** All features for a step ahead, counted from 1. */
  ahead(step: number): Float64Array {
    const capped = Math.min(step, MOST_AHEAD);
    return Float64Array.from([...this.#common, capped, this.#seasonal(step, 0), this.#seasonal(step, 1)]);
  }

  /** The mean around the same step of the season before, or unknown. */
  #seasonal(step: number, around: number): number {
    const seasonsBack = Math.ceil(step / this.#season);
    const place = this.#values.length - 1 + step - seasonsBack * this.#season;
    if (place - around < 0) return UNKNOWN;
    let sum = 0;
    let count = 0;
    for (let index = place - around; index <= Math.min(place + around, this.#values.length - 1); index += 1) {
      sum += this.#values[index] as number;
      count += 1;
    }
    return sum / count / this.scale;
  }
}

const DAILY = 300;
const DAYS_PER_WEEK = 7;

/** Steps of a season: a week of days, else a year. */
export const seasonOf = (perYear: number): number =>
  perYear > DAILY ? DAYS_PER_WEEK : Math.max(1, Math.round(perYear));
