import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import type { Outlook } from './item.ts';
import { hasSignals, type SeenLaunch, seenFeatures, UNITS_OFFSET } from './launch-features.ts';
import { type LogRow, leastSquares, linear, weightedMiddles } from './log-regression.ts';

/** What is expected of the units from `gap` periods ahead until the launch is over. */
export const launchLineSchema = z.strictObject({
  /** Periods seen since the launch. */
  seen: z.int().positive(),
  gap: z.int().nonnegative(),
  slopes: z.array(z.number()),
  residuals: z.array(z.number()),
});
export type LaunchLineRecord = z.infer<typeof launchLineSchema>;

/** How the demand of a launch goes on, by days. */
export const launchPlacementSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Share of each period in the units of a launch. */
  shape: z.array(z.number().positive()),
  /** By how much more, in logarithms, the lowest course falls short: of a launch that ends abruptly, as few do in a sample. */
  abruptEnd: z.number().nonnegative(),
  /** How many of the courses, those in which an order does worst, it is judged by. */
  judgedBy: z.strictObject({ withSignals: z.int().positive(), withoutSignals: z.int().positive() }),
  withSignals: z.array(launchLineSchema).min(1),
  withoutSignals: z.array(launchLineSchema).min(1),
});
export type LaunchPlacementRecord = z.infer<typeof launchPlacementSchema>;

/** A launch of which all is known, to learn from. */
export interface KnownLaunch extends SeenLaunch {
  readonly facility: string;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const until = (launch: KnownLaunch, seen: number, withSignals: boolean): SeenLaunch => ({
  own: launch.own.slice(0, seen),
  everywhere: launch.everywhere.slice(0, seen),
  ...(withSignals && { signals: launch.signals }),
});

/**
 * The line for launches seen for some periods, from launches of which all is known. Residuals count by the units that were expected, since
 * cost goes with units and large launches end otherwise than small ones.
 */
export const learnLaunchLine = (
  launches: readonly KnownLaunch[],
  { seen, gap, withSignals }: { seen: number; gap: number; withSignals: boolean },
): LaunchLineRecord => {
  const rows: LogRow[] = launches.map((launch) => ({
    features: seenFeatures(until(launch, seen, withSignals)),
    log: Math.log(total(launch.own.slice(seen + gap)) + UNITS_OFFSET),
  }));
  const slopes = leastSquares(rows);
  const weighed = rows.map(({ features, log }) => {
    const expected = linear(slopes, features);
    return { value: log - expected, weight: Math.exp(expected) };
  });
  return { seen, gap, slopes, residuals: weightedMiddles(weighed) };
};

/** The mean share of each period in the units of a launch. */
export const learnShape = (launches: readonly KnownLaunch[]): number[] => {
  const sold = launches.filter(({ own }) => total(own) > 0);
  const periods = sold[0]?.own.length ?? 0;
  return Array.from({ length: periods }, (_, period) => {
    const shares = sold.map(({ own }) => (own[period] as number) / total(own));
    return total(shares) / sold.length;
  });
};

const nearest = (lines: readonly LaunchLineRecord[], seen: number, gap: number): LaunchLineRecord =>
  lines.reduce((best, line) => (distance(line, seen, gap) < distance(best, seen, gap) ? line : best));
/** A line of another age is further off than one of another gap. */
const distance = (line: LaunchLineRecord, seen: number, gap: number): number =>
  Math.abs(line.seen - seen) * 100 + Math.abs(line.gap - gap);

/** Whether a launch is still within the periods that the record knows. */
export const isYoung = ({ withSignals }: LaunchPlacementRecord, { own }: SeenLaunch): boolean =>
  own.length > 0 && own.length <= Math.max(...withSignals.map(({ seen }) => seen));

/**
 * What a launch will still sell at a facility: the logarithm of its coming units by what was sold and counted so far (Szabo and
 * Huberman 2010, with counters), spread over the periods as launches go; the quantiles of the residuals are its courses.
 * It is over when `shape` ends, and sells nothing then.
 */
export const launchOutlook = (
  record: LaunchPlacementRecord,
  launch: SeenLaunch,
  { gap, horizon, start }: { gap: number; horizon: number; start: number },
): Outlook => {
  const seen = launch.own.length;
  const known = hasSignals(launch) ? 'withSignals' : 'withoutSignals';
  const line = nearest(record[known], seen, gap);
  const expected = linear(line.slopes, seenFeatures(launch));
  const covered = total(record.shape.slice(seen + line.gap));
  const courses = line.residuals.map((residual, course) => {
    const short = course === 0 ? record.abruptEnd : 0;
    const units = Math.max(0, Math.exp(expected + residual - short) - UNITS_OFFSET);
    return Float64Array.from({ length: horizon }, (_, period) =>
      period < start || covered <= 0 ? 0 : (units * (record.shape[seen + period] ?? 0)) / covered,
    );
  });
  return { courses, judgedBy: record.judgedBy[known] };
};
