import * as z from 'zod';
import {
  inMassUnit,
  type MassUnit,
  type Measured,
  massUnitSchema,
  NANOGRAMS_PER_GRAM,
  type Nanograms,
  nanogramsOf,
  type SideUnit,
  sideIn,
  sideUnitSchema,
} from './measure.ts';

/**
 * Dimensional weight: the product of the sides, each in whole units of `sides`, divided by `divisor`, which is cubic inches
 * a pound (sides in inches) or cubic centimetres a kilogram. `when` says where it counts at all; without it, always when
 * it is more than the actual weight.
 */
const dimensionalSchema = z.strictObject({
  sides: sideUnitSchema,
  divisor: z.number().positive(),
  when: z
    .union([
      /** The product of the sides is above so many cubic inches or centimetres. */
      z.strictObject({ volumeAbove: z.number().positive() }),
      /** It is more than so many times the actual weight. */
      z.strictObject({ timesActual: z.number().positive() }),
      /** The longest side has at least so many millimetres. */
      z.strictObject({ longestSideMm: z.number().positive() }),
    ])
    .optional(),
});

/**
 * Which weight is charged: the largest of actual, dimensional and `minimum`, rounded up to `step` in `unit`. Steps are
 * counted `from` a first weight where the card has one (less is charged as that). Actual weight under `exactBelow` is
 * not rounded.
 */
export const weightSchema = z
  .strictObject({
    unit: massUnitSchema,
    step: z.number().positive(),
    from: z.number().positive().optional(),
    minimum: z.number().positive().optional(),
    exactBelow: z.number().positive().optional(),
    dimensional: dimensionalSchema.optional(),
  })
  .superRefine(({ unit, dimensional }, context) => {
    if (!dimensional || (dimensional.sides === 'in') === (unit === 'lb' || unit === 'oz')) return;
    const message = 'does not go with the unit of weight; give in with lb or oz, cm or mm with kg or g';
    context.addIssue({ code: 'custom', path: ['dimensional', 'sides'], message });
  });
export type WeightRecord = z.infer<typeof weightSchema>;

/** What decided the charged weight. */
export type WeightBasis = 'actual' | 'dimensional' | 'minimum';

const GRAMS_PER_POUND = 453.59237;
const CM3_PER_MM3 = 1000;

/** A rule for the charged weight, compiled. */
export class BillableWeight {
  readonly #record: WeightRecord;
  readonly step: Nanograms;
  readonly from: Nanograms;
  readonly #minimum: Nanograms;
  readonly #stepsOfMinimum: number;
  readonly #exactBelow: Nanograms;
  readonly #sides: SideUnit;
  /** Of the volume, in cubic inches or millimetres: one step, the first weight, and what a gram comes to. */
  readonly #volumePerStep: number;
  readonly #volumeOfFrom: number;
  readonly #volumePerGram: number;
  readonly #volumeAbove: number;
  readonly #timesActual: number;
  readonly #longestSideMm: number;

  constructor(record: WeightRecord) {
    this.#record = record;
    const { unit, dimensional } = record;
    this.step = nanogramsOf(record.step, unit);
    this.from = nanogramsOf(record.from ?? 0, unit);
    this.#minimum = nanogramsOf(record.minimum ?? 0, unit);
    this.#stepsOfMinimum = this.#stepsUp(this.#minimum);
    this.#exactBelow = nanogramsOf(record.exactBelow ?? 0, unit);
    this.#sides = dimensional?.sides ?? 'mm';
    const scale = this.#sides === 'in' ? 1 : CM3_PER_MM3;
    const divisor = dimensional?.divisor ?? 0;
    // Cubic centimetres a kilogram are cubic millimetres a gram: in pounds or grams the divisor stands as it is printed.
    const inDivisorUnits = (value: number) => (unit === 'oz' ? value / 16 : unit === 'kg' ? value * 1000 : value);
    this.#volumePerStep = divisor * inDivisorUnits(record.step);
    this.#volumeOfFrom = divisor * inDivisorUnits(record.from ?? 0);
    this.#volumePerGram = this.#sides === 'in' ? divisor / GRAMS_PER_POUND : divisor;
    const when = dimensional?.when;
    this.#volumeAbove = when && 'volumeAbove' in when ? when.volumeAbove * scale : 0;
    this.#timesActual = when && 'timesActual' in when ? when.timesActual : 0;
    this.#longestSideMm = when && 'longestSideMm' in when ? when.longestSideMm : 0;
  }

  /** The charged weight of a parcel. */
  of(parcel: Measured): Nanograms {
    const actual = parcel.grossGrams * NANOGRAMS_PER_GRAM;
    const bySize = this.#stepsBySize(parcel);
    if (bySize === 0 && actual < this.#exactBelow) return Math.max(actual, this.#minimum);
    return this.from + Math.max(this.#stepsUp(actual), bySize, this.#stepsOfMinimum) * this.step;
  }

  /** What decided the charged weight of a parcel, with the sum where its size did. */
  basisOf(parcel: Measured): { readonly basis: WeightBasis; readonly text: string } {
    const { unit, dimensional } = this.#record;
    const billable = this.of(parcel);
    const text = `${inMassUnit(billable, unit)} ${unit}`;
    const steps = (billable - this.from) / this.step;
    if (this.#stepsBySize(parcel) === steps && this.#stepsUp(parcel.grossGrams * NANOGRAMS_PER_GRAM) < steps) {
      const sides = [parcel.long, parcel.middle, parcel.short].map((side) => sideIn(side, this.#sides));
      return { basis: 'dimensional', text: `${sides.join(' × ')} ${this.#sides} ÷ ${dimensional?.divisor} = ${text}` };
    }
    const least = this.#stepsUp(parcel.grossGrams * NANOGRAMS_PER_GRAM) < steps;
    return { basis: least ? 'minimum' : 'actual', text };
  }

  /** The heaviest actual weight that is charged as no more than so much. */
  heaviestWithin(most: Nanograms): Nanograms {
    if (most === Infinity || most < this.#exactBelow) return most;
    return this.from + Math.floor((most - this.from) / this.step) * this.step;
  }

  /** The unit of its steps. */
  get unit(): MassUnit {
    return this.#record.unit;
  }

  #stepsUp(mass: Nanograms): number {
    return mass > this.from ? Math.ceil((mass - this.from) / this.step) : 0;
  }

  /** Steps by dimensional weight; zero where it does not count. */
  #stepsBySize({ long, middle, short, grossGrams }: Measured): number {
    if (this.#volumePerStep === 0) return 0;
    const volume = this.#sides === 'mm' ? long * middle * short : this.#volumeInUnits(long, middle, short);
    if (volume <= this.#volumeAbove || long < this.#longestSideMm) return 0;
    if (this.#timesActual > 0 && volume <= this.#timesActual * grossGrams * this.#volumePerGram) return 0;
    return volume > this.#volumeOfFrom ? Math.ceil((volume - this.#volumeOfFrom) / this.#volumePerStep) : 0;
  }

  #volumeInUnits(long: number, middle: number, short: number): number {
    const product = sideIn(long, this.#sides) * sideIn(middle, this.#sides) * sideIn(short, this.#sides);
    return this.#sides === 'cm' ? product * CM3_PER_MM3 : product;
  }
}
