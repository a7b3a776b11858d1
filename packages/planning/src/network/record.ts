import { laneSchema, lastMileSchema } from '@crossparcel/transport';
import { isCurrency, WEEKDAYS } from '@crossparcel/units';
import { cartonRowsSchema } from '@crossparcel/warehouse';
import * as z from 'zod';

const price = z.number().nonnegative();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const facility = z.object({
  id: z.string(),
  kind: z.enum(['origin', 'stock']),
  city: z.string(),
  country: z.string(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  timeZone: z.string(),
  calendar: z.string(),
  cutoffLocal: z.string().regex(/^\d{2}:\d{2}$/),
  cartonSet: z.string(),
  serves: z.array(z.string()).optional(),
  handling: z.object({ perOrder: price, perUnit: price, perParcel: price }),
  storagePerLitreDay: price,
  ordersPerDay: z.int().positive(),
});

/** A carton set of a network: its cartons, or the name of a set under `reference/cartons` (`reference` or `file`). */
const cartonSet = z.object({
  currency: z.string(),
  cartons: cartonRowsSchema.optional(),
  reference: z.string().optional(),
  file: z.string().optional(),
});

const replenishment = z.object({
  id: z.string().optional(),
  to: z.string(),
  mode: z.string(),
  price: z.object({
    currency: z.string(),
    perKg: price,
    perM3: price.nullable(),
    perShipment: price,
    /** How the parts add up, in words; `m3 x 1e6 / 6000` says which mass a volume counts for. */
    charge: z.string().optional(),
  }),
  /** Chance of each number of days from order to shelf. */
  leadDays: z.record(z.string().regex(/^\d{1,3}$/), z.number().positive()).optional(),
});

/**
 * Schema of a network file: facilities, gateways, lanes, last miles, replenishment, cartons, calendars, exchange rates,
 * the service promised and what breaking it costs. Money in major units of `currency` unless an object names its own.
 */
export const networkSchema = z.object({
  version: z.string(),
  currency: z
    .string()
    .refine(isCurrency, 'is not a currency code of ISO 4217; write three capital letters such as USD'),
  /** Every capacity is multiplied by it; of several named scales, `default` or `dev` counts. */
  capacityScale: z.union([z.number().positive(), z.looseObject({})]).optional(),
  fx: z.object({ perUnitInUSD: z.record(z.string(), z.number().positive()) }).optional(),
  /** First day on which the opening stock lies there; storage is counted from it. */
  season: z.object({ from: day, to: day }).optional(),
  calendars: z.record(z.string(), z.object({ workDays: z.array(z.enum(WEEKDAYS)).min(1), holidays: z.array(day) })),
  cartonSets: z.record(z.string(), cartonSet),
  facilities: z.array(facility).min(1),
  gateways: z.array(z.object({ id: z.string(), country: z.string(), clearancePerParcel: price })),
  lanes: z.array(laneSchema),
  lastMile: z.array(lastMileSchema),
  replenishment: z.array(replenishment),
  service: z.object({
    promiseDays: z.record(z.string(), z.int().nonnegative()),
    latePenalty: z.object({ once: price, perDay: price, maximum: price }),
    heldPenalty: z.object({ factorOfOrderValue: z.number().nonnegative(), minimum: price }),
  }),
  stockValuation: z.object({
    importValueShare: z.number().min(0).max(1),
    lostParcelValueShare: z.number().min(0).max(1),
    /** What money bound in stock costs a year, as a share of it. */
    capitalRatePerYear: z.number().min(0).max(1).default(0),
    /** What is lost of the value of goods that are left over. */
    leftoverWriteDown: z.number().min(0).max(1).default(0),
    /** SKUs that share the fixed price of a shipment into stock. */
    skusPerShipment: z.int().positive().default(1),
  }),
});
export type NetworkRecord = z.infer<typeof networkSchema>;
