import { QuantileCurve } from '@crossparcel/numerics';
import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { historyOf } from '../baseline/history.ts';
import { LEVELS, SIMPLE, type Simple, stepsOf } from '../baseline/methods.ts';
import { fromFirstSale, normalScale } from '../baseline/scale.ts';
import { CurveForest } from '../trees/curve-forest.ts';
import { meanBounds, RiseDetector } from './betting.ts';

/** When a forecast counts as drifting. */
export const monitoringSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Rounds of forecasts that pass on average, at least, before a group whose claims are kept is reported. */
  roundsPerFalseAlarm: z.number().min(2),
  /** By how much an end may be missed more often than it says before that counts as drift. */
  missSlack: z.number().min(0).max(0.5),
});
export type Monitoring = z.infer<typeof monitoringSchema>;

/** What was forecast of a period, `step` periods after the last one known, and what came. */
export interface PastForecast {
  readonly series: string;
  /** Number of the last period that was known. */
  readonly origin: number;
  readonly step: number;
  readonly mean: number;
  /** Quantiles by level. */
  readonly quantiles: ReadonlyMap<number, number>;
  readonly actual: number;
  /** Demand up to the origin, oldest first. */
  readonly past: readonly number[];
}

const OURS = 'crossparcel';

/** What a check of past forecasts finds. */
export const checkSchema = z.object({
  group: z.string(),
  level: z.string(),
  forecasts: z.int().nonnegative(),
  /** Times at which forecasts were made. */
  rounds: z.int().nonnegative(),
  /** How often intervals held, and the bounds of 95 % on how often they do. */
  coverage: z.array(z.object({ claimed: z.number(), held: z.number(), low: z.number(), high: z.number() })),
  /** Mean forecast over demand, less 1; none where nothing was sold. */
  bias: z.number().nullable(),
  /** Mean pinball loss in units of each history's ups and downs. */
  loss: z.record(z.string(), z.number()),
  drift: z.object({
    alarm: z.boolean(),
    /** Whether demand came above the intervals, or below. */
    side: z.enum(['above', 'below']).optional(),
    /** The last period known when the forecasts were made that raised the alarm first. */
    since: z.string().optional(),
    /** Bets on drift would have won so many times their stake. */
    evidence: z.number(),
  }),
  advised: z.enum([OURS, ...SIMPLE]),
});
export type Check = z.infer<typeof checkSchema>;

const RISK = 0.05;
const DIGITS = 1e4;
const rounded = (value: number): number => Math.round(value * DIGITS) / DIGITS;
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const pinball = (level: number, error: number): number => Math.max(level * error, (level - 1) * error);
const NO_TREES = new CurveForest({ bases: [], trees: [] });

const simpleQuantile = (method: Simple, { past }: PastForecast, level: number): number => {
  if (method === 'zero' || !past.some((value) => value > 0)) return 0;
  const [quantiles] = stepsOf(method, historyOf(past, 0), 1, { perYear: 1, forest: NO_TREES });
  return new QuantileCurve(LEVELS, [...(quantiles ?? [])]).at(level);
};

/** Loss of a forecast, ours or a simple one, in units of its history's ups and downs. */
const lossOf = (forecast: PastForecast, quantileAt: (level: number) => number): number => {
  const scale = normalScale(fromFirstSale(forecast.past));
  return (
    meanOf([...forecast.quantiles.keys()].map((level) => pinball(level, forecast.actual - quantileAt(level)))) / scale
  );
};

/** What one round of forecasts of a group came to. */
interface Round {
  readonly origin: number;
  readonly forecasts: readonly PastForecast[];
  readonly losses: ReadonlyMap<string, number>;
}

const roundsOf = (forecasts: readonly PastForecast[]): Round[] =>
  [...Map.groupBy(forecasts, ({ origin }) => origin)]
    .toSorted(([one], [other]) => one - other)
    .map(([origin, made]) => {
      const ours = meanOf(made.map((one) => lossOf(one, (level) => one.quantiles.get(level) ?? 0)));
      const simple = SIMPLE.map(
        (method) =>
          [method, meanOf(made.map((one) => lossOf(one, (level) => simpleQuantile(method, one, level))))] as const,
      );
      return { origin, forecasts: made, losses: new Map<string, number>([[OURS, ours], ...simple]) };
    });

const MIDDLE = 0.5;
const CLOSE = 1e-9;

/** Intervals that the levels make: those as far below a half as others are above. */
const intervalsOf = (levels: readonly number[]): { low: number; high: number }[] =>
  levels
    .filter((low) => low < MIDDLE)
    .flatMap((low) => {
      const high = levels.find((level) => Math.abs(level - (1 - low)) < CLOSE);
      return high === undefined ? [] : [{ low, high }];
    })
    .toSorted((one, other) => other.low - one.low);

