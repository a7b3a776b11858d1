import { normalQuantile } from '@crossparcel/numerics';
import * as z from 'zod';
import { ConversionPosterior, conversionSchema } from '../spike/conversion.ts';
import { Forest, type ForestRecord, forestSchema } from '../trees/forest.ts';
import { type SeenLaunch, UNITS_OFFSET, viewFeatures } from './launch-features.ts';
import { COURSES } from './log-regression.ts';

/** Levels of which there is a forest: the low end, the median and the high end of the interval of 80 %. */
export const VIEW_FOREST_LEVELS = [0.1, 0.5, 0.9] as const;
const END = normalQuantile(0.9);
const DAY = 86_400;
/** Shares of a facility go by all periods and by the last ones, half each. */
const RECENT = 2;

/** How a launch goes on by the views of its video. */
export const launchViewsSchema = z.strictObject({
  /** One a level, of the logarithm of views to come from some periods ahead over those seen, beside the usual one. */
  forests: z.array(forestSchema).length(VIEW_FOREST_LEVELS.length),
  conversion: conversionSchema,
  /** By periods seen, how the share of a facility drifts: the deviation of its logarithm. */
  drift: z.array(z.number().nonnegative()).min(1),
});
export type LaunchViewsRecord = z.infer<typeof launchViewsSchema>;

/** The logarithm of views to come, over those seen, were they to grow with the logarithm of time until the launch is over. */
export const usualViews = (periods: number, from: number): number => Math.log(Math.log(periods / from));

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const share = (own: readonly number[], everywhere: readonly number[]): number =>
  (total(own) + UNITS_OFFSET) / (total(everywhere) + UNITS_OFFSET);

/** The share that a facility is expected to have of the units to come. */
export const shareExpected = ({ own, everywhere }: SeenLaunch): number =>
  Math.min(1, (share(own, everywhere) + share(own.slice(-RECENT), everywhere.slice(-RECENT))) / 2);

const forests = new WeakMap<LaunchViewsRecord, readonly Forest[]>();
const forestsOf = (record: LaunchViewsRecord): readonly Forest[] => {
  const known = forests.get(record) ?? record.forests.map((one: ForestRecord) => new Forest(one));
  forests.set(record, known);
  return known;
};

/**
 * Equally likely units of a launch at a facility from `gap` periods ahead until it is over after `periods`: views to come, by
 * forests of the ends and the middle, times what a view brings and the facility's share, as independent lognormal parts. Nothing where
 * orders and views do not go together.
 */
export const unitsByViews = (
  record: LaunchViewsRecord,
  launch: SeenLaunch,
  { gap, periods }: { gap: number; periods: number },
): number[] | undefined => {
  const { everywhere, own, signals } = launch;
  const seen = own.length;
  const views = signals?.views ?? [];
  const days = everywhere.map((orders, day) => ({ orders, views: (views[day] ?? 0) - (views[day - 1] ?? 0), days: 1 }));
  const posterior = new ConversionPosterior(days, record.conversion);
  if (posterior.isBeyond) return undefined;
  const features = viewFeatures(launch, { gap, periods });
  const usual = usualViews(periods, seen + gap);
  const [low, middle, high] = forestsOf(record).map((forest) => forest.answer(features) + usual) as [
    number,
    number,
    number,
  ];
  const left = periods - seen - gap;
  const daily = Math.sqrt(record.conversion.within / Math.max(1, left));
  const toCome = Math.exp(middle) * ((views[seen - 1] ?? 0) + 1);
  const { mean, deviation } = posterior.orders(toCome, left * DAY);
  const drift = record.drift[Math.min(seen, record.drift.length) - 1] as number;
  const expected = mean + Math.log(shareExpected(launch));
  return Array.from({ length: COURSES }, (_, course) => {
    const level = normalQuantile((course + 0.5) / COURSES);
    const growth = Math.max(0, level < 0 ? middle - low : high - middle) / END;
    return Math.exp(expected + level * Math.hypot(growth, deviation, drift, daily));
  });
};
