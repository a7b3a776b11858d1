import { type DayNumber, weekdayOf } from '@crossparcel/units';
import type { Lane } from './lane.ts';

/** The first day from a given one on which a lane departs, room or not. */
export const nextDeparture = (lane: Lane, from: DayNumber): DayNumber => {
  let day = from;
  while (!lane.departs[weekdayOf(day) - 1]) day += 1;
  return day;
};

/** How far ahead a departure is looked for. A lane that has no room within a year is as good as closed. */
const HORIZON_DAYS = 366;

/**
 * The room left on each lane's departures: the simplest connection search, with one flight a lane and day. What is
 * taken stays taken, so parcels decided earlier go first.
 */
export class Departures {
  readonly #left = new Map<string, Map<DayNumber, number>>();

  /**
   * For each parcel, by gross mass, the first day from a given one on which the lane departs and has room for it beside
   * the parcels before it. Undefined when one of them finds no room within a year.
   */
  firstWithRoom(lane: Lane, from: DayNumber, grossGrams: readonly number[]): DayNumber[] | undefined {
    const left = this.#left.get(lane.id);
    const planned = new Map<DayNumber, number>();
    const days: DayNumber[] = [];
    for (const grams of grossGrams) {
      let day = nextDeparture(lane, from);
      while (grams > (left?.get(day) ?? lane.capacityGramsPerDay) - (planned.get(day) ?? 0)) {
        day = nextDeparture(lane, day + 1);
        if (day >= from + HORIZON_DAYS) return undefined;
      }
      planned.set(day, (planned.get(day) ?? 0) + grams);
      days.push(day);
    }
    return days;
  }

  /** Takes room on a departure. */
  take(lane: Lane, day: DayNumber, grossGrams: number): void {
    let left = this.#left.get(lane.id);
    if (!left) {
      left = new Map();
      this.#left.set(lane.id, left);
    }
    left.set(day, (left.get(day) ?? lane.capacityGramsPerDay) - grossGrams);
  }
}
