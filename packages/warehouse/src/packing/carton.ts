import { type Dimensions, datedFields, type Nanos, nanosOfDecimal } from '@crossparcel/units';
import * as z from 'zod';

/** A carton or mailer of a set, or one thickness of a soft mailer. */
export interface Carton {
  readonly id: string;
  readonly inner: Dimensions;
  readonly outer: Dimensions;
  readonly tareGrams: number;
  readonly maxGrossGrams: number;
  /** What one costs, in the currency of its set. */
  readonly price: Nanos;
  /** How many there are; as many as wanted when left out. */
  readonly available?: number;
  /**
   * A mailer that takes the shape of its content: inner length and width are those of the flat pouch, the height is the
   * thickest content. The thicker the content, the less of length and width is left for it.
   */
  readonly soft?: boolean;
}

const dimensions = z.strictObject({
  lengthMm: z.int().positive(),
  widthMm: z.int().positive(),
  heightMm: z.int().positive(),
});

const cartonSchema = z.strictObject({
  id: z.string().min(1),
  inner: dimensions,
  outer: dimensions,
  tareGrams: z.int().nonnegative(),
  maxGrossGrams: z.int().positive(),
  price: z.number().nonnegative(),
  soft: z.boolean().optional(),
});
export type CartonRow = z.infer<typeof cartonSchema>;

/** Schema of the cartons of a set, as files hold them; prices in major units of the set's currency. */
export const cartonRowsSchema = z.array(cartonSchema).min(1);

/** Schema of a carton set under `reference/cartons`. `aliases` are other names by which networks know it. */
export const cartonSetSchema = z.strictObject({
  id: z.string(),
  aliases: z.array(z.string()).optional(),
  currency: z.string(),
  cartons: cartonRowsSchema,
  ...datedFields,
});
export type CartonSet = z.infer<typeof cartonSetSchema>;

/** Cartons as the packer takes them. `convert` turns prices of the set's currency into the plan's. */
export const compileCartons = (rows: readonly CartonRow[], convert: (price: Nanos) => Nanos): Carton[] =>
  rows.map(({ soft, ...row }) => ({ ...row, ...(soft && { soft }), price: convert(nanosOfDecimal(row.price)) }));
