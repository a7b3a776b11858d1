import type { Identifier } from './identifier.ts';
import type { Leg } from './leg.ts';

/** What lies in a parcel. */
export interface ParcelLine {
  readonly sku: Identifier;
  readonly quantity: number;
}

/** One physical parcel from one facility. */
export interface Parcel {
  readonly facility: Identifier;
  /** The carton, or undefined when the goods travel in their own packing. */
  readonly carton?: Identifier;
  readonly lines: readonly ParcelLine[];
  readonly grossGrams: number;
  readonly billableGrams: number;
  /** The customs procedure under which it crosses the border, or `domestic`. */
  readonly procedure: string;
  readonly legs: readonly Leg[];
  readonly service: string;
}
