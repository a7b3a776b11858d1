import { type Fault, fail, isCurrency, type Money, ok, parseDay, parseMinor, type Result } from '@crossparcel/units';
import * as z from 'zod';
import type { GoodsLine } from '../declaration.ts';
import { badValue } from '../faults.ts';
import { MAX_ADDRESS_LINES } from '../party.ts';
import type { Label, LabelCustoms } from './label.ts';

const text = z.string().min(1);
const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code of two capital letters');

const partySchema = z.object({
  name: text,
  /** Address lines in the order of the country, with postal code and town, without the country. */
  lines: z.array(text).min(1).max(MAX_ADDRESS_LINES),
  country,
  /** The country as words; its code is printed when it is missing. */
  countryName: text.optional(),
});

const elementsSchema = z.array(z.object({ ai: z.string().regex(/^\d{2,4}$/), value: text })).min(1);

const goodsSchema = z.object({
  description: text,
  quantity: z.int().positive(),
  netGrams: z.int().nonnegative(),
  /** Value of the line, decimal, in the currency of the form. */
  value: z.string(),
  hs: z.string().optional(),
  origin: country.optional(),
});

const customsSchema = z.object({
  category: z.enum(['gift', 'documents', 'sale-of-goods', 'sample', 'returned-goods', 'other']),
  explanation: text.optional(),
  currency: z.string(),
  goods: z.array(goodsSchema).min(1),
  /** Day of posting, which stands by the signature. */
  postingDay: z.string(),
});

/** Schema of a request for a label. The label is of 4 by 6 inches. */
export const labelRequestSchema = z.object({
  id: z.string().optional(),
  identifier: z.object({
    scheme: z.enum(['s10', 'sscc', 'impb', 'carrier']),
    number: text,
    /** ZIP code of the recipient, for `impb`. */
    zip: z.string().optional(),
  }),
  sender: partySchema,
  recipient: partySchema,
  service: text,
  route: z.array(text).default([]),
  /** Sorting zone at the destination. */
  zone: text.optional(),
  grossGrams: z.int().positive(),
  orderReference: text,
  /** Further marks as words. */
  marks: z.array(text).default([]),
  /** Handling classes, whose marks are printed in English and the languages of both ends. */
  handling: z.array(text).default([]),
  /** The package is too small for the whole battery mark. */
  smallPackage: z.boolean().optional(),
  /** A second barcode, GS1-128. */
  elements: elementsSchema.optional(),
  /** A Data Matrix: elements of GS1, or a text. */
  matrix: z.union([z.strictObject({ elements: elementsSchema }), z.strictObject({ text })]).optional(),
  /** A CN 22 on the label, or on a page after it. */
  customs: customsSchema.optional(),
});
export type LabelRequest = z.infer<typeof labelRequestSchema>;

type Goods = z.infer<typeof goodsSchema>;

const moneyOf = (value: string, currency: string, field: string): Result<Money, Fault> => {
  const minor = parseMinor(value, currency);
  return minor === undefined
    ? fail(badValue(field, value, `an amount in ${currency}, such as 12.90`))
    : ok({ minor, currency });
};

const goodsOf = (line: Goods, index: number, currency: string): Result<GoodsLine, Fault> => {
  const { description, quantity, netGrams, hs, origin } = line;
  const value = moneyOf(line.value, currency, `customs.goods[${index}].value`);
  if (!value.ok) return value;
  const optional = { ...(hs !== undefined && { hs }), ...(origin !== undefined && { origin }) };
  return ok({ description, quantity, netGrams, value: value.value, ...optional });
};

const customsOf = (request: NonNullable<LabelRequest['customs']>): Result<LabelCustoms, Fault> => {
  const { category, explanation, currency } = request;
  if (!isCurrency(currency)) return fail(badValue('customs.currency', currency, 'a currency code of ISO 4217'));
  const postingDay = parseDay(request.postingDay);
  if (postingDay === undefined) {
    return fail(badValue('customs.postingDay', request.postingDay, 'a day such as 2026-11-22'));
  }
  const goods: GoodsLine[] = [];
  for (const [index, line] of request.goods.entries()) {
    const made = goodsOf(line, index, currency);
    if (!made.ok) return made;
    goods.push(made.value);
  }
  return ok({ category, goods, postingDay, ...(explanation !== undefined && { explanation }) });
};

/** The label that a request asks for. Fails with `bad-value` for an amount, a currency or a day that cannot be read. */
export const labelOf = ({ id: _, customs: asked, ...request }: LabelRequest): Result<Label, Fault> => {
  if (asked === undefined) return ok(request as Label);
  const customs = customsOf(asked);
  return customs.ok ? ok({ ...(request as Label), customs: customs.value }) : customs;
};
