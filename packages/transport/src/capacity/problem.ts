import type { CurrencyCode, DayNumber, Nanos } from '@crossparcel/units';

/** Mass bought on a leg in advance: paid whether it flies or not. */
export interface HardBlock {
  readonly grams: number;
  readonly pricePerKg: Nanos;
}

/** A flight leg on one day, with the room that is ours on it. */
export interface CapacityLeg {
  readonly id: string;
  /** All room that can be had, a block included. */
  readonly capacityGrams: number;
  /** Price of a kilogram, beyond the block where there is one. */
  readonly pricePerKg: Nanos;
  readonly block?: HardBlock;
  /** Day of departure. */
  readonly day: DayNumber;
  /** Airport through which the goods come in, for advice. */
  readonly gateway: string;
  /** Room that is not contracted: nothing is assigned to it, advice tells what it would be worth. */
  readonly offered?: boolean;
}

/** A way that a consignment may take. */
export interface CandidatePath {
  readonly legs: readonly number[];
  /** What a kilogram costs beside the price of the legs: handling, trucking, clearance. */
  readonly otherPerKg: Nanos;
  /** Minute of arrival, on the same count as `due`. */
  readonly arrives: number;
}

/** Why goods cannot simply leave a flight. */
export const HELD_REASONS = ['export-cleared', 'built-into'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** Goods that were cleared for export on a flight or built into a unit for it. Without a fee they stay on it. */
export interface HeldTo {
  readonly leg: number;
  readonly reason: HeldReason;
  readonly releasePerKg?: Nanos;
}

/** Where a consignment is booked now: leaving these legs costs a fee. */
export interface Booking {
  readonly legs: readonly number[];
  readonly rebookPerKg: Nanos;
  readonly held?: HeldTo;
}

/** Goods under one master waybill: pieces (house waybills) that may be parted where that is allowed. */
export interface CapacityConsignment {
  readonly id: string;
  readonly massGrams: number;
  readonly pieces: number;
  /** Fee in minor units for each further master waybill; undefined where the consignment stays whole. */
  readonly splitFee?: number;
  /** Minute at which it is late. */
  readonly due: number;
  /** Once for being late, and for each day of lateness, pro rata by the minute. */
  readonly latePerKg: Nanos;
  readonly latePerKgDay: Nanos;
  /** What a kilogram costs that is not flown. */
  readonly unflownPerKg: Nanos;
  readonly booking?: Booking;
  readonly paths: readonly CandidatePath[];
}

/** Which goods take which flights, at least cost. */
export interface CapacityProblem {
  readonly currency: CurrencyCode;
  readonly legs: readonly CapacityLeg[];
  readonly consignments: readonly CapacityConsignment[];
}

/** What the parts of a cost are, in minor units; they add up to `total`. */
export interface CapacityCosts {
  /** Price of legs beyond their blocks, of the used part of blocks, and what paths cost beside legs. */
  readonly freight: number;
  readonly unusedBlock: number;
  readonly lateness: number;
  /** Leaving a booking, and release from export clearance or a built unit. */
  readonly rebooking: number;
  /** Further master waybills. */
  readonly split: number;
  readonly unflown: number;
  readonly total: number;
}

/** A part of a consignment, or all of it, on one path; or left behind. */
export interface Share {
  /** Undefined: not flown. */
  readonly path: number | undefined;
  readonly pieces: number;
  readonly massGrams: number;
  /** 1 for the master waybill that was there, then 2 and on for those that a split asks for. */
  readonly master: number;
  /** Without what legs with a block cost, which is told by leg. */
  readonly costs: {
    readonly freight: number;
    readonly lateness: number;
    readonly rebooking: number;
    readonly unflown: number;
  };
}

/** Room of a leg as assigned. */
export interface LegUse {
  readonly usedGrams: number;
  /** Price in minor units of what is used beyond the block; nothing for legs without one, which shares pay. */
  readonly beyondBlock: number;
  readonly blockUsed: number;
  readonly blockUnused: number;
  /** Bid price: minor units that a further kilogram of room would save. */
  readonly bidPerKg: number;
}

/** An assignment with its proof. */
export interface Assignment {
  /** Parallel to the consignments. */
  readonly shares: readonly (readonly Share[])[];
  /** Parallel to the legs. */
  readonly legs: readonly LegUse[];
  readonly costs: CapacityCosts;
  /** Minor units below which no assignment can cost, not even one that parts consignments at will. */
  readonly bound: number;
  /** Cost of the linear relaxation as its solver gives it. */
  readonly relaxed: number;
  /** Pivots of the solver, and moves tried in the repair. */
  readonly work: { readonly pivots: number; readonly moves: number };
}
