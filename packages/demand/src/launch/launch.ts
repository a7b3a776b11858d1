import { ascending, QuantileCurve } from '@crossparcel/numerics';
import { datedFields, type Fault, fail, ok, type Result } from '@crossparcel/units';
import * as z from 'zod';
import { Forest, forestSchema } from '../trees/forest.ts';
import { type Launch, type LaunchLine, launchFeatures } from './features.ts';

/** Levels at which totals of launches are held. */
export const LAUNCH_LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

const lineSchema = z.object({
  day: z.int().nonnegative(),
  quantity: z.number().positive(),
  price: z.number().nonnegative().optional(),
  country: z.string().optional(),
  invoice: z.string().optional(),
  customer: z.string().optional(),
});

/** The order lines of a product in its first days. */
export const launchRequestSchema = z.object({
  id: z.string(),
  /** Whole days since the first sale that are over. */
  observedDays: z.int().min(1).max(60),
  lines: z.array(lineSchema).min(1),
});
export type LaunchRequest = z.infer<typeof launchRequestSchema>;

/** What a product is expected to sell in all in the days after those observed. */
export const launchAnswerSchema = z.object({
  id: z.string(),
  horizonDays: z.int().positive(),
  quantiles: z.record(z.string(), z.number().nonnegative()),
});
export type LaunchAnswer = z.infer<typeof launchAnswerSchema>;

/** A model of launches: at each level a line through the features, and trees that follow where it bends, half each. */
export const launchModelSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  horizonDays: z.int().positive(),
  /** Middle and spread of each feature, by which lines are drawn. */
  means: z.array(z.number()),
  deviations: z.array(z.number().positive()),
  lines: z.array(z.array(z.number())),
  forests: z.array(forestSchema),
});
export type LaunchModelRecord = z.infer<typeof launchModelSchema>;

/** Features set to middle 0 and spread 1, the constant apart. */
export const standardised = (
  features: Float64Array,
  { means, deviations }: { means: readonly number[]; deviations: readonly number[] },
): Float64Array =>
  features.map((value, at) => (at === 0 ? 1 : (value - (means[at] as number)) / (deviations[at] as number)));

/** Forecasts what a newly launched product will sell, from its first days alone. */
export class LaunchForecaster {
  readonly #record: LaunchModelRecord;
  readonly #forests: readonly Forest[];

  constructor(record: LaunchModelRecord) {
    this.#record = record;
    this.#forests = record.forests.map((forest) => new Forest(forest));
  }

  /** Units sold in all in the model's horizon after the observed days. */
  total(launch: Launch): QuantileCurve {
    const features = launchFeatures(launch);
    const scaled = standardised(features, this.#record);
    const logs = this.#forests.map((forest, level) => {
      const line = this.#record.lines[level] ?? [];
      const straight = line.reduce((sum, slope, at) => sum + slope * (scaled[at] as number), 0);
      return (straight + forest.answer(features)) / 2;
    });
    return new QuantileCurve(LAUNCH_LEVELS, ascending(logs.map(Math.expm1)));
  }

  /** Answers a request at some levels; a line after the observed days is refused. */
  answer({ id, observedDays, lines }: LaunchRequest, levels: ReadonlyMap<string, number>): Result<LaunchAnswer, Fault> {
    const late = lines.findIndex(({ day }) => day >= observedDays);
    if (late >= 0) {
      const what = `is after the observed days: ${lines[late]?.day}`;
      return fail({
        code: 'bad-launch',
        field: `lines[${late}].day`,
        what,
        mend: `give days 0 to ${observedDays - 1}`,
      });
    }
    const curve = this.total({ observedDays, lines: lines satisfies readonly LaunchLine[] });
    const quantiles = Object.fromEntries(
      [...levels].map(([name, level]) => [name, Math.round(curve.at(level) * 100) / 100]),
    );
    return ok({ id, horizonDays: this.#record.horizonDays, quantiles });
  }
}
