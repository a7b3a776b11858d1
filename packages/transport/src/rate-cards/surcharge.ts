import {
  acceptsHandling,
  applyRatio,
  datedFields,
  multiplyRatios,
  type Nanos,
  nanosOfDecimal,
  type Ratio,
  ratio,
  ratioOfDecimal,
} from '@crossparcel/units';
import * as z from 'zod';
import { Bounds, boundsSchema } from './bounds.ts';
import { type Measured, massUnitSchema, type Nanograms, nanogramsOf } from './measure.ts';

const amount = z.number().nonnegative();

/**
 * Something added to the price of parcels that meet every condition of `when`: larger or heavier than some bounds, of an
 * attribute (`battery`, `remote`), to some zones. `by-weight` is by charged weight, nothing past the last band;
 * `percent` is of the base price, or of the base and the surcharges before it. Of one `group` only the largest counts.
 */
export const surchargeSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  group: z.string().optional(),
  when: z
    .strictObject({
      above: boundsSchema.optional(),
      attribute: z.string().optional(),
      zones: z.array(z.string()).min(1).optional(),
    })
    .optional(),
  amount: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), price: amount }),
    z.strictObject({
      kind: z.literal('by-weight'),
      unit: massUnitSchema,
      bands: z.array(z.strictObject({ upTo: z.number().positive(), price: amount })).min(1),
    }),
    z.strictObject({ kind: z.literal('percent'), percent: amount, of: z.enum(['base', 'subtotal']) }),
  ]),
  ...datedFields,
});
export type SurchargeRecord = z.infer<typeof surchargeSchema>;

/** Which parcels of a trip a surcharge can touch at all: those of its attribute and zones. */
export const concerns = (record: SurchargeRecord, zone: string, attributes: ReadonlySet<string>): boolean => {
  const { attribute, zones } = record.when ?? {};
  if (zones && !zones.includes(zone)) return false;
  return attribute === undefined || [...attributes].some((one) => acceptsHandling(new Set([attribute]), one));
};

/** A surcharge, compiled. */
export class Surcharge {
  readonly record: SurchargeRecord;
  readonly #above: Bounds | undefined;
  readonly #fixed: Nanos;
  readonly #bands: readonly { readonly upTo: Nanograms; readonly price: Nanos }[];
  readonly #percent: Ratio;
  readonly #ofSubtotal: boolean;

  constructor(record: SurchargeRecord, convert: (price: Nanos) => Nanos) {
    const { amount, when } = record;
    this.record = record;
    this.#above = when?.above && new Bounds(when.above);
    this.#fixed = amount.kind === 'fixed' ? convert(nanosOfDecimal(amount.price)) : 0;
    this.#bands =
      amount.kind === 'by-weight'
        ? amount.bands.map(({ upTo, price }) => ({
            upTo: nanogramsOf(upTo, amount.unit),
            price: convert(nanosOfDecimal(price)),
          }))
        : [];
    this.#percent = multiplyRatios(ratioOfDecimal(amount.kind === 'percent' ? amount.percent : 0), ratio(1, 100));
    this.#ofSubtotal = amount.kind === 'percent' && amount.of === 'subtotal';
  }

  /** Upper ends of its weight bands. */
  get upTo(): readonly Nanograms[] {
    return this.#bands.map((band) => band.upTo);
  }

  /** The bounds above which it is charged. */
  get above(): Bounds | undefined {
    return this.#above;
  }

  /** What it adds to a parcel of some charged weight, the base price and the subtotal so far being known. */
  of(parcel: Measured, billable: Nanograms, base: Nanos, subtotal: Nanos): Nanos {
    if (this.#above?.hold(parcel)) return 0;
    switch (this.record.amount.kind) {
      case 'fixed':
        return this.#fixed;
      case 'by-weight':
        for (const { upTo, price } of this.#bands) if (billable <= upTo) return price;
        return 0;
      case 'percent':
        return applyRatio(this.#ofSubtotal ? subtotal : base, this.#percent);
    }
  }
}
