import type { DayNumber } from './calendar-day.ts';
import type { Identifier } from './identifier.ts';

/** One stretch of a parcel's way: a linehaul (air, from hub to gateway) or a last mile (to the door). */
export interface Leg {
  readonly kind: 'linehaul' | 'last-mile';
  /** The lane, service or card that carries it. */
  readonly service: Identifier;
  readonly from: Identifier;
  readonly to: Identifier;
  /** The airport of uplift, on a linehaul. */
  readonly via?: Identifier;
  readonly departs: DayNumber;
  /** The day by which it has arrived with an even chance, and with nine chances in ten. */
  readonly arrives: { readonly p50: DayNumber; readonly p90: DayNumber };
}
