import type { Nanos } from '@crossparcel/units';
import * as z from 'zod';
import { CompiledCard } from './card.ts';
import { UNDATED } from './line-price.ts';

/** Schema of a last-mile formula by country: so much per parcel and per kilogram of gross mass, in steps. */
export const countryPriceSchema = z.object({
  shape: z.literal('per-parcel-and-kg'),
  currency: z.string(),
  stepGrams: z.int().positive(),
  maxGrams: z.number().positive(),
  byCountry: z.record(z.string(), z.object({ perParcel: z.number().nonnegative(), perKg: z.number().nonnegative() })),
});
export type CountryPriceRecord = z.infer<typeof countryPriceSchema>;

/** Compiles such a formula. `convert` turns prices of its currency into the plan's. */
export const compileCountryPrice = (record: CountryPriceRecord, convert: (price: Nanos) => Nanos): CompiledCard => {
  const countries = Object.entries(record.byCountry);
  const perKg = countries.map(([, price]) => price.perKg);
  const perParcel = countries.map(([, price]) => price.perParcel);
  const rate = {
    name: 'last mile',
    limits: { weight: { value: record.maxGrams, unit: 'g' as const } },
    weight: { unit: 'g' as const, step: record.stepGrams },
    price: { kind: 'per-kg' as const, bands: [{ perKg, perParcel }] },
    ...UNDATED,
  };
  const zones = { names: countries.map(([country]) => country), by: 'country' as const };
  const { currency } = record;
  const card = {
    id: 'last-mile',
    carrier: '',
    service: '',
    currency,
    zones,
    rates: [rate],
    surcharges: [],
    ...UNDATED,
  };
  return new CompiledCard(card, convert);
};
