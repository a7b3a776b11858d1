import type { Dimensions, Nanos } from '@crossparcel/units';
import type { Carton } from './carton.ts';

/** One unit in a carton: its corner nearest the origin and its extents along the carton's length, width and height. */
export interface Placement extends Dimensions {
  readonly item: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Units of one item in a parcel. */
export interface PackedLine {
  readonly item: string;
  readonly quantity: number;
}

/** A parcel as packed: the carton with its contents, or an item in its own packing (`carton` undefined). */
export interface PackedParcel {
  readonly carton: Carton | undefined;
  readonly outer: Dimensions;
  readonly grossGrams: number;
  /** By item. */
  readonly lines: readonly PackedLine[];
  /** In an order in which the units can be lowered in from above; none for an item in its own packing. */
  readonly placements: readonly Placement[];
  /** Carton and postage, in nanos of the plan's currency. */
  readonly cartonPrice: Nanos;
  readonly postage: Nanos;
}

/** Why units were not packed: no carton is large enough, or takes the mass; the tariff takes no such parcel; none is left. */
export type Refusal = 'too-large' | 'too-heavy' | 'not-accepted' | 'no-carton-left';

/** Units that could not be sent, and why. */
export interface Unpacked {
  readonly item: string;
  readonly quantity: number;
  readonly reason: Refusal;
}

/** The parcels of an order. */
export interface Packing {
  readonly parcels: readonly PackedParcel[];
  readonly unpacked: readonly Unpacked[];
  /**
   * What every division of the packed units costs at least under the tariff, in nanos: cartons, postage and handling. Left
   * out where the effort or the objective gives none.
   */
  readonly bound?: Nanos;
  /** Whether no division is cheaper. */
  readonly proven: boolean;
  /** Set when the search was stopped before its work was done. */
  readonly stopped?: true;
}
