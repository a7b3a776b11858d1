import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

/** A launch that is over: orders of each day by region, and views of its video in all at the end of each day, from day 0. */
export const pastLaunchSchema = z.object({
  orders: z.record(z.string(), z.array(z.number().nonnegative()).min(1)),
  views: z.array(z.number().nonnegative()).min(1),
});
export type PastLaunch = z.infer<typeof pastLaunchSchema>;

/** How far a new launch may lie from a past one, as standard deviations of logarithms. */
const kernelSchema = z.strictObject({
  /** Of views and orders together. */
  size: z.number().positive(),
  /** Of orders of all regions for the same views. */
  appeal: z.number().positive(),
  /** Of orders of one region. */
  region: z.number().positive(),
  /** Of views alone. */
  views: z.number().positive(),
});
export type Kernel = z.infer<typeof kernelSchema>;

/** What past launches were like: the prior of the next one. */
export const presaleModelSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Days of a launch whose orders are counted. */
  horizonDays: z.int().min(2),
  /** The first day of pre-orders, before day 0. */
  opens: z.int().negative(),
  kernel: kernelSchema,
  launches: z.array(pastLaunchSchema).min(1),
});
export type PresaleModelRecord = z.infer<typeof presaleModelSchema>;
