import { type Fault, fail, isCurrency, type Nanos, ok, parseDay, type Result } from '@crossparcel/units';
import * as z from 'zod';
import type { HandledGoods } from '../handling/treat.ts';
import type { Carton } from './carton.ts';

/** Longer than any parcel, pallet or container; a side beyond is a slip of the pen. */
const MOST_MM = 20_000;
/** A thousand tonnes, likewise. */
const MOST_GRAMS = 1_000_000_000;
/** Units that one record may ask to pack. */
const MOST_UNITS = 20_000;

const side = z.int().positive().max(MOST_MM);
const mass = z.int().nonnegative().max(MOST_GRAMS);
const dimensions = z.strictObject({ lengthMm: side, widthMm: side, heightMm: side });
const decimal = z
  .string()
  .regex(
    /^\d{1,6}(\.\d{1,9})?$/,
    'is not an amount; write a decimal text such as "0.42", at most six digits before the point',
  );

const itemSchema = z.strictObject({
  id: z.string().min(1),
  quantity: z.int().positive().max(MOST_UNITS),
  lengthMm: side,
  widthMm: side,
  heightMm: side,
  massGrams: mass,
  vertical: z
    .array(z.enum(['length', 'width', 'height']))
    .min(1)
    .optional(),
  fixed: z.boolean().optional(),
  handling: z.array(z.string()).optional(),
  apartFrom: z.array(z.string()).optional(),
  maxLoadGrams: mass.optional(),
  clearanceMm: z.int().nonnegative().max(MOST_MM).optional(),
  ownPacking: z.enum(['allowed', 'when-too-large']).optional(),
});

const cartonSchema = z
  .strictObject({
    id: z.string().min(1),
    inner: dimensions,
    outer: dimensions,
    tareGrams: mass,
    maxGrossGrams: mass,
    price: decimal.optional(),
    available: z.int().nonnegative().optional(),
    soft: z.boolean().optional(),
  })
  .refine(
    ({ inner, outer }) => inner.heightMm <= outer.heightMm,
    'is lower outside than inside; check inner and outer',
  );

const at = z.string().refine((text) => parseDay(text.slice(0, 10)) !== undefined, 'is not a date; write YYYY-MM-DD');

/** Schema of a `pack` request: one order. Lengths in mm, masses in grams, money as decimal text in major units. */
export const packRequestSchema = z
  .strictObject({
    id: z.string().min(1),
    items: z.array(itemSchema).min(1),
    cartons: z.array(cartonSchema).min(1).optional(),
    cartonSet: z.string().optional(),
    objective: z.enum(['cost', 'cartons']).optional(),
    currency: z
      .string()
      .refine(isCurrency, 'is not a currency code of ISO 4217; write three capital letters such as USD')
      .optional(),
    rate: z.strictObject({ card: z.string(), zone: z.union([z.string(), z.int()]).optional() }).optional(),
    perParcel: decimal.optional(),
    at: at.optional(),
    /** Whether sizes are those of units that are already cushioned. */
    cushioned: z.boolean().optional(),
    /** How long and through what climate goods travel that must keep a temperature. */
    trip: z.strictObject({ hours: z.int().positive().max(1000).optional(), climate: z.string().optional() }).optional(),
  })
  .refine(({ items }) => items.reduce((sum, { quantity }) => sum + quantity, 0) <= MOST_UNITS, {
    path: ['items'],
    message: `are too many; give at most ${MOST_UNITS} units in a record`,
  });
export type PackRequest = z.infer<typeof packRequestSchema>;

/** Schema of a `pack` answer. A placement is one unit, its lengths along the carton's inner length, width and height. */
export const packAnswerSchema = z.object({
  id: z.string(),
  parcels: z.array(
    z.object({
      /** Null for an item in its own packing. */
      carton: z.string().nullable(),
      placements: z.array(
        z.object({
          item: z.string(),
          x: z.int(),
          y: z.int(),
          z: z.int(),
          lengthMm: z.int(),
          widthMm: z.int(),
          heightMm: z.int(),
        }),
      ),
      grossGrams: z.int(),
      billableGrams: z.int(),
      postage: z.string().optional(),
      /** What the handling of its goods demands; left out where it demands nothing. */
      marks: z.array(z.string()).optional(),
      needs: z.array(z.string()).optional(),
      dangerous: z
        .array(z.object({ unNumber: z.string(), hazardClass: z.string(), packingInstruction: z.string().optional() }))
        .optional(),
      refusedBy: z.array(z.object({ channel: z.string(), why: z.string() })).optional(),
      liner: z.string().optional(),
      coolantGrams: z.int().optional(),
    }),
  ),
  unpacked: z.array(
    z.object({
      item: z.string(),
      quantity: z.int(),
      reason: z.enum(['too-large', 'too-heavy', 'not-accepted', 'no-carton-left', 'above-limit', 'temperatures']),
    }),
  ),
  currency: z.string().optional(),
  cost: z
    .object({
      cartons: z.string(),
      postage: z.string(),
      handling: z.string().optional(),
      /** Cushions; liners and coolants are in the price of their cartons. */
      protection: z.string().optional(),
      total: z.string(),
    })
    .optional(),
  bound: z.string().optional(),
  proven: z.boolean(),
  stopped: z.literal(true).optional(),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })).optional(),
});
export type PackAnswer = z.infer<typeof packAnswerSchema>;

/** The goods of a request. */
export const goodsOf = ({ items }: PackRequest): HandledGoods[] =>
  items.map(({ id, quantity, lengthMm, widthMm, heightMm, massGrams, handling = [], ...rules }) => ({
    id,
    quantity,
    size: { lengthMm, widthMm, heightMm },
    massGrams,
    handling,
    ...rules,
  }));

/** The cartons that a request lists. Faults name the field. */
export const cartonsOf = (rows: NonNullable<PackRequest['cartons']>): Result<Carton[], Fault> => {
  const ids = new Set<string>();
  for (const [index, { id }] of rows.entries()) {
    if (ids.has(id)) {
      const field = `cartons[${index}].id`;
      return fail({ code: 'bad-record', what: `${id} stands there twice`, mend: 'give each carton its own id', field });
    }
    ids.add(id);
  }
  return ok(rows.map(({ price, ...row }) => ({ ...row, price: nanosOfText(price ?? '0') })));
};

/** A decimal text of major units in nanos, exact. */
export const nanosOfText = (text: string): Nanos => {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole) * 1_000_000_000 + Number(fraction.padEnd(9, '0'));
};
