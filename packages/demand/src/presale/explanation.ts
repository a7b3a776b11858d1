import * as z from 'zod';

const intervalSchema = z.object({
  q10: z.number().nonnegative(),
  q50: z.number().nonnegative(),
  q90: z.number().nonnegative(),
});

/** What is expected of a launch at the end of a day, what each signal adds to it, and what to send. */
export const presaleExplanationSchema = z.object({
  launch: z.union([z.string(), z.number()]),
  day: z.int(),
  regions: z.array(
    z.object({
      region: z.string(),
      /** Orders of the launch in all. */
      prior: intervalSchema,
      expected: intervalSchema,
      /** What each signal gives when it stands alone; `narrows` is the part of the prior interval's width, in logarithms, that goes. */
      signals: z.array(z.object({ signal: z.string(), expected: intervalSchema, narrows: z.number() })),
      quantity: z.int().nonnegative(),
      reason: z.string(),
      expectedSaving: z.number(),
      /** One case in twenty saves less; negative is a loss. */
      worstSaving: z.number(),
      /** The day at whose end the order has to go. */
      decideBy: z.int(),
      /** Pre-orders in this region from which on an order would pay today; left out when none would or it is too early. */
      commitFrom: z.int().nonnegative().optional(),
    }),
  ),
  /** What it is worth to take pre-orders for some more days and to decide then; negative when the wait costs more than it tells. */
  waiting: z.array(z.object({ days: z.int().positive(), preorders: z.number(), value: z.number() })),
});
export type PresaleExplanation = z.infer<typeof presaleExplanationSchema>;
