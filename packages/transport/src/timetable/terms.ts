import { datedFields, type Fault, inForce, isCurrency, windowOf } from '@crossparcel/units';
import * as z from 'zod';
import { MOST_MINUTES } from './connections.ts';
import { type Departure, FLIGHT_KINDS } from './departure.ts';

const minutes = z.int().min(0).max(MOST_MINUTES);

/** Schema of what holds for flights that fit: whatever is not named fits all. */
export const flightTermsSchema = z
  .strictObject({
    id: z.string().min(1),
    flight: z.string().optional(),
    origin: z.string().optional(),
    destination: z.string().optional(),
    carrier: z.string().optional(),
    aircraft: z.string().optional(),
    kind: z.enum(FLIGHT_KINDS).optional(),
    cutoffMin: minutes.optional(),
    minConnectMin: minutes.optional(),
    handlingMin: minutes.optional(),
    /** Our allotment. */
    capacityKg: z.number().nonnegative().optional(),
    pricePerKg: z.number().nonnegative().optional(),
    currency: z.string().refine(isCurrency, 'is not a currency code of ISO 4217').optional(),
    ...datedFields,
  })
  .refine(({ pricePerKg, currency }) => (pricePerKg === undefined) === (currency === undefined), {
    error: 'comes without its currency, or a currency without a price',
    path: ['pricePerKg'],
  });
export type FlightTermsRecord = z.infer<typeof flightTermsSchema>;

/** By what terms tell flights apart, the most telling first; with more of these, or more telling ones, terms go before others. */
const TRAITS = ['flight', 'origin', 'destination', 'carrier', 'aircraft', 'kind'] as const;
export type FlightTraits = Readonly<Pick<Departure, 'flight' | 'origin' | 'destination' | 'carrier' | 'kind'>> & {
  readonly aircraft: string;
};

/** What terms settle; each by the most telling record that says anything of it. */
const FACTS = ['cutoffMin', 'minConnectMin', 'handlingMin', 'capacityKg', 'pricePerKg'] as const;
type Fact = (typeof FACTS)[number];

/** What holds for a flight; what nobody settles is undefined. */
export type FlightTerms = Readonly<Partial<Record<Fact, number>>> & { readonly currency?: string | undefined };

const rankOf = (record: FlightTermsRecord): number =>
  TRAITS.reduce((rank, trait) => rank * 2 + (record[trait] === undefined ? 0 : 1), 0);

const overlaps = (one: FlightTermsRecord, other: FlightTermsRecord): boolean => {
  const [a, b] = [windowOf(one), windowOf(other)];
  return a.from <= b.to && b.from <= a.to && TRAITS.every((trait) => one[trait] === other[trait]);
};

/** What holds for flights, settled from dated records. */
export class FlightTermsBook {
  readonly #records: readonly FlightTermsRecord[];
  readonly #known = new Map<string, readonly FlightTermsRecord[]>();

  constructor(records: readonly FlightTermsRecord[]) {
    this.#records = records.toSorted((a, b) => rankOf(b) - rankOf(a));
  }

  /** The first two records that settle the same for the same flights on the same day; each such pair is a contradiction. */
  static overlap(records: readonly FlightTermsRecord[]): { readonly index: number; readonly fault: Fault } | undefined {
    for (const [index, record] of records.entries()) {
      for (const before of records.slice(0, index)) {
        const field = FACTS.find((fact) => record[fact] !== undefined && before[fact] !== undefined);
        if (field === undefined || !overlaps(record, before)) continue;
        const what = `is settled by ${before.id} for the same flights and days`;
        return { index, fault: { code: 'overlapping-terms', field, what, mend: 'end one before the other begins' } };
      }
    }
    return undefined;
  }

  /** What holds for a flight on a day. */
  of(traits: FlightTraits, day: number): FlightTerms {
    const key = TRAITS.map((trait) => traits[trait]).join(' ');
    let fitting = this.#known.get(key);
    if (!fitting) {
      fitting = this.#records.filter((record) =>
        TRAITS.every((trait) => record[trait] === undefined || record[trait] === traits[trait]),
      );
      this.#known.set(key, fitting);
    }
    const settled: { -readonly [Key in keyof FlightTerms]: FlightTerms[Key] } = {};
    for (const record of fitting) {
      if (!inForce(record, day)) continue;
      if (settled.pricePerKg === undefined && record.pricePerKg !== undefined) settled.currency = record.currency;
      for (const fact of FACTS) settled[fact] ??= record[fact];
    }
    return settled;
  }
}
