import { negativeBinomialTail } from '@crossparcel/numerics';
import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

/** When a count is an alarm. */
export const alarmRulesSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Periods that an expectation goes by; the first `warmUp` of a series raise no alarm. */
  window: z.int().positive(),
  warmUp: z.int().positive(),
  /** An alarm needs at least this count, this many times the expected one, and a chance below this one. */
  fewest: z.int().positive(),
  times: z.number().min(1),
  chance: z.number().gt(0).lt(1),
  /** What is expected before anything is seen, and for how many periods that counts. */
  priorMean: z.number().positive(),
  priorPeriods: z.number().positive(),
  /** Variance beyond Poisson, as a share of the squared mean, before a series shows its own; and its weight in periods. */
  priorDispersion: z.number().nonnegative(),
  dispersionPeriods: z.number().positive(),
});
export type AlarmRules = z.infer<typeof alarmRulesSchema>;

/** A count against what was expected of it. */
export interface Sighting {
  readonly value: number;
  readonly expected: number;
  /** The chance of as many or more, were all as before. */
  readonly probability: number;
  readonly alarm: boolean;
  /** The first alarm of a run. */
  readonly starts: boolean;
}

/**
 * Watches the counts of one series period by period. Each is held against a negative binomial forecast from the periods before
 * (gamma prior on the rate, variance shrunk to the usual one); alarms are cut back in what is expected next, so that a spike
 * does not hide the days after it for long.
 */
export class SpikeAlarm {
  readonly #rules: AlarmRules;
  readonly #past: number[] = [];
  #seen = 0;
  #running = false;

  constructor(rules: AlarmRules) {
    this.#rules = rules;
  }

  /** Takes the count of the next period. */
  push(value: number): Sighting {
    const { fewest, times, chance, window, warmUp } = this.#rules;
    const { mean, variance } = this.#expected();
    const probability = negativeBinomialTail(Math.floor(value), mean, variance);
    const unusual = value >= fewest && value >= times * mean && probability < chance;
    const alarm = unusual && this.#seen >= warmUp;
    const starts = alarm && !this.#running;
    this.#running = alarm;
    this.#seen += 1;
    this.#past.push(unusual ? Math.max(fewest, times * mean) : value);
    if (this.#past.length > window) this.#past.shift();
    return { value, expected: mean, probability, alarm, starts };
  }

  /** Mean and variance of the next count, the variance including how little is known of the mean. */
  #expected(): { mean: number; variance: number } {
    const { priorMean, priorPeriods, priorDispersion, dispersionPeriods } = this.#rules;
    const count = this.#past.length;
    const sum = this.#past.reduce((total, value) => total + value, 0);
    const periods = count + priorPeriods;
    const mean = (sum + priorMean * priorPeriods) / periods;
    const spread = this.#past.reduce((total, value) => total + (value - mean) ** 2 - mean, 0);
    const own = Math.max(0, spread / mean ** 2);
    const dispersion = (own + priorDispersion * dispersionPeriods) / (count + dispersionPeriods);
    return { mean, variance: mean * (1 + 1 / periods) + dispersion * mean ** 2 + 1e-6 };
  }
}
