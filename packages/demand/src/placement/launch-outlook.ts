import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import type { Outlook } from './item.ts';
import { hasViews, type SeenLaunch, seenFeatures, UNITS_OFFSET } from './launch-features.ts';
import { launchViewsSchema, unitsByViews } from './launch-views.ts';
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
  /**
   * By how much more, in logarithms, the lowest course falls short where views are not known: of a launch that ends abruptly, as
   * few do in a sample.
   */
  abruptEnd: z.number().nonnegative(),
  /** How many of the courses, those in which an order does worst, it is judged by where views are not known. */
  judgedBy: z.int().positive(),
  withViews: launchViewsSchema,
  withoutViews: z.array(launchLineSchema).min(1),
});
export type LaunchPlacementRecord = z.infer<typeof launchPlacementSchema>;

/** A launch of which all is known, to learn from. */
export interface KnownLaunch extends SeenLaunch {
  readonly facility: string;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const until = (launch: KnownLaunch, seen: number): SeenLaunch => ({
  own: launch.own.slice(0, seen),
  everywhere: launch.everywhere.slice(0, seen),
});

/**
 * The line for launches seen for some periods, from launches of which all is known. Residuals count by the units that were expected, since
 * cost goes with units and large launches end otherwise than small ones.
 */
export const learnLaunchLine = (
  launches: readonly KnownLaunch[],
  { seen, gap }: { seen: number; gap: number },
): LaunchLineRecord => {
  const rows: LogRow[] = launches.map((launch) => ({
    features: seenFeatures(until(launch, seen)),
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
export const isYoung = ({ withoutViews }: LaunchPlacementRecord, { own }: SeenLaunch): boolean =>
  own.length > 0 && own.length <= Math.max(...withoutViews.map(({ seen }) => seen));

/** Equally likely units from a period on, and the periods from which on they come. */
const unitsByLine = (record: LaunchPlacementRecord, launch: SeenLaunch, gap: number) => {
  const line = nearest(record.withoutViews, launch.own.length, gap);
  const expected = linear(line.slopes, seenFeatures(launch));
  const units = line.residuals.map((residual, course) =>
    Math.max(0, Math.exp(expected + residual - (course === 0 ? record.abruptEnd : 0)) - UNITS_OFFSET),
  );
  return { units, from: launch.own.length + line.gap };
};

/**
 * What a launch will still sell at a facility, spread over the periods as launches go. Where views of its video are known it goes by
 * how the views of videos go on and what a view brings; else by the logarithm of coming units beside those so far (Szabo and
 * Huberman 2010), the quantiles of the residuals being its courses. It is over when `shape` ends, and sells nothing then.
 */
export const launchOutlook = (
  record: LaunchPlacementRecord,
  launch: SeenLaunch,
  { gap, horizon, start }: { gap: number; horizon: number; start: number },
): Outlook => {
  const seen = launch.own.length;
  const periods = record.shape.length;
  const isAhead = hasViews(launch) && seen + gap < periods;
  const byViews = isAhead ? unitsByViews(record.withViews, launch, { gap, periods }) : undefined;
  const { units, from } = byViews ? { units: byViews, from: seen + gap } : unitsByLine(record, launch, gap);
  const covered = total(record.shape.slice(from));
  const courses = units.map((all) =>
    Float64Array.from({ length: horizon }, (_, period) =>
      period < start || covered <= 0 ? 0 : (all * (record.shape[seen + period] ?? 0)) / covered,
    ),
  );
  return byViews ? { courses } : { courses, judgedBy: record.judgedBy };
};
