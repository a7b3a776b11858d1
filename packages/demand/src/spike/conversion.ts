import { logGamma } from '@crossparcel/numerics';
import * as z from 'zod';
import type { SpikeEvidence } from './evidence.ts';
import { rateSeconds } from './order-features.ts';
import { numberOf } from './views/kinds.ts';

const DAY = 86_400;
/** Logarithms of orders per view that are told apart, and how many deviations about the usual they reach. */
const STEPS = 61;
const REACH = 3.5;
/** A launch is read in no more periods than this. */
const MOST_PERIODS = 14;
/** Orders that are so many times what is expected, in logarithms, or so small a part of it, are far from it. */
const FAR = Math.log(3);
/** Beyond this size a negative binomial is Poisson. */
const MOST_SIZE = 1e6;

/** How the orders of a view vary, and what products sold before. */
export const conversionSchema = z.strictObject({
  /** The usual logarithm of orders per view. */
  usual: z.number(),
  /** Variance of the logarithm between launches, and between days of one launch. */
  between: z.number().positive(),
  within: z.number().positive(),
  /** Equally likely orders a day without any views, for products of which that is not told. */
  bases: z.array(z.number().nonnegative()).min(1),
});
export type Conversion = z.infer<typeof conversionSchema>;

/** Orders a day before the launch, where they are told (`attributes.basePerDay`). */
export const toldBase = ({ request }: SpikeEvidence): number | undefined => {
  const base = numberOf(request.attributes?.basePerDay);
  return base !== undefined && base >= 0 ? base : undefined;
};

/** Orders and views of a stretch of time. */
export interface Period {
  readonly orders: number;
  readonly views: number;
  readonly days: number;
}

/** Orders and views by day, or by half of the age where that is less. */
export const periodsOf = (evidence: SpikeEvidence, age: number): Period[] => {
  const views = evidence.signal('views');
  const seconds = Math.max(rateSeconds(age), age / MOST_PERIODS);
  const periods: Period[] = [];
  for (let end = age; end > 1; end -= seconds) {
    const length = Math.min(seconds, end);
    periods.push({
      orders: Math.max(0, evidence.counts.gain(end, length)),
      views: views?.gain(end, length) ?? 0,
      days: length / DAY,
    });
  }
  return periods;
};

/** Of orders, the logarithm of their negative binomial likelihood but for what depends on the orders alone. */
const logLikelihood = ({ orders, views, days }: Period, perView: number, base: number, within: number): number => {
  const drawn = perView * Math.max(1, views);
  const mean = drawn + base * days;
  const size = Math.min(MOST_SIZE, (mean / drawn) ** 2 / within);
  return (
    logGamma(orders + size) -
    logGamma(size) +
    size * Math.log(size / (size + mean)) +
    orders * Math.log(mean / (size + mean))
  );
};

/** What is expected of orders still to come, in logarithms of one more than they. */
export interface ExpectedOrders {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * How many orders a view of a launch brings, and how many come without: what is likely of both after the orders and views so
 * far (Bayes' rule on a grid). Counts are negative binomial, as the orders of a view vary from day to day. A launch whose
 * orders hold on while its views fall away sells without them.
 */
export class ConversionPosterior {
  readonly #logs: Float64Array;
  readonly #bases: readonly number[];
  /** By base, then by logarithm. */
  readonly #chances: Float64Array;
  /** The mean logarithm of orders per view. */
  readonly logPerView: number;
  /**
   * Whether even the likeliest of what is told apart misses the orders so far by far. Then the views are not those of what sells,
   * or are no views of people, and say nothing of the orders.
   */
  readonly isBeyond: boolean;

  /** `base` is orders a day before the launch, where they are told. */
  constructor(periods: readonly Period[], { usual, between, within, bases }: Conversion, base?: number) {
    const deviation = Math.sqrt(between);
    this.#bases = base === undefined ? bases : [base];
    this.#logs = Float64Array.from(
      { length: STEPS },
      (_, step) => usual + deviation * REACH * ((2 * step) / (STEPS - 1) - 1),
    );
    const weights = this.#bases.flatMap((one) =>
      Array.from(this.#logs, (log) => {
        const perView = Math.exp(log);
        const prior = -((log - usual) ** 2) / (2 * between);
        return periods.reduce((sum, period) => sum + logLikelihood(period, perView, one, within), prior);
      }),
    );
    const most = weights.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
    const chances = Float64Array.from(weights, (weight) => Math.exp(weight - most));
    const whole = chances.reduce((sum, chance) => sum + chance, 0);
    this.#chances = chances.map((chance) => chance / whole);
    this.isBeyond = this.#misses(periods);
    this.logPerView = this.#chances.reduce((sum, chance, at) => sum + chance * (this.#logs[at % STEPS] as number), 0);
  }

  #misses(periods: readonly Period[]): boolean {
    const likeliest = this.#chances.indexOf(this.#chances.reduce((one, other) => Math.max(one, other), 0));
    const perView = Math.exp(this.#logs[likeliest % STEPS] as number);
    const base = this.#bases[Math.floor(likeliest / STEPS)] as number;
    let [orders, expected] = [1, 1];
    for (const period of periods) {
      orders += period.orders;
      expected += perView * Math.max(0, period.views) + base * period.days;
    }
    return Math.abs(Math.log(orders / expected)) > FAR;
  }

  /** Orders that so many more views bring, with those that come without them in so many seconds. */
  orders(views: number, seconds: number): ExpectedOrders {
    let mean = 0;
    let squares = 0;
    for (const [place, base] of this.#bases.entries()) {
      const without = (base * seconds) / DAY;
      for (let step = 0; step < STEPS; step += 1) {
        const chance = this.#chances[place * STEPS + step] as number;
        const log = Math.log1p(Math.exp(this.#logs[step] as number) * views + without);
        mean += chance * log;
        squares += chance * log * log;
      }
    }
    return { mean, deviation: Math.sqrt(Math.max(0, squares - mean * mean)) };
  }
}
