import type { DayNumber, Instant } from '@crossparcel/units';
import type { Facility } from '../network/network.ts';

/** How many orders each facility still takes on a day. An order counts on the day on which it is despatched. */
export class FacilityDays {
  readonly #taken = new Map<string, Map<DayNumber, number>>();

  /** The first day on which an order placed at an instant can leave, if it were alone: before the cut-off the same workday. */
  alone(facility: Facility, placedAt: Instant): DayNumber {
    const { day, minutes } = facility.zone.local(placedAt);
    return facility.calendar.workdayFrom(minutes < facility.cutoffMinutes ? day : day + 1);
  }

  /** The first workday from a given one on which the facility has room for one more order. */
  withRoom(facility: Facility, from: DayNumber): DayNumber {
    const taken = this.#taken.get(facility.id);
    let day = facility.calendar.workdayFrom(from);
    while ((taken?.get(day) ?? 0) >= facility.ordersPerDay) day = facility.calendar.workdayFrom(day + 1);
    return day;
  }

  /** Takes the room of one order. */
  take(facility: Facility, day: DayNumber): void {
    let taken = this.#taken.get(facility.id);
    if (!taken) {
      taken = new Map();
      this.#taken.set(facility.id, taken);
    }
    taken.set(day, (taken.get(day) ?? 0) + 1);
  }
}
