import type { DayNumber } from './calendar-day.ts';
import { type Instant, MS_PER_DAY } from './instant.ts';

/** A local calendar day and the minutes since its midnight. */
export interface LocalTime {
  readonly day: DayNumber;
  readonly minutes: number;
}

// Every offset change of the IANA database falls on a quarter hour of UTC, so one look-up serves fifteen minutes.
const QUARTER_HOUR_MS = 900_000;

/** An IANA time zone: which local day and minute an instant is, and the other way round. */
export class TimeZone {
  readonly id: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  /** Throws a RangeError when the id is not an IANA zone. */
  constructor(id: string) {
    this.id = id;
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longOffset' });
  }

  /** The local day and minute of an instant. */
  local(instant: Instant): LocalTime {
    const shifted = instant + this.offsetMs(instant);
    const day = Math.floor(shifted / MS_PER_DAY);
    return { day, minutes: Math.floor((shifted - day * MS_PER_DAY) / 60_000) };
  }

  /**
   * The instant of a local day and minute. A time skipped by a clock change reads as after it, a repeated one as its
   * first occurrence, as java.time and Temporal ("compatible") do.
   */
  instantAt(day: DayNumber, minutes: number): Instant {
    const wall = day * MS_PER_DAY + minutes * 60_000;
    const before = this.offsetMs(wall - MS_PER_DAY);
    const after = this.offsetMs(wall + MS_PER_DAY);
    const early = wall - before;
    if (this.offsetMs(early) === before) return early;
    const late = wall - after;
    return this.offsetMs(late) === after ? late : early;
  }

  /** Milliseconds by which local time is ahead of UTC at an instant. */
  offsetMs(instant: Instant): number {
    const quarter = Math.floor(instant / QUARTER_HOUR_MS);
    let offset = this.#offsets.get(quarter);
    if (offset === undefined) {
      offset = this.#lookUp(quarter * QUARTER_HOUR_MS);
      this.#offsets.set(quarter, offset);
    }
    return offset;
  }

  #lookUp(instant: Instant): number {
    const text = this.#format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
    if (!match) throw new RangeError(`unexpected offset text ${text} for ${this.id}`);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
    const magnitude = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return sign === '-' ? -magnitude : magnitude;
  }
}