const shareOf = (forecasts: readonly PastForecast[], is: (one: PastForecast) => boolean): number =>
  forecasts.filter(is).length / forecasts.length;

const coverageOf = (rounds: readonly Round[], levels: readonly number[]): Check['coverage'] =>
  intervalsOf(levels).map(({ low, high }) => {
    const isHeld = ({ actual, quantiles }: PastForecast) =>
      actual >= (quantiles.get(low) ?? 0) && actual <= (quantiles.get(high) ?? 0);
    const all = rounds.flatMap(({ forecasts }) => forecasts);
    const bounds = meanBounds(
      rounds.map(({ forecasts }) => shareOf(forecasts, isHeld)),
      RISK,
    );
    return { claimed: rounded(high - low), held: rounded(shareOf(all, isHeld)), ...bounds };
  });

/** Ends of the interval that is watched: the one of 80 %, or the nearest to it that is there. */
const watched = (levels: readonly number[]): { low: number; high: number } | undefined =>
  intervalsOf(levels).toSorted((one, other) => Math.abs(one.low - 0.1) - Math.abs(other.low - 0.1))[0];

const driftOf = (
  rounds: readonly Round[],
  levels: readonly number[],
  { roundsPerFalseAlarm, missSlack }: Monitoring,
  nameOf: (origin: number) => string,
): Check['drift'] => {
  const ends = watched(levels);
  if (!ends) return { alarm: false, evidence: 0 };
  const bound = Math.min(MIDDLE, ends.low + missSlack);
  const sides = (['above', 'below'] as const).map((side) => ({
    side,
    detector: new RiseDetector({ bound, least: 0 }),
    since: undefined as number | undefined,
  }));
  // Two watch at once: either may raise a false alarm.
  const enough = sides.length * roundsPerFalseAlarm;
  for (const { origin, forecasts } of rounds) {
    for (const watch of sides) {
      const isMissed = ({ actual, quantiles }: PastForecast) =>
        watch.side === 'above' ? actual > (quantiles.get(ends.high) ?? 0) : actual < (quantiles.get(ends.low) ?? 0);
      const evidence = watch.detector.observe(shareOf(forecasts, isMissed));
      if (evidence >= enough) watch.since ??= origin;
      else watch.since = undefined;
    }
  }
  const strongest = sides.reduce((one, other) => (other.detector.evidence > one.detector.evidence ? other : one));
  const { side, since, detector } = strongest;
  const evidence = rounded(detector.evidence);
  return since === undefined ? { alarm: false, evidence } : { alarm: true, side, since: nameOf(since), evidence };
};

/** The best simple method of those that bets show to lose less than ours; ours where none does. */
const advisedOf = (rounds: readonly Round[], { roundsPerFalseAlarm }: Monitoring): Check['advised'] => {
  const better = SIMPLE.filter((method) => {
    const detector = new RiseDetector({ bound: 0, least: -1 });
    for (const { losses } of rounds) {
      const [ours = 0, simple = 0] = [losses.get(OURS), losses.get(method)];
      const most = Math.max(ours, simple);
      detector.observe(most > 0 ? (ours - simple) / most : 0);
    }
    return detector.evidence >= SIMPLE.length * roundsPerFalseAlarm;
  });
  const lossBy = (method: string) => meanOf(rounds.map(({ losses }) => losses.get(method) ?? 0));
  return better.toSorted((one, other) => lossBy(one) - lossBy(other))[0] ?? OURS;
};

/**
 * Checks the past forecasts of a group: how often intervals held, bias, losses beside simple methods, whether claims drift, and which
 * method to go by. Each period should be there once for each series, by the freshest forecast of it, so that what is said of a
 * round rests only on what was known when it was made. All forecasts have the same levels. Throws a RangeError without a forecast.
 */
export const checkForecasts = (
  { group, level }: { group: string; level: string },
  forecasts: readonly PastForecast[],
  monitoring: Monitoring,
  nameOf: (origin: number) => string,
): Check => {
  const [first] = forecasts;
  if (!first) throw new RangeError('there is no forecast to check');
  const levels = [...first.quantiles.keys()].toSorted((one, other) => one - other);
  const rounds = roundsOf(forecasts);
  const sold = forecasts.reduce((sum, { actual }) => sum + actual, 0);
  const expected = forecasts.reduce((sum, { mean }) => sum + mean, 0);
  const loss = [OURS, ...SIMPLE].map(
    (method) => [method, rounded(meanOf(rounds.map(({ losses }) => losses.get(method) ?? 0)))] as const,
  );
  return {
    group,
    level,
    forecasts: forecasts.length,
    rounds: rounds.length,
    coverage: coverageOf(rounds, levels),
    bias: sold > 0 ? rounded(expected / sold - 1) : null,
    loss: Object.fromEntries(loss),
    drift: driftOf(rounds, levels, monitoring, nameOf),
    advised: advisedOf(rounds, monitoring),
  };
};
