import * as z from 'zod';

const rowSchema = z.object({
  day: z.int(),
  region: z.string().min(1),
  orders: z.number().nonnegative(),
  views_cum: z.number().nonnegative().optional(),
});

const evidenceSchema = z.object({
  day: z.int(),
  region: z.string().min(1),
  preorders_cum: z.number().nonnegative().optional(),
  reach_stated: z.number().nonnegative().optional(),
  past_hits: z.number().nonnegative().optional(),
  past_launches: z.number().nonnegative().optional(),
});

const amountSchema = z.number().nonnegative();

/** A launch as it is known at the end of a day, day 0 being its first: orders and evidence so far, stock and what stock costs. */
export const presaleLineSchema = z.object({
  launch: z.union([z.string(), z.number()]),
  day: z.int(),
  price: z.number().nonnegative().optional(),
  rows: z.array(rowSchema),
  evidence: z.array(evidenceSchema),
  stock: z.record(z.string(), amountSchema),
  pipeline: z.record(z.string(), amountSchema).optional(),
  /** Of a unit sent direct and by air, of an air order, of a unit held a day, and left over. */
  c: z.object({ d: amountSchema, a: amountSchema, Fa: amountSchema, h: amountSchema, left: amountSchema }),
  /** Days from an order at a day's end to the day whose orders it serves. */
  lead: z.int().min(1).max(366),
});
export type PresaleLine = z.infer<typeof presaleLineSchema>;
