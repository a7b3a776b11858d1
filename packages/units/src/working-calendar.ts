import { type DayNumber, parseDay, WEEKDAYS, type WeekdayName, weekdayOf } from './calendar-day.ts';

/** The days on which a place or a carrier works: weekdays less holidays. */
export class WorkingCalendar {
  readonly #works: readonly boolean[];
  readonly #holidays: ReadonlySet<DayNumber>;

  /** Holidays are `YYYY-MM-DD`. Throws a RangeError when no weekday is a working day or a holiday is no date. */
  constructor(workDays: readonly WeekdayName[], holidays: readonly string[]) {
    this.#works = WEEKDAYS.map((name) => workDays.includes(name));
    if (!this.#works.includes(true)) throw new RangeError('a working calendar needs a working weekday');
    this.#holidays = new Set(
      holidays.map((text) => {
        const day = parseDay(text);
        if (day === undefined) throw new RangeError(`not a date: ${text}`);
        return day;
      }),
    );
  }

  /** Whether the day is worked. */
  isWorkday(day: DayNumber): boolean {
    return this.#works[weekdayOf(day) - 1] === true && !this.#holidays.has(day);
  }

  /** The day itself when it is worked, else the next one that is. */
  workdayFrom(day: DayNumber): DayNumber {
    let candidate = day;
    while (!this.isWorkday(candidate)) candidate += 1;
    return candidate;
  }

  /** The day that lies so many worked days after the given one, which does not count itself. Zero gives the day itself. */
  addWorkdays(day: DayNumber, workdays: number): DayNumber {
    let candidate = day;
    for (let left = workdays; left > 0; left -= 1) candidate = this.workdayFrom(candidate + 1);
    return candidate;
  }
}
