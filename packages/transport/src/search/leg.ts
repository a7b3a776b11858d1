import type { Minute } from '../timetable/minute.ts';
import type { Timetable } from '../timetable/timetable.ts';
import { beginOf, type GroundLeg } from './ground.ts';
import type { Step } from './network.ts';

/** One stretch of a way: a departure, or a ground leg. Goods that stay aboard a flight with stops are not tendered again. */
export type Leg =
  | { readonly kind: 'flight'; readonly departure: number; readonly aboard: boolean }
  | { readonly kind: 'ground'; readonly leg: GroundLeg };

/** Where goods are between two legs. */
export interface Standing {
  readonly place: number;
  /** When they landed, came by road, or were there. */
  readonly time: Minute;
  /** When they may leave by road. */
  readonly free: Minute;
  readonly offFlight: boolean;
}

/** The legs of the steps that a search gives. */
export const legsOfSteps = (timetable: Timetable, steps: readonly Step[]): Leg[] =>
  steps.flatMap((step): Leg[] => {
    if (step.kind === 'ground') return [{ kind: 'ground', leg: step.leg }];
    const departures = timetable.legsOf(step.connection);
    return departures.map((departure, position) => ({ kind: 'flight', departure, aboard: position > 0 }));
  });

/** When a leg begins for goods that stand somewhere. */
export const beginsAt = ({ state }: Timetable, leg: Leg, { free }: Standing): Minute =>
  leg.kind === 'flight' ? (state.departs[leg.departure] as number) : beginOf(leg.leg, free);

/** The latest time at which goods must be there for a flight. */
export const tenderBy = (
  { table, state }: Timetable,
  { departure, aboard }: Extract<Leg, { kind: 'flight' }>,
  { offFlight }: Standing,
): Minute => {
  const notice = offFlight ? table.changeMin : table.cutoffMin;
  return (state.departs[departure] as number) - (aboard ? 0 : (notice[departure] as number));
};

/** Where goods stand after a leg, if they make it. */
export const afterLeg = (timetable: Timetable, leg: Leg, standing: Standing): Standing => {
  if (leg.kind === 'ground') {
    const time = beginsAt(timetable, leg, standing) + leg.leg.minutes;
    return { place: leg.leg.to, time, free: time, offFlight: false };
  }
  const { table, state } = timetable;
  const time = state.arrives[leg.departure] as number;
  const free = time + (table.handlingMin[leg.departure] as number);
  return { place: table.destination[leg.departure] as number, time, free, offFlight: true };
};

/** The price of a kilogram over legs, in the currency of the timetable. */
export const priceOfLegs = ({ table }: Timetable, legs: readonly Leg[]): number =>
  legs.reduce(
    (sum, leg) => sum + (leg.kind === 'flight' ? (table.pricePerKg[leg.departure] as number) : leg.leg.pricePerKg),
    0,
  );
