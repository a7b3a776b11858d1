import type { Nanos } from '@crossparcel/units';
import type { Minute } from './minute.ts';

/** What flies, as far as capacity, handling and reliability tell apart. */
export const FLIGHT_KINDS = ['unknown', 'freighter', 'passenger', 'truck'] as const;
export type FlightKind = (typeof FLIGHT_KINDS)[number];

/** One flight leg on one day: from take-off at one airport to landing at the next. */
export interface Departure {
  /** The operating flight number, for example `CX880`. */
  readonly flight: string;
  readonly carrier: string;
  readonly kind: FlightKind;
  readonly origin: string;
  readonly destination: string;
  readonly departs: Minute;
  readonly arrives: Minute;
  /** Room that is ours and still free. */
  readonly capacityGrams: number;
  /** In the currency of the timetable. */
  readonly pricePerKg: Nanos;
  /** Goods that start at the origin, or come there by road, must be there so long before departure. */
  readonly cutoffMin: number;
  /** Goods that come off another flight must have landed the longer of this and the cut-off before departure. */
  readonly minConnectMin: number;
  /** From landing until goods can leave the destination by road, or be had there. */
  readonly handlingMin: number;
}
