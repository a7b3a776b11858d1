import type { CountryCode, Identifier, WorkingCalendar } from '@crossparcel/units';
import * as z from 'zod';
import { countryPriceSchema } from '../rate-cards/country-price.ts';
import type { RateCard } from '../rate-cards/quote.ts';
import type { ZoneMap } from '../rate-cards/zones.ts';
import { type TransitOf, transitTableSchema } from './transit.ts';

/** Schema of a last mile of a network file. */
export const lastMileSchema = z.object({
  id: z.string(),
  from: z.string(),
  countries: z.array(z.string()).min(1),
  card: z.discriminatedUnion('shape', [
    countryPriceSchema,
    z.object({
      shape: z.literal('card'),
      currency: z.string(),
      name: z.string(),
      /** The card: the id or an alias of one under `reference/rate-cards`. */
      file: z.string(),
      zones: z.object({ file: z.string(), column: z.string() }).optional(),
    }),
  ]),
  transitDays: transitTableSchema,
  calendar: z.string(),
});
export type LastMileRecord = z.infer<typeof lastMileSchema>;

/** The way from a gateway or a facility to the door. */
export interface LastMile {
  readonly id: Identifier;
  readonly from: Identifier;
  readonly countries: ReadonlySet<CountryCode>;
  readonly card: RateCard;
  readonly zones: ZoneMap | undefined;
  /** In working days of the calendar. */
  readonly transitOf: TransitOf;
  readonly calendar: WorkingCalendar;
}
