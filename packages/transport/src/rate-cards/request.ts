import { CONFIDENCES, parseDay, readInstant } from '@crossparcel/units';
import * as z from 'zod';

const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters');

/** A whole number from 1, also as text, as CSV files give it. */
const count = (most: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], 'is not a whole number; write digits only')
    .pipe(z.int().positive().max(most));

const sideMm = count(20_000);
const words = z.string().transform((text) => text.split(/[\s;]+/).filter((word) => word !== ''));
const place = z.strictObject({ country: country.optional(), postcode: z.string().optional() });

/**
 * Schema of a `rate` request: a parcel, when it is handed over, and by which card; without `card` all that take it are asked.
 * `zone` is the card's; where it is left out and zones are on file it follows from the postal codes. `country` is the
 * destination's. `attributes` are what cards ask about: `battery`, `remote`, the name of a carrier's own packaging.
 */
export const rateRequestSchema = z.strictObject({
  id: z.string().min(1),
  card: z.string().optional(),
  at: z
    .string()
    .refine(
      (text) => parseDay(text) !== undefined || readInstant(text)?.hasOffset === true,
      'is not a date; write YYYY-MM-DD or an RFC 3339 date-time with offset',
    ),
  zone: z.union([z.int(), z.string()]).transform(String).optional(),
  from: place.optional(),
  to: place.optional(),
  country: country.optional(),
  outer: z.strictObject({ lengthMm: sideMm, widthMm: sideMm, heightMm: sideMm }),
  grossGrams: count(2_000_000),
  attributes: z.union([z.array(z.string()), words]).optional(),
});
export type RateRequest = z.output<typeof rateRequestSchema>;

const refusalSchema = z.object({
  card: z.string(),
  rate: z.string(),
  code: z.enum(['packaging', 'attribute', 'limit', 'weight', 'zone', 'day', 'country']),
  text: z.string(),
});

/**
 * Schema of a `rate` answer. Without a price no card takes the parcel, and `refused` says why. Lines add up to the price. An
 * edge is the smallest reduction of one measure that makes the parcel cheaper. `others` are further cards that take it,
 * cheapest first.
 */
export const rateAnswerSchema = z.object({
  id: z.string(),
  card: z.string().optional(),
  currency: z.string().optional(),
  price: z.string().optional(),
  zone: z.string().optional(),
  billableGrams: z.int().optional(),
  weight: z.object({ basis: z.enum(['actual', 'dimensional', 'minimum']), text: z.string() }).optional(),
  lines: z.array(
    z.object({
      name: z.string(),
      row: z.string(),
      amount: z.string(),
      source: z.string(),
      confidence: z.enum(CONFIDENCES),
    }),
  ),
  edges: z.array(
    z.object({
      change: z.enum(['mass', 'length', 'width', 'height']),
      by: z.int(),
      unit: z.enum(['g', 'mm']),
      saves: z.string(),
    }),
  ),
  others: z.array(z.object({ card: z.string(), currency: z.string(), price: z.string() })).optional(),
  refused: z.array(refusalSchema).optional(),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
});
export type RateAnswer = z.infer<typeof rateAnswerSchema>;
/** Why a card does not take a parcel. */
export type CardRefusal = z.infer<typeof refusalSchema>;
