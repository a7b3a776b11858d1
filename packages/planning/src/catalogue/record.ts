import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

const wholeText = z.union([z.literal(''), z.string().regex(/^\d+$/, 'is not a whole number')]).optional();

/** Schema of a catalogue row as a CSV file gives it; every column but `sku` may be missing or empty. */
export const catalogueRowSchema = z.object({
  sku: z.string().min(1, 'is empty'),
  description: z.string().optional(),
  lengthMm: wholeText,
  widthMm: wholeText,
  heightMm: wholeText,
  massGrams: wholeText,
  hs: z
    .union([z.literal(''), z.string().regex(/^[\d.\s]{2,14}$/, 'is not an HS code; write 2 to 10 digits')])
    .optional(),
  origin: z
    .union([z.literal(''), z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters')])
    .optional(),
  value: z
    .union([z.literal(''), z.string().regex(/^\d+(\.\d+)?$/, 'is not an amount; write a decimal such as 12.90')])
    .optional(),
  currency: z.string().optional(),
  handling: z.string().optional(),
});
export type CatalogueRow = z.infer<typeof catalogueRowSchema>;

const typical = {
  /** How many products the figures are the middle of. */
  products: z.int(),
  massGrams: z.int().positive(),
  lengthMm: z.int().positive(),
  widthMm: z.int().positive(),
  heightMm: z.int().positive(),
  gramsPerLitre: z.int().positive(),
};

/** Schema of `catalogue/estimates.json`: what stands in for a fact that a catalogue lacks. */
export const estimatesSchema = z.strictObject({
  /** Middle parcels by HS chapter. */
  byChapter: z.array(z.strictObject({ chapter: z.string(), ...typical })),
  /** Middle parcels by price, for goods without figures for their chapter; in rising order, the last without a limit. */
  byValue: z.array(z.strictObject({ belowUsd: z.number().nullable(), ...typical })).min(1),
  origin: z.string(),
  valueUsd: z.string(),
  ...datedFields,
});
export type EstimatesRecord = z.infer<typeof estimatesSchema>;
