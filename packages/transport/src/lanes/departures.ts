import { type DayNumber, weekdayOf } from '@crossparcel/units';
import type { Lane } from './lane.ts';
import { RoomTree } from './room-tree.ts';

/** The first day from a given one on which a lane departs, room or not. */
export const nextDeparture = (lane: Lane, from: DayNumber): DayNumber => {
  let day = from;
  while (!departsOn(lane, day)) day += 1;
  return day;
};

const departsOn = (lane: Lane, day: DayNumber): boolean => lane.departs[weekdayOf(day) - 1] === true;

/**
 * The room left on each lane's departures: the simplest connection search, with one flight a lane and day. What is
 * taken stays taken, so parcels decided earlier go first.
 */
export class Departures {
  readonly #rooms = new Map<string, RoomTree>();

  /**
   * For each parcel, by gross mass, the first day from a given one on which the lane departs and has room for it beside
   * the parcels before it. Undefined when a parcel is above what the lane carries in a day.
   */
  firstWithRoom(lane: Lane, from: DayNumber, grossGrams: readonly number[]): DayNumber[] | undefined {
    if (grossGrams.some((grams) => grams > lane.capacityGramsPerDay)) return undefined;
    const rooms = this.#roomsOf(lane);
    const days: DayNumber[] = [];
    for (const grams of grossGrams) {
      const day = rooms.firstWithRoom(from, grams);
      days.push(day);
      if (grossGrams.length > 1) rooms.take(day, grams);
    }
    // Looking takes nothing: what was set aside for the parcels of one order is given back.
    if (days.length > 1) for (const [index, day] of days.entries()) rooms.take(day, -(grossGrams[index] ?? 0));
    return days;
  }

  /** Takes room on a departure. */
  take(lane: Lane, day: DayNumber, grossGrams: number): void {
    this.#roomsOf(lane).take(day, grossGrams);
  }

  #roomsOf(lane: Lane): RoomTree {
    let rooms = this.#rooms.get(lane.id);
    if (!rooms) {
      rooms = new RoomTree((day) => (departsOn(lane, day) ? lane.capacityGramsPerDay : -1));
      this.#rooms.set(lane.id, rooms);
    }
    return rooms;
  }
}
