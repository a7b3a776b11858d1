import { numberFormSchema } from '@crossparcel/documents/numbers';
import { planRecordSchema, summarySchema } from '@crossparcel/planning';
import * as z from 'zod';
import { country, currency, decimal, identifier, instant, uuid } from './fields.ts';
import { ORDER_STATES } from './order-states.ts';

/** What a catalogue says of a SKU; what is left out is estimated by stated rules when a plan needs it. */
export const itemSchema = z.strictObject({
  sku: identifier,
  description: z.string().max(500).optional(),
  lengthMm: z.int().positive().max(10_000).optional(),
  widthMm: z.int().positive().max(10_000).optional(),
  heightMm: z.int().positive().max(10_000).optional(),
  massGrams: z.int().positive().max(1_000_000).optional(),
  hs: z
    .string()
    .regex(/^\d{2,10}$/, 'is not an HS code; write 2 to 10 digits')
    .optional(),
  origin: country.optional(),
  value: decimal.optional(),
  currency: currency.optional(),
  handling: z.array(z.string().max(40)).max(10).optional(),
});
export type ItemSubmission = z.infer<typeof itemSchema>;

/** Units of a SKU on hand at a facility. */
export const stockSchema = z.strictObject({ facility: identifier, sku: identifier, quantity: z.int().nonnegative() });
export type StockRow = z.infer<typeof stockSchema>;

/** How far a plan is. */
export const PLAN_STATES = ['running', 'done', 'failed'] as const;

/** A plan of all orders that waited for one when it was asked for. */
export const planSchema = z.object({
  id: uuid,
  seller: uuid,
  state: z.enum(PLAN_STATES),
  askedAt: instant,
  endedAt: instant.optional(),
  orders: z.int(),
  summary: summarySchema.optional(),
});
export type PlanAnswer = z.infer<typeof planSchema>;

/** What was decided for one order, by which plan, in which currency. */
export const decisionSchema = planRecordSchema.extend({ plan: uuid, currency });
export type DecisionAnswer = z.infer<typeof decisionSchema>;

/** One kind of goods in a parcel as customs is told: net mass and value are of the whole line. */
export const goodsSchema = z.object({
  sku: identifier,
  description: z.string(),
  quantity: z.int().positive(),
  netGrams: z.int().positive(),
  value: decimal,
  hs: z.string(),
  origin: country,
  handling: z.array(z.string()),
});
export type Goods = z.infer<typeof goodsSchema>;

/** Papers of a parcel. */
export const PAPERS = ['label', 'customs-form', 'packing-slip'] as const;
export type Paper = (typeof PAPERS)[number];

const plannedParcel = planRecordSchema.shape.parcels.element;

/** What despatch gave a parcel: its number, how it travels, what is declared, which papers it has. */
export const despatchSchema = z.object({
  /** S10 item identifier or SSCC, as it is written on the label. */
  number: z.string(),
  facility: plannedParcel.shape.facility,
  carton: plannedParcel.shape.carton,
  billableGrams: plannedParcel.shape.billableGrams,
  procedure: plannedParcel.shape.procedure,
  service: plannedParcel.shape.service,
  legs: plannedParcel.shape.legs,
  promisedAt: z.string().nullable(),
  goods: z.array(goodsSchema),
  currency,
  papers: z.array(z.enum(PAPERS)),
});
export type Despatch = z.infer<typeof despatchSchema>;

/** Why an order got no parcel. */
export const undespatchedSchema = z.object({ orderId: uuid, code: z.string(), what: z.string(), mend: z.string() });

/** A place of the network, for maps. */
export const placeSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['origin', 'stock', 'gateway', 'airport', 'market']),
  country,
  lat: z.number(),
  lon: z.number(),
});
export type Place = z.infer<typeof placeSchema>;

/** Things that want a person, the most pressing first. */
export const CONCERNS = [
  'spike',
  'orders-held',
  'customs-held',
  'parcels-late',
  'parcels-silent',
  'parcels-lost',
  'orders-unplanned',
  'jobs-dead',
] as const;

/** What burns: counts, with some examples to begin with. */
export const concernSchema = z.object({
  kind: z.enum(CONCERNS),
  count: z.int().positive(),
  /** Orders or parcels, at most five; SKUs for a spike. */
  examples: z.array(z.object({ id: z.string(), label: z.string(), parcel: uuid.optional(), order: uuid.optional() })),
});

/** The state of a seller's business at one moment. */
export const todaySchema = z.object({
  at: instant,
  orders: z.record(z.enum(ORDER_STATES), z.int()),
  parcels: z.record(z.string(), z.int()),
  concerns: z.array(concernSchema),
  /** Orders and units placed on each of the last 60 days (UTC), oldest first. */
  days: z.array(z.object({ day: z.string(), orders: z.int(), units: z.int() })),
  /** Share of delivered parcels that came by the promised day, over the last 30 days; absent before the first. */
  onTimeShare: z.number().optional(),
});
export type Today = z.infer<typeof todaySchema>;

/** Kinds of numbers that are leased. */
const numberKind = z.enum(['s10', 'sscc', 'impb', 'gtin']);
const serial = z.int().nonnegative();

/** A range of numbers: what is the same in all of them, and the first and last serial number. */
export const numberRangeSchema = z.strictObject({ form: numberFormSchema, first: serial, last: serial });

/** A range and what became of its numbers. */
export const numberAccountSchema = numberRangeSchema.extend({
  counts: z.object({ fresh: serial, open: serial, used: serial, returned: serial, burnt: serial }),
});

/** Who wants how many numbers, and how long they may be kept before they are closed. */
export const numberLeaseWishSchema = z.strictObject({
  kind: numberKind,
  count: z.int().min(1).max(10_000),
  holder: identifier,
  seconds: z.int().min(1).max(31_536_000),
});
export type NumberLeaseWish = z.infer<typeof numberLeaseWishSchema>;

/** Leased numbers, in the order in which they are to be used. */
export const numberLeaseSchema = z.object({
  id: uuid,
  kind: numberKind,
  holder: identifier,
  numbers: z.array(z.string()),
});

/** How many of the leased numbers were used, from the first on, and what is to become of the others. */
export const numberClosingSchema = z.strictObject({ issued: serial, rest: z.enum(['returned', 'burnt']) });
export type NumberClosing = z.infer<typeof numberClosingSchema>;
