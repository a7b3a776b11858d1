import { type Dimensions, type Instant, isCurrency, readInstant } from '@crossparcel/units';
import * as z from 'zod';

const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters');
const text = z.string().min(1).max(200);
const sideMm = z.int().positive().max(20_000);

const addressSchema = z.strictObject({
  name: text,
  company: text.optional(),
  /** Street and house, then what else there is, without town and postal code. */
  lines: z.array(text).min(1).max(3),
  city: text,
  /** State or province: the part of ISO 3166-2 after the country. */
  subdivision: text.optional(),
  postcode: text.optional(),
  country,
  phone: text.optional(),
  email: text.optional(),
});
/** Where a shipment starts or ends, as carriers ask for it. */
export type CarrierAddress = z.infer<typeof addressSchema>;

const goodsSchema = z.strictObject({
  description: text,
  quantity: z.int().positive(),
  /** Mass and value of all pieces of the line together. */
  netGrams: z.int().positive(),
  value: z.strictObject({
    minor: z.int().nonnegative(),
    currency: z.string().refine(isCurrency, 'is not a currency that is known; write an ISO 4217 code'),
  }),
  hs: z
    .string()
    .regex(/^\d{6,12}$/, 'is not an HS code; write six to twelve digits')
    .optional(),
  origin: country,
});
/** A line of goods as customs see it. */
export type ShippedGoods = z.infer<typeof goodsSchema>;

const instant = z.string().transform((given, context): Instant => {
  const read = readInstant(given);
  if (read?.hasOffset) return read.instant;
  context.addIssue('is not an RFC 3339 date-time; write one with an offset, such as 2026-11-22T08:00:00Z');
  return z.NEVER;
});

/**
 * Schema of a shipment as carriers are asked about it: one parcel, from where to where, its outer size and gross mass, and when
 * it is handed over (`at`). `zone` and `attributes` are what rate cards ask for, `goods` what customs do.
 */
export const shipmentSchema = z.strictObject({
  id: z.string().min(1).max(128),
  at: instant,
  from: addressSchema,
  to: addressSchema,
  outer: z.strictObject({ lengthMm: sideMm, widthMm: sideMm, heightMm: sideMm }),
  grossGrams: z.int().positive().max(2_000_000),
  zone: z.union([z.int(), z.string()]).transform(String).optional(),
  attributes: z.array(z.string()).optional(),
  goods: z.array(goodsSchema).min(1).optional(),
});
/** A shipment; lengths in millimetres, mass in grams, money in minor units. */
export type Shipment = z.output<typeof shipmentSchema>;

const MM_PER_INCH = 25.4;
const GRAMS_PER_OUNCE = 28.349523125;

/** Sides in inches, to the hundredth and never smaller than they are (an inch is 25.4 mm). */
export const inchesOf = ({
  lengthMm,
  widthMm,
  heightMm,
}: Dimensions): { length: number; width: number; height: number } => {
  const inches = (mm: number) => Math.ceil((mm / MM_PER_INCH) * 100) / 100;
  return { length: inches(lengthMm), width: inches(widthMm), height: inches(heightMm) };
};

/** Avoirdupois ounces (28.349523125 g) to the tenth, never lighter than it is. */
export const ouncesOf = (grams: number): number => Math.ceil((grams / GRAMS_PER_OUNCE) * 10) / 10;

/** Avoirdupois pounds (453.59237 g) to the ten-thousandth, never lighter than it is. */
export const poundsOf = (grams: number): number => Math.ceil((grams / (GRAMS_PER_OUNCE * 16)) * 10_000) / 10_000;

/** Whether a shipment passes a border, so that customs have to be told. */
export const isInternational = ({ from, to }: Shipment): boolean => from.country !== to.country;
