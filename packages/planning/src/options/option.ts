import type { DiscreteDistribution } from '@crossparcel/numerics';
import type { Costs, DayNumber, Identifier, Parcel } from '@crossparcel/units';

/** One way to fill a whole order: from one facility, in certain parcels, by one service. */
export interface Option {
  readonly mode: 'direct' | 'local';
  readonly facility: Identifier;
  /** Lane or last mile that carries it. */
  readonly service: Identifier;
  readonly parcels: readonly Parcel[];
  readonly costs: Costs;
  /** Cost to the seller if no other order took room or stock; what the lower bound is made of. */
  readonly costAlone: number;
  readonly late: number;
  readonly door: DiscreteDistribution;
  readonly despatch: DayNumber;
  readonly assumptions: readonly string[];
}

/** A way that is closed to an order, and why. */
export interface Closed {
  readonly mode: 'direct' | 'local';
  readonly facility: Identifier;
  readonly service: Identifier;
  readonly code: string;
  readonly why: string;
  /** Cost to the seller if no other order had taken room or stock, where that is what closed it. */
  readonly costAlone?: number;
}

/** Whether a way is open. */
export type Considered =
  | { readonly open: true; readonly option: Option }
  | { readonly open: false; readonly closed: Closed };
