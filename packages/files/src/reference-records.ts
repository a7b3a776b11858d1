import { numberFormSchema } from '@crossparcel/documents/numbers';
import { FLIGHT_KINDS } from '@crossparcel/transport';
import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

export const exchangeRatesSchema = z.array(
  z.strictObject({ id: z.string(), perUnitInUSD: z.record(z.string(), z.number().positive()), ...datedFields }),
);

const coordinate = z.union([z.literal(''), z.string().regex(/^-?\d+(\.\d+)?$/, 'is not a coordinate')]);
export const gatewaySchema = z.object({
  unlocode: z.string(),
  place: z.string(),
  iata: z.string(),
  lat: coordinate,
  lon: coordinate,
});
export const airportSchema = z.object({
  iata: z.string(),
  country: z.string(),
  lat: coordinate,
  lon: coordinate,
  timeZone: z.string(),
});
/** An airport of the world: its country, its place in degrees, and its time zone. */
export type AirportRecord = z.infer<typeof airportSchema>;
export const marketSchema = z.object({ country: z.string(), name: z.string(), lat: coordinate, lon: coordinate });

/** A place with its coordinates in degrees. */
export interface MappedPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: 'airport' | 'market';
  readonly country: string;
  readonly lat: number;
  readonly lon: number;
}

export const payloadsSchema = z.array(
  z.strictObject({
    aircraft: z.string(),
    kind: z.enum(FLIGHT_KINDS),
    payloadKg: z.number().positive(),
    ...datedFields,
  }),
);

export const concernThresholdsSchema = z.array(
  z.strictObject({
    id: z.string(),
    spike: z.strictObject({
      timesBase: z.number().positive(),
      atLeastUnits: z.int().positive(),
      baseDays: z.int().positive(),
    }),
    silentDays: z.int().positive(),
    ...datedFields,
  }),
);
/** From when on something wants a person. */
export type ConcernThresholds = z.infer<typeof concernThresholdsSchema>[number];

export const postalFormsSchema = z.array(
  z.strictObject({
    id: z.string(),
    valueSdr: z.number().positive(),
    grossGrams: z.int().positive(),
    sdrInUsd: z.string(),
    ...datedFields,
  }),
);
/** Up to which value and mass the shorter postal customs form will do. */
export type PostalFormLimits = z.infer<typeof postalFormsSchema>[number];

export const numberRangesSchema = z.array(
  z.strictObject({
    id: z.string(),
    form: numberFormSchema,
    first: z.int(),
    last: z.int(),
    specimen: z.boolean(),
    ...datedFields,
  }),
);
/** A range of numbers for parcels; `specimen` numbers were issued by nobody. */
export type NumberRange = z.infer<typeof numberRangesSchema>[number];

export const numberReuseSchema = z.array(
  z.strictObject({
    id: z.string(),
    kind: z.enum(['s10', 'sscc', 'impb', 'gtin']),
    /** Months after which a number may be given again; null for never. */
    months: z.int().positive().nullable(),
    ...datedFields,
  }),
);
/** When numbers of a kind may come back. */
export type NumberReuse = z.infer<typeof numberReuseSchema>[number];
