import { type CurrencyCode, isCurrency, type Nanos, nanosOfDecimal } from '@crossparcel/units';
import * as z from 'zod';
import type { CodeTable } from '../timetable/code-table.ts';
import type { Minute } from '../timetable/minute.ts';
import { OpeningHours, openingHoursSchema } from './opening-hours.ts';

/** What happens to goods between flights and at both ends. */
const GROUND_KINDS = ['pick-up', 'road-feeder', 'clearance', 'injection', 'last-mile'] as const;

/** Schema of a ground leg: goods begin it while it is open, and are at its end so many minutes later. */
export const groundLegSchema = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(GROUND_KINDS),
  from: z.string().min(1),
  to: z.string().min(1),
  minutes: z.int().nonnegative(),
  pricePerKg: z.number().nonnegative(),
  currency: z.string().refine(isCurrency, 'is not a currency code of ISO 4217'),
  opens: openingHoursSchema.optional(),
});
export type GroundLegRecord = z.infer<typeof groundLegSchema>;

/** A ground leg with places as numbers and its price in the timetable's currency. */
export interface GroundLeg {
  /** Its position among all of them. */
  readonly index: number;
  readonly id: string;
  readonly kind: GroundLegRecord['kind'];
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  readonly pricePerKg: Nanos;
  readonly opens: OpeningHours | undefined;
}

/** When goods that are at its start at a time begin a ground leg. */
export const beginOf = ({ opens }: GroundLeg, there: Minute): Minute => opens?.nextOpen(there) ?? there;

/** The latest time at which goods may be at its start to be at its end by a time. */
export const latestFor = ({ opens, minutes }: GroundLeg, by: Minute): Minute =>
  opens?.lastOpen(by - minutes) ?? by - minutes;

/** Ground legs by the place where they begin and where they end. */
export class GroundNetwork {
  readonly legs: readonly GroundLeg[];
  readonly #from = new Map<number, GroundLeg[]>();
  readonly #to = new Map<number, GroundLeg[]>();

  constructor(legs: readonly GroundLeg[]) {
    this.legs = legs;
    const file = (map: Map<number, GroundLeg[]>, place: number, leg: GroundLeg) =>
      map.get(place)?.push(leg) ?? map.set(place, [leg]);
    for (const leg of legs) {
      file(this.#from, leg.from, leg);
      file(this.#to, leg.to, leg);
    }
  }

  /** Those that begin at a place. */
  outOf(place: number): readonly GroundLeg[] {
    return this.#from.get(place) ?? [];
  }

  /** Those that end at a place. */
  into(place: number): readonly GroundLeg[] {
    return this.#to.get(place) ?? [];
  }
}

/** Compiles ground legs; `places` is that of the timetable and learns new names, `convert` brings prices into its currency. */
export const compileGround = (
  records: readonly GroundLegRecord[],
  places: CodeTable,
  convert: (nanos: Nanos, from: CurrencyCode) => Nanos,
): GroundNetwork =>
  new GroundNetwork(
    records.map(({ id, kind, from, to, minutes, pricePerKg, currency, opens }, index) => ({
      index,
      id,
      kind,
      from: places.intern(from),
      to: places.intern(to),
      minutes,
      pricePerKg: convert(nanosOfDecimal(pricePerKg), currency),
      opens: opens && new OpeningHours(opens),
    })),
  );
