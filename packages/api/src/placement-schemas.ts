import { limitsSchema, proposalSchema } from '@crossparcel/demand/scenario';
import { parseDay } from '@crossparcel/units';
import * as z from 'zod';
import { currency, identifier, instant, MOST_RECORDS, uuid } from './fields.ts';
import { PLAN_STATES } from './plan-schemas.ts';

const day = z.string().refine((text) => parseDay(text) !== undefined, 'is not a date; write YYYY-MM-DD');

/** For how many weeks of sales to stock, what is on its way to warehouses already, and within which limits. */
export const placementWishSchema = z.strictObject({
  weeks: z.int().min(1).max(104).default(13),
  inTransit: z
    .array(z.strictObject({ facility: identifier, sku: identifier, quantity: z.int().positive(), arrives: day }))
    .max(MOST_RECORDS)
    .default([]),
  /** Amounts are in the currency of the network. */
  limits: limitsSchema.optional(),
});
export type PlacementWish = z.infer<typeof placementWishSchema>;

/** What the proposals of a placement come to. */
const placementSummarySchema = z.object({
  currency,
  /** SKUs at warehouses that were weighed. */
  items: z.int(),
  /** Proposals to order or to move something. */
  orders: z.int(),
  units: z.int(),
  /** Expected, against shipping all of it direct. */
  saving: z.string(),
  /** The first day by which one of them has to be decided. */
  decideBy: day.optional(),
  /** What this choice within the limits gains, the most that any could, and by how much it is below, as a share; absent without limits. */
  limited: z.object({ gain: z.string(), bound: z.string(), gap: z.number() }).optional(),
  /** Warehouses with SKUs that could not be weighed, how many, and why the first was left out. */
  leftOut: z.array(z.object({ facility: z.string(), skus: z.int(), sku: z.string(), why: z.string() })),
});

/** What to stock where, out of the orders and the stock of a seller as they were when it was asked. */
export const placementSchema = z.object({
  id: uuid,
  seller: uuid,
  state: z.enum(PLAN_STATES),
  askedAt: instant,
  endedAt: instant.optional(),
  /** The day of the decision; orders from before it count. */
  at: day,
  weeks: z.int(),
  summary: placementSummarySchema.optional(),
  /** Why it failed, where that lies in what was asked or is known. */
  fault: z.object({ code: z.string(), field: z.string().optional(), what: z.string(), mend: z.string() }).optional(),
});
export type PlacementAnswer = z.infer<typeof placementSchema>;
export type PlacementSummary = NonNullable<PlacementAnswer['summary']>;

/** A proposal with its place in the list, the largest saving first, and when it was ordered and should arrive. */
export const placedProposalSchema = proposalSchema.extend({
  rank: z.int(),
  orderedAt: instant.optional(),
  arrives: day.optional(),
});
/** Which proposals were ordered, or were not after all. */
export const orderedProposalsSchema = z.strictObject({
  ranks: z.array(z.int().positive()).min(1).max(MOST_RECORDS),
  ordered: z.boolean().default(true),
});

export type PlacedProposal = z.infer<typeof placedProposalSchema>;
