import { isCurrency, parseDay } from '@crossparcel/units';
import * as z from 'zod';

/** A price may be finer than a minor unit: 1.1805 a unit. */
const amountSchema = z.string().refine((text) => /^\d{1,9}(\.\d{1,20})?$/.test(text), {
  message: 'is not an amount; give a decimal of major units as text, such as "1.18"',
});
const periods = z.int().nonnegative();
const units = z.number().nonnegative();
const modeCostsSchema = z.strictObject({ perUnit: amountSchema, perOrder: amountSchema });

const costsSchema = z
  .object({ direct: amountSchema, holdingPerPeriod: amountSchema, leftover: amountSchema })
  .catchall(modeCostsSchema);

const skuSchema = z.strictObject({
  sku: z.string().min(1),
  facility: z.string().min(1),
  /** Demand of past periods, oldest first, the last one just over; null where it is not known. */
  history: z.array(units.nullable()).max(5000),
  /** Demand of the season, for a replay. */
  actual: z.array(units).max(1000).optional(),
  stock: units.default(0),
  inTransit: z.array(z.strictObject({ arrivesInPeriods: periods, quantity: units })).default([]),
  /** Counters of a launch at the end of each period since it, cumulative. */
  signals: z.looseObject({ views: z.array(units).optional(), likes: z.array(units).optional() }).optional(),
  /** Place in the history of the period in which the product was launched. */
  launchedAtPeriod: periods.optional(),
  massGrams: units.optional(),
  volumeMm3: units.optional(),
  /** The fewest units that an order may have. */
  minimumLot: z.int().positive().optional(),
  costs: costsSchema,
});
export type ScenarioSku = z.infer<typeof skuSchema>;

const roomSchema = z.strictObject({
  units: units.optional(),
  massGrams: units.optional(),
  volumeMm3: units.optional(),
});

/** What all orders together may not exceed. */
export const limitsSchema = z.strictObject({
  /** What all orders may cost to buy and bring. */
  budget: amountSchema.optional(),
  /** How many orders may be placed. */
  orders: z.int().nonnegative().optional(),
  /** Room by mode; with `containers`, of each container. */
  capacity: z.record(z.string(), roomSchema.extend({ containers: z.int().nonnegative().optional() })).optional(),
  /** Room by facility, for what is there, on the way and ordered. */
  facilities: z.record(z.string(), roomSchema).optional(),
});
export type ScenarioLimits = z.infer<typeof limitsSchema>;

const moveSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  leadPeriods: periods,
  perUnit: amountSchema,
  perOrder: amountSchema.optional(),
});

/** What is to be decided on a day: products at facilities, ways of stocking them, costs and limits. */
export const scenarioSchema = z.strictObject({
  at: z.string().refine((text) => parseDay(text.slice(0, 10)) !== undefined, {
    message: 'is not a date; write YYYY-MM-DD',
  }),
  currency: z.string().refine(isCurrency, { message: 'is not a known currency; give a code of ISO 4217' }),
  period: z.enum(['week', 'day']),
  /** Periods of demand still to come, the present one included. */
  periodsLeft: z.int().positive().max(400),
  /** Periods until the first of these; none has demand before it. */
  startsInPeriods: periods.max(400).optional(),
  modes: z.array(z.strictObject({ id: z.string().min(1), leadPeriods: periods })).min(1),
  skus: z.array(skuSchema).min(1),
  moves: z.array(moveSchema).optional(),
  limits: limitsSchema.optional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** What is proposed for a product at a facility by a mode; quantity 0 means to ship direct. */
export const proposalSchema = z.object({
  sku: z.string(),
  facility: z.string(),
  mode: z.string(),
  /** The facility a lateral move takes from. */
  from: z.string().optional(),
  quantity: z.int().nonnegative(),
  reason: z.string(),
  /** Expected saving against shipping direct what these units would serve. */
  saving: z.string(),
  /** The day by which to order; of quantity 0 the day on which to decide again, null when nothing would arrive in time any more. */
  decideBy: z.string().nullable(),
  /** Units expected to be asked for from the arrival on (from now on, when direct). */
  demand: z.object({ low: z.number(), median: z.number(), high: z.number() }).nullable(),
  /** Change of cost, minus for a saving, should demand be as low, and as high, as it is once in twenty. */
  worstCase: z.object({ low: z.string(), high: z.string() }).nullable(),
});
export type Proposal = z.infer<typeof proposalSchema>;
