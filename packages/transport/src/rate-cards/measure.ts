import { inchesUp } from '@crossparcel/units';
import * as z from 'zod';

/** Units of mass in which cards state steps and limits. */
export const massUnitSchema = z.enum(['g', 'kg', 'oz', 'lb']);
export type MassUnit = z.infer<typeof massUnitSchema>;

/** Units of length; each side is taken in whole units, any started one counting. */
export const sideUnitSchema = z.enum(['mm', 'cm', 'in']);
export type SideUnit = z.infer<typeof sideUnitSchema>;

/**
 * Mass in billionths of a gram, a safe integer up to nine tonnes: fine enough to hold pounds and ounces exactly (one
 * pound is 453.59237 g by the international agreement of 1959), so that no step is missed by a rounding of ours.
 */
export type Nanograms = number;

/** Nanograms in one gram. */
export const NANOGRAMS_PER_GRAM = 1e9;

const NANOGRAMS: Readonly<Record<MassUnit, Nanograms>> = {
  g: NANOGRAMS_PER_GRAM,
  kg: 1000 * NANOGRAMS_PER_GRAM,
  oz: 28_349_523_125,
  lb: 453_592_370_000,
};

/** A decimal number of some unit in nanograms. */
export const nanogramsOf = (value: number, unit: MassUnit): Nanograms => Math.round(value * NANOGRAMS[unit]);

/** Nanograms in a unit, for people: at most four decimals. */
export const inMassUnit = (mass: Nanograms, unit: MassUnit): number => Number((mass / NANOGRAMS[unit]).toFixed(4));

/** A side of whole millimetres in whole units, any started one counting. */
export const sideIn = (sideMm: number, unit: SideUnit): number => {
  switch (unit) {
    case 'mm':
      return sideMm;
    case 'cm':
      return Math.ceil(sideMm / 10);
    case 'in':
      return inchesUp(sideMm);
  }
};

/** The three outer sides of a parcel in whole millimetres, longest first, and its gross mass in grams. */
export interface Measured {
  readonly long: number;
  readonly middle: number;
  readonly short: number;
  readonly grossGrams: number;
}
