import { type CurrencyCode, minorOfNanos, type Nanos, scaleNanos } from '@crossparcel/units';
import type { Booking, CandidatePath, CapacityConsignment, CapacityLeg } from './problem.ts';

const GRAMS_PER_KG = 1000;
const MINUTES_PER_DAY = 1440;

/** What a whole consignment costs on a path, in minor units, each line rounded once. */
interface ColumnLines {
  readonly freight: number;
  readonly lateness: number;
  readonly rebooking: number;
  readonly unflown: number;
}

/** A consignment on one of its paths, or left behind: an unknown of the linear program. */
export interface Column {
  /** Its place among all columns of the problem. */
  readonly index: number;
  readonly consignment: number;
  /** Undefined: not flown. */
  readonly path: number | undefined;
  readonly legs: readonly number[];
  readonly lines: ColumnLines;
  /** Sum of the lines. */
  readonly cost: number;
  /** The cost with what breaks ties in favour of the earlier due. */
  readonly weight: number;
  /** Goods held to a flight cannot take it. */
  readonly barred: boolean;
}

/** Minor units for a mass at a price by the kilogram, rounded half up. */
export const minorOfMass = (grams: number, perKg: Nanos, currency: CurrencyCode): number =>
  perKg === 0 ? 0 : minorOfNanos(scaleNanos(perKg, grams, GRAMS_PER_KG), currency);

/** What a kilogram weighs at most in a tie, in minor units: too little to be worth any other difference. */
const TIE_PER_KG = 0.001;
const TIE_REACH_MIN = 28 * MINUTES_PER_DAY;

/**
 * Grows faster the later goods are: of two consignments that cost the same either way, the sum is least when the one that is
 * due first arrives first (a convex function of lateness, by the exchange argument of Smith, "Various optimizers for
 * single-stage production", 1956).
 */
const tieOf = (massGrams: number, lateMin: number): number => {
  const place = Math.min(Math.max((lateMin + TIE_REACH_MIN) / (2 * TIE_REACH_MIN), 0), 1);
  return TIE_PER_KG * (massGrams / GRAMS_PER_KG) * place * place;
};

const sameLegs = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((leg, index) => leg === other[index]);

/** Price of a kilogram for taking a path other than the booked one; undefined where the goods cannot leave their flight. */
const leavingPerKg = (booking: Booking | undefined, path: CandidatePath): Nanos | undefined => {
  if (!booking || sameLegs(booking.legs, path.legs)) return 0;
  const { held, rebookPerKg } = booking;
  if (!held || path.legs.includes(held.leg)) return rebookPerKg;
  return held.releasePerKg === undefined ? undefined : rebookPerKg + held.releasePerKg;
};

const latePerKg = ({ due, latePerKg: once, latePerKgDay }: CapacityConsignment, arrives: number): Nanos =>
  arrives <= due ? 0 : once + scaleNanos(latePerKgDay, arrives - due, MINUTES_PER_DAY);

/** What columns are priced with. */
export interface Pricing {
  readonly currency: CurrencyCode;
  readonly legs: readonly CapacityLeg[];
  /** A minute after all arrivals, when goods that are not flown count as arriving in a tie. */
  readonly never: number;
}

/** Where the columns of a consignment stand. */
interface Standing {
  readonly consignment: number;
  readonly firstColumn: number;
}

const linesOn = (one: CapacityConsignment, path: CandidatePath, { currency, legs }: Pricing): ColumnLines => {
  const price = (perKg: Nanos) => minorOfMass(one.massGrams, perKg, currency);
  const perKg = path.legs.reduce((sum, at) => {
    const leg = legs[at];
    return sum + (leg === undefined || leg.block ? 0 : leg.pricePerKg);
  }, path.otherPerKg);
  return {
    freight: price(perKg),
    lateness: price(latePerKg(one, path.arrives)),
    rebooking: price(leavingPerKg(one.booking, path) ?? 0),
    unflown: 0,
  };
};

/** The columns of a consignment: one for each of its paths, and the last for not being flown. */
export const columnsOf = (
  one: CapacityConsignment,
  { consignment, firstColumn }: Standing,
  pricing: Pricing,
): Column[] => {
  const column = (path: number | undefined, legs: readonly number[], lines: ColumnLines, lateMin: number): Column => {
    const index = firstColumn + (path ?? one.paths.length);
    const cost = lines.freight + lines.lateness + lines.rebooking + lines.unflown;
    const candidate = path === undefined ? undefined : one.paths[path];
    const barred = candidate !== undefined && leavingPerKg(one.booking, candidate) === undefined;
    return { index, consignment, path, legs, lines, cost, weight: cost + tieOf(one.massGrams, lateMin), barred };
  };
  const unflown = minorOfMass(one.massGrams, one.unflownPerKg, pricing.currency);
  return [
    ...one.paths.map((path, place) => column(place, path.legs, linesOn(one, path, pricing), path.arrives - one.due)),
    column(undefined, [], { freight: 0, lateness: 0, rebooking: 0, unflown }, pricing.never - one.due),
  ];
};
