import { type Nanos, nanosOfDecimal, scaleNanos } from '@crossparcel/units';
import * as z from 'zod';
import {
  inMassUnit,
  type MassUnit,
  type Measured,
  NANOGRAMS_PER_GRAM,
  type Nanograms,
  nanogramsOf,
} from './measure.ts';
import type { BillableWeight } from './weight.ts';

const amount = z.number().nonnegative();
/** One amount for all zones, or one for each; null where a zone is not served. In major units of the card's currency. */
const amountsSchema = z.union([amount, z.array(amount.nullable()).min(1)]);
export type Amounts = z.infer<typeof amountsSchema>;

const ascending = z
  .array(z.number().positive())
  .min(1)
  .refine((list) => list.every((one, index) => index === 0 || one > (list[index - 1] ?? 0)), {
    message: 'does not rise from row to row; sort the rows and give each once',
  });
const rows = z.array(amountsSchema).min(1);
const table = <Shape extends z.ZodType<{ prices: readonly unknown[] }>>(
  schema: Shape,
  length: (one: z.output<Shape>) => number,
) =>
  schema.superRefine((one, context) => {
    if (one.prices.length === length(one)) return;
    context.addIssue({ code: 'custom', path: ['prices'], message: 'has not as many rows as upTo; give one for each' });
  });

/** How a price follows from the charged weight or the size. Row n of a table holds up to `upTo[n]`, that included. */
export const priceSchema = z.discriminatedUnion('kind', [
  /** A table by charged weight, in the card's unit of weight. */
  table(z.strictObject({ kind: z.literal('by-weight'), upTo: ascending, prices: rows }), ({ upTo }) => upTo.length),
  /** A table by cubic feet; each side is rounded down to a quarter of an inch first. */
  table(
    z.strictObject({ kind: z.literal('by-volume'), upToCubicFeet: ascending, prices: rows }),
    ({ upToCubicFeet }) => upToCubicFeet.length,
  ),
  /** So much a parcel and a charged kilogram, in bands of charged weight; the last band may be open. */
  z.strictObject({
    kind: z.literal('per-kg'),
    bands: z
      .array(z.strictObject({ upTo: z.number().positive().optional(), perKg: amountsSchema, perParcel: amountsSchema }))
      .min(1),
  }),
  /** So much for the first weight (`weight.from`), so much for each step beyond. */
  z.strictObject({ kind: z.literal('first-and-additional'), first: amountsSchema, additional: amountsSchema }),
]);
export type PriceRecord = z.infer<typeof priceSchema>;

/** A price of a card, compiled for all its zones. */
export interface CompiledPrice {
  /** Amount for a parcel in a zone's column; undefined past the last row and where the zone is not served. */
  of(parcel: Measured, billable: Nanograms, column: number): Nanos | undefined;
  /** The row that decides, for people; undefined past the last. */
  row(parcel: Measured, billable: Nanograms): string | undefined;
  /** Upper ends of the weight rows that have a price in a zone's column; infinite where the last is open. */
  upTo(column: number): readonly Nanograms[];
}

const QUARTER_INCHES_PER_CUBIC_FOOT = 48 ** 3;
const quarterInchesDown = (sideMm: number): number => Math.floor((sideMm * 40) / 254);
const quarterInchVolume = ({ long, middle, short }: Measured): number =>
  quarterInchesDown(long) * quarterInchesDown(middle) * quarterInchesDown(short);

