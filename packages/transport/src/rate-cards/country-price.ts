import { type Dimensions, type Nanos, nanosOfDecimal, scaleNanos } from '@crossparcel/units';
import * as z from 'zod';
import type { Quote, RateCard, Trip } from './quote.ts';

/** Schema of a last-mile formula by country: so much per parcel and per kilogram of gross mass, in steps. */
export const countryPriceSchema = z.object({
  shape: z.literal('per-parcel-and-kg'),
  currency: z.string(),
  stepGrams: z.number().positive(),
  maxGrams: z.number().positive(),
  byCountry: z.record(z.string(), z.object({ perParcel: z.number().nonnegative(), perKg: z.number().nonnegative() })),
});
export type CountryPriceRecord = z.infer<typeof countryPriceSchema>;

/** Compiles such a formula. `convert` turns prices of its currency into the plan's. */
export const compileCountryPrice = (record: CountryPriceRecord, convert: (price: Nanos) => Nanos): RateCard => {
  const prices = new Map(
    Object.entries(record.byCountry).map(([country, price]) => [
      country,
      { perParcel: convert(nanosOfDecimal(price.perParcel)), perKg: convert(nanosOfDecimal(price.perKg)) },
    ]),
  );
  return {
    onFileFrom: Number.NEGATIVE_INFINITY,
    quote(_outer: Dimensions, grossGrams: number, trip: Trip): Quote | undefined {
      const price = prices.get(trip.country);
      if (!price || grossGrams > record.maxGrams) return undefined;
      const billableGrams = Math.ceil(grossGrams / record.stepGrams) * record.stepGrams;
      return { price: price.perParcel + scaleNanos(price.perKg, billableGrams, 1000), billableGrams };
    },
  };
};
