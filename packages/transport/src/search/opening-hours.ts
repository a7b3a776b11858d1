import { MS_PER_DAY, TimeZone, WEEKDAYS, weekdayOf } from '@crossparcel/units';
import * as z from 'zod';
import { instantOf, type Minute, minuteOf } from '../timetable/minute.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time of day; write HH:MM');

/** Schema of opening hours: on which days, from when to when (both minutes count), in which zone. */
export const openingHoursSchema = z.strictObject({
  timeZone: z
    .string()
    .refine((id) => Intl.supportedValuesOf('timeZone').includes(id) || id === 'UTC', 'is not a time zone'),
  hours: z
    .array(
      z
        .strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1), from: clock, to: clock })
        .refine(({ from, to }) => from <= to, 'ends before it begins; give a night as two rows'),
    )
    .min(1),
});
export type OpeningHoursRecord = z.infer<typeof openingHoursSchema>;

interface Span {
  readonly from: Minute;
  readonly to: Minute;
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** When a desk takes goods, or a truck leaves: a span that begins and ends with the same minute is one departure. */
export class OpeningHours {
  readonly #zone: TimeZone;
  readonly #hours: readonly { readonly on: readonly boolean[]; readonly from: number; readonly to: number }[];
  readonly #days = new Map<number, readonly Span[]>();

  constructor({ timeZone, hours }: OpeningHoursRecord) {
    this.#zone = new TimeZone(timeZone);
    this.#hours = hours.map(({ days, from, to }) => ({
      on: WEEKDAYS.map((name) => days.includes(name)),
      from: minutesOf(from),
      to: minutesOf(to),
    }));
  }

  /** The first open minute from a given one on. */
  nextOpen(minute: Minute): Minute {
    for (let day = this.#dayOf(minute) - 1; ; day += 1) {
      const next = this.#spans(day).find(({ to }) => to >= minute);
      if (next) return Math.max(next.from, minute);
    }
  }

  /** The last open minute up to a given one. */
  lastOpen(minute: Minute): Minute {
    for (let day = this.#dayOf(minute) + 1; ; day -= 1) {
      const last = this.#spans(day).findLast(({ from }) => from <= minute);
      if (last) return Math.min(last.to, minute);
    }
  }

  #dayOf(minute: Minute): number {
    const instant = instantOf(minute);
    return Math.floor((instant + this.#zone.offsetMs(instant)) / MS_PER_DAY);
  }

  #spans(day: number): readonly Span[] {
    let spans = this.#days.get(day);
    if (!spans) {
      const at = (minutes: number) => minuteOf(this.#zone.instantAt(day, minutes));
      spans = this.#hours
        .filter(({ on }) => on[weekdayOf(day) - 1])
        .map(({ from, to }) => ({ from: at(from), to: at(to) }))
        .sort((a, b) => a.from - b.from);
      this.#days.set(day, spans);
    }
    return spans;
  }
}