/** Index of the first bound that is not below the value; the length of the list when all are. */
const firstNotBelow = (bounds: readonly number[], value: number): number => {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Compiles a price. `zones` is the number of zones of the card (one where it has none), `convert` turns prices of its
 * currency into another.
 */
export const compilePrice = (
  record: PriceRecord,
  weight: BillableWeight,
  zones: number,
  convert: (price: Nanos) => Nanos,
): CompiledPrice => {
  /** Amounts of some rows for every zone, zones of a row side by side; not a number where there is none. */
  const flat = (lists: readonly Amounts[]): readonly number[] =>
    lists.flatMap((amounts) =>
      Array.from({ length: zones }, (_, zone) => {
        const one = typeof amounts === 'number' ? amounts : amounts[zone];
        return one === null || one === undefined ? Number.NaN : convert(nanosOfDecimal(one));
      }),
    );
  const { unit } = weight;
  switch (record.kind) {
    case 'by-weight':
      return byWeight(
        record.upTo.map((upTo) => nanogramsOf(upTo, unit)),
        flat(record.prices),
        zones,
        unit,
      );
    case 'by-volume':
      return byVolume(record.upToCubicFeet, flat(record.prices), zones);
    case 'per-kg': {
      const upTo = record.bands.map((band) => (band.upTo === undefined ? Infinity : nanogramsOf(band.upTo, unit)));
      const perParcel = flat(record.bands.map((band) => band.perParcel));
      return perKg(upTo, perParcel, flat(record.bands.map((band) => band.perKg)), zones, unit);
    }
    case 'first-and-additional':
      return firstAndAdditional(flat([record.first]), flat([record.additional]), weight);
  }
};

const known = (price: number | undefined): Nanos | undefined =>
  price === undefined || Number.isNaN(price) ? undefined : price;

const rowText = (upTo: readonly Nanograms[], billable: Nanograms, unit: MassUnit): string | undefined => {
  const bound = upTo[firstNotBelow(upTo, billable)];
  if (bound === undefined) return undefined;
  return bound === Infinity
    ? `above ${inMassUnit(upTo.at(-2) ?? 0, unit)} ${unit}`
    : `up to ${inMassUnit(bound, unit)} ${unit}`;
};

const byWeight = (
  upTo: readonly Nanograms[],
  prices: readonly number[],
  zones: number,
  unit: MassUnit,
): CompiledPrice => ({
  upTo: (column) => upTo.filter((_, row) => known(prices[row * zones + column]) !== undefined),
  of: (_parcel, billable, column) => known(prices[firstNotBelow(upTo, billable) * zones + column]),
  row: (_parcel, billable) => rowText(upTo, billable, unit),
});

const byVolume = (upToCubicFeet: readonly number[], prices: readonly number[], zones: number): CompiledPrice => {
  // Rounded down: a tier of 0.1 cubic feet is 11,059.2 cubes of a quarter inch, and volumes are whole numbers of them.
  const upTo = upToCubicFeet.map((feet) => Math.floor(Number((feet * QUARTER_INCHES_PER_CUBIC_FOOT).toFixed(3))));
  const indexOf = (parcel: Measured) => firstNotBelow(upTo, quarterInchVolume(parcel));
  return {
    upTo: () => [Infinity],
    of: (parcel, _billable, column) => known(prices[indexOf(parcel) * zones + column]),
    row: (parcel) => {
      const feet = upToCubicFeet[indexOf(parcel)];
      return feet === undefined ? undefined : `up to ${feet} cubic feet`;
    },
  };
};

const perKg = (
  upTo: readonly Nanograms[],
  perParcel: readonly number[],
  perKg: readonly number[],
  zones: number,
  unit: MassUnit,
): CompiledPrice => ({
  upTo: (column) => upTo.filter((_, row) => known(perKg[row * zones + column]) !== undefined),
  of: (_parcel, billable, column) => {
    const at = firstNotBelow(upTo, billable) * zones + column;
    const rate = known(perKg[at]);
    const fee = known(perParcel[at]);
    if (rate === undefined || fee === undefined) return undefined;
    return fee + scaleNanos(rate, billable / NANOGRAMS_PER_GRAM, 1000);
  },
  row: (_parcel, billable) =>
    upTo.length === 1 && upTo[0] === Infinity ? 'all weights' : rowText(upTo, billable, unit),
});

const firstAndAdditional = (
  first: readonly number[],
  additional: readonly number[],
  weight: BillableWeight,
): CompiledPrice => {
  const stepsBeyond = (billable: Nanograms) => (billable - weight.from) / weight.step;
  return {
    upTo: () => [Infinity],
    of: (_parcel, billable, column) => {
      const fee = known(first[column]);
      const step = known(additional[column]);
      return fee === undefined || step === undefined ? undefined : fee + stepsBeyond(billable) * step;
    },
    row: (_parcel, billable) => `first weight and ${stepsBeyond(billable)} steps`,
  };
};
