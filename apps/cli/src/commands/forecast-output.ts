import * as z from 'zod';

/** A forecast of a period, as it is printed. */
export const stepSchema = z.object({
  /** A series, or a group of series. */
  series: z.string(),
  /** Of a file with groups: `series`, the column of the group, or `total`. */
  level: z.string().optional(),
  h: z.int().positive(),
  period: z.string(),
  mean: z.number().nonnegative(),
  quantiles: z.record(z.string(), z.number().nonnegative()),
});
export type StepRecord = z.infer<typeof stepSchema>;
