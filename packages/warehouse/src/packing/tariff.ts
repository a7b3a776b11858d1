import type { Dimensions, Nanos } from '@crossparcel/units';

/**
 * What it costs to send a parcel of some outer size and gross mass: the whole of what packing knows about freight.
 * Transport's rate cards and lanes satisfy it; neither room imports the other.
 */
export interface Tariff {
  /** Heaviest parcel that is taken. */
  readonly maxGrossGrams: number;
  /** Postage in nanos of the plan's currency; undefined when a parcel of this size or mass is not taken. */
  price(outer: Dimensions, grossGrams: number): Nanos | undefined;
  /** What one more parcel costs beside postage and carton, such as its handling. Nothing when left out. */
  readonly perParcel?: Nanos;
}
