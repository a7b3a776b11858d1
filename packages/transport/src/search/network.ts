import type { Minute } from '../timetable/minute.ts';
import type { Timetable } from '../timetable/timetable.ts';
import { type GroundLeg, GroundNetwork } from './ground.ts';

/** What goods can travel on: flights, ground legs, and the room that is left. */
export interface Network {
  readonly timetable: Timetable;
  readonly ground: GroundNetwork;
  /** Room by departure; that of the timetable unless somebody keeps count of what is taken. */
  readonly roomGrams: Float64Array;
}

/** A network of flights, with ground legs where there are any. */
export const networkOf = (
  timetable: Timetable,
  ground = new GroundNetwork([]),
  roomGrams = timetable.state.capacityGrams,
): Network => ({ timetable, ground, roomGrams });

/** Room on a connection: that of its fullest leg. */
export const roomOn = ({ timetable, roomGrams }: Network, connection: number): number => {
  if (connection < timetable.table.length) return roomGrams[connection] as number;
  return Math.min(...timetable.legsOf(connection).map((leg) => roomGrams[leg] as number));
};

/** Where goods are and where they go: places by number. */
export interface Query {
  readonly from: number;
  readonly to: number;
  /** When they are ready landside at the origin. */
  readonly readyAt: Minute;
  /** When they land at the origin, not after `readyAt`, if a flight brings them: then they are due as goods off a flight. */
  readonly landedAt?: Minute;
  readonly massGrams: number;
}

/** One stretch of an itinerary: a connection of the timetable, or a ground leg that begins at a time. */
export type Step =
  | { readonly kind: 'flight'; readonly connection: number }
  | { readonly kind: 'ground'; readonly leg: GroundLeg; readonly begins: Minute };

/** A way from origin to destination; empty when the goods are there already. */
export interface Itinerary {
  readonly steps: readonly Step[];
  /** When the goods are at the destination, off the flight and handled. */
  readonly arrives: Minute;
}
