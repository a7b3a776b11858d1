import type { DatedRecord, Dimensions, Nanos } from '@crossparcel/units';
import * as z from 'zod';
import { CompiledCard } from './card.ts';
import type { Quote } from './quote.ts';
import type { RateCardRecord, RateRecord } from './record.ts';

const volumetric = {
  volumetricDivisor: z.number().positive(),
  volumetricWhen: z.enum(['max(actual, volumetric)', 'volumetric only if over twice the actual']),
};

/** Schema of the price of a lane in a network file: by kilogram with a fee per parcel, or first weight and steps. */
export const linePriceSchema = z.discriminatedUnion('shape', [
  z.object({
    shape: z.literal('per-kg'),
    currency: z.string(),
    perKg: z.number().nonnegative(),
    perParcel: z.number().nonnegative(),
    minimumGrams: z.number().nonnegative(),
    stepGrams: z.int().positive(),
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

/** The dates of a network's own prices: they hold for as long as the network is used. */
export const UNDATED: DatedRecord = {
  validFrom: '0001-01-01',
  validTo: null,
  source: 'the network file',
  readOn: '0001-01-01',
  confidence: 'illustrative',
};

const rateOf = (record: LinePriceRecord): RateRecord => {
  const dimensional = {
    sides: 'mm' as const,
    divisor: record.volumetricDivisor,
    ...(record.volumetricWhen === 'max(actual, volumetric)' ? {} : { when: { timesActual: 2 } }),
  };
  const weight = { unit: 'g' as const, step: record.stepGrams, dimensional };
  if (record.shape === 'first-and-additional') {
    const { firstGrams, firstPrice, stepPrice } = record;
    const price = { kind: 'first-and-additional' as const, first: firstPrice, additional: stepPrice };
    return { name: 'line', weight: { ...weight, from: firstGrams }, price, ...UNDATED };
  }
  const { perKg, perParcel, minimumGrams } = record;
  const price = { kind: 'per-kg' as const, bands: [{ perKg, perParcel }] };
  return { name: 'line', weight: { ...weight, ...(minimumGrams > 0 && { minimum: minimumGrams }) }, price, ...UNDATED };
};

/** The price of a line of a network, in words of the pricing language. */
const cardOfLinePrice = (record: LinePriceRecord): RateCardRecord => ({
  id: 'line',
  carrier: '',
  service: '',
  currency: record.currency,
  rates: [rateOf(record)],
  surcharges: [],
  ...UNDATED,
});

/** Compiles a line's price. `convert` turns prices of its currency into the plan's. */
export const compileLinePrice = (record: LinePriceRecord, convert: (price: Nanos) => Nanos): LinePrice => {
  const card = new CompiledCard(cardOfLinePrice(record), convert).onTrip({ country: '', zone: '', day: 0 });
  // A line's price has no end and no limits, so that it takes every parcel.
  return (outer, grossGrams) => card.quote(outer, grossGrams) as Quote;
};
