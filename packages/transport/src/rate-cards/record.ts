import { datedFields, isCurrency } from '@crossparcel/units';
import * as z from 'zod';
import { boundsSchema } from './bounds.ts';
import { type Amounts, priceSchema } from './price.ts';
import { surchargeSchema } from './surcharge.ts';
import { weightSchema } from './weight.ts';

const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters');

/**
 * One way in which a card prices a parcel: a weight table, a size format, a packaging at a flat rate. Rates of one name are
 * editions of each other: of those in force the parcel gets the cheapest that takes it. `only` names an attribute without
 * which it is not for sale, such as the carrier's own box.
 */
const rateSchema = z
  .strictObject({
    name: z.string().min(1),
    only: z.string().optional(),
    limits: boundsSchema.optional(),
    weight: weightSchema,
    price: priceSchema,
    minimumCharge: z.number().nonnegative().optional(),
    ...datedFields,
  })
  .superRefine(({ weight, price }, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (price.kind === 'first-and-additional' && weight.from === undefined) {
      fault(['weight', 'from'], 'is missing; give the first weight');
    }
    if (price.kind !== 'per-kg') return;
    const grams = weight.unit === 'kg' ? weight.step * 1000 : weight.step;
    if (weight.unit === 'lb' || weight.unit === 'oz' || !Number.isInteger(grams)) {
      fault(['weight', 'step'], 'is no whole number of grams; a price per kilogram needs one');
    }
  });
export type RateRecord = z.infer<typeof rateSchema>;

/**
 * Schema of a rate card under `reference/rate-cards`: the whole pricing language. Prices in major units of `currency`, without
 * tax. `zones` names the columns of its tables: zones that a request gives or the zone table `table` tells, or countries of
 * destination. `aliases` are other names by which networks refer to it, such as the file it was published in.
 */
export const rateCardSchema = z
  .strictObject({
    id: z.string().min(1),
    aliases: z.array(z.string()).optional(),
    carrier: z.string(),
    service: z.string(),
    currency: z
      .string()
      .refine(isCurrency, 'is not a currency code of ISO 4217; write three capital letters such as USD'),
    from: country.optional(),
    to: z.array(country).min(1).optional(),
    zones: z
      .strictObject({
        names: z.array(z.string()).min(1),
        by: z.enum(['zone', 'country']),
        table: z.string().optional(),
      })
      .optional(),
    /** Attributes of parcels that are not taken at all. */
    refuses: z.array(z.string()).optional(),
    rates: z.array(rateSchema).min(1),
    surcharges: z.array(surchargeSchema),
    ...datedFields,
  })
  .superRefine(({ zones, rates }, context) => {
    const columns = zones?.names.length ?? 1;
    for (const [index, { price }] of rates.entries()) {
      const wrong = amountsOf(price).findIndex((one) => typeof one !== 'number' && one.length !== columns);
      if (wrong < 0) continue;
      const message = `has a row (number ${wrong + 1}) without ${columns} prices; give one for each zone`;
      context.addIssue({ code: 'custom', path: ['rates', index, 'price'], message });
    }
  });
export type RateCardRecord = z.infer<typeof rateCardSchema>;

/** Every amount of a price, row by row. */
export const amountsOf = (price: RateRecord['price']): readonly Amounts[] => {
  switch (price.kind) {
    case 'by-weight':
    case 'by-volume':
      return price.prices;
    case 'per-kg':
      return price.bands.flatMap(({ perKg, perParcel }) => [perKg, perParcel]);
    case 'first-and-additional':
      return [price.first, price.additional];
  }
};
