import { type Dimensions, type Nanos, nanosOfDecimal, scaleNanos, volumeMm3 } from '@crossparcel/units';
import * as z from 'zod';
import type { Quote } from './quote.ts';

const volumetric = {
  volumetricDivisor: z.number().positive(),
  volumetricWhen: z.enum(['max(actual, volumetric)', 'volumetric only if over twice the actual']),
};

/** Schema of the price of a direct line: by kilogram with a fee per parcel, or first weight and additional steps. */
export const linePriceSchema = z.discriminatedUnion('shape', [
  z.object({
    shape: z.literal('per-kg'),
    currency: z.string(),
    perKg: z.number().nonnegative(),
    perParcel: z.number().nonnegative(),
    minimumGrams: z.number().nonnegative(),
    stepGrams: z.number().positive(),
    ...volumetric,
  }),
  z.object({
    shape: z.literal('first-and-additional'),
    currency: z.string(),
    firstGrams: z.number().positive(),
    firstPrice: z.number().nonnegative(),
    stepGrams: z.number().positive(),
    stepPrice: z.number().nonnegative(),
    ...volumetric,
  }),
]);
export type LinePriceRecord = z.infer<typeof linePriceSchema>;

/** Price of a parcel on a line, by its outer size and gross mass. */
export type LinePrice = (outer: Dimensions, grossGrams: number) => Quote;

/** The charged mass times the divisor, so that it stays whole: a volumetric gram is a cubic millimetre by the divisor. */
const chargedTimesDivisor = (outer: Dimensions, grossGrams: number, record: LinePriceRecord): number => {
  const actual = grossGrams * record.volumetricDivisor;
  const byVolume = volumeMm3(outer);
  if (record.volumetricWhen === 'max(actual, volumetric)') return Math.max(actual, byVolume);
  return byVolume > 2 * actual ? byVolume : actual;
};

/** Compiles a line's price. `convert` turns prices of its currency into the plan's. */
export const compileLinePrice = (record: LinePriceRecord, convert: (price: Nanos) => Nanos): LinePrice => {
  const { volumetricDivisor: divisor, stepGrams } = record;
  if (record.shape === 'per-kg') {
    const perKg = convert(nanosOfDecimal(record.perKg));
    const perParcel = convert(nanosOfDecimal(record.perParcel));
    return (outer, grossGrams) => {
      const charged = Math.max(chargedTimesDivisor(outer, grossGrams, record), record.minimumGrams * divisor);
      const billableGrams = Math.ceil(charged / (divisor * stepGrams)) * stepGrams;
      return { price: scaleNanos(perKg, billableGrams, 1000) + perParcel, billableGrams };
    };
  }
  const firstPrice = convert(nanosOfDecimal(record.firstPrice));
  const stepPrice = convert(nanosOfDecimal(record.stepPrice));
  return (outer, grossGrams) => {
    const beyond = chargedTimesDivisor(outer, grossGrams, record) - record.firstGrams * divisor;
    const steps = beyond > 0 ? Math.ceil(beyond / (divisor * stepGrams)) : 0;
    return { price: firstPrice + steps * stepPrice, billableGrams: record.firstGrams + steps * stepGrams };
  };
};
