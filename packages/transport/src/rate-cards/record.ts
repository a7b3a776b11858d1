import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

const named = {
  id: z.string(),
  /** Other names by which networks refer to the card, such as the file it was published in. */
  aliases: z.array(z.string()).optional(),
  carrier: z.string(),
  service: z.string(),
  currency: z.string(),
};

/** Prices by billable pound and zone, with a dimensional weight above a threshold volume (the shape of USPS cards). */
const poundZone = z.strictObject({
  shape: z.literal('pound-zone'),
  ...named,
  dimensional: z.strictObject({ aboveCubicInches: z.number(), cubicInchesPerPound: z.number() }),
  limits: z.strictObject({ maxPounds: z.number(), maxLengthPlusGirthInches: z.number() }),
  zones: z.array(z.string()),
  /** Row n is the price for n billable pounds; row 0 for under one pound without dimensional weight. */
  rows: z.array(z.array(z.number().nullable())),
  /** Amounts added by weight for a time, by group of zones. */
  adders: z.array(
    z.strictObject({
      id: z.string(),
      zones: z.array(z.string()),
      bands: z.array(z.strictObject({ upToPounds: z.number(), price: z.number() })),
      ...datedFields,
    }),
  ),
  ...datedFields,
});

/** A price for each size format and mass band; the cheapest that holds the parcel counts (the shape of letter posts). */
const formats = z.strictObject({
  shape: z.literal('formats'),
  ...named,
  formats: z.array(
    z.strictObject({
      name: z.string(),
      maxMm: z.tuple([z.number(), z.number(), z.number()]),
      maxGrams: z.number(),
      price: z.number(),
      ...datedFields,
    }),
  ),
  ...datedFields,
});

/** Schema of a card under `reference/rate-cards`. Prices in major units of its currency, without tax. */
export const rateCardSchema = z.discriminatedUnion('shape', [poundZone, formats]);
export type RateCardRecord = z.infer<typeof rateCardSchema>;
export type PoundZoneRecord = z.infer<typeof poundZone>;
export type FormatsRecord = z.infer<typeof formats>;
