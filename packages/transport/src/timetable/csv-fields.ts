import { dayOfCivil } from '@crossparcel/units';
import type { Minute } from './minute.ts';

const ZERO = 48;
const MINUTES_PER_DAY = 1440;

/** Reads fields of a CSV file as bytes, without making strings: a text of each would take most of the time of loading. */
export const digits = (bytes: Uint8Array, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return from < to ? value : Number.NaN;
};

/**
 * A decimal times ten to a power: `2.45` at 9 gives 2,450,000,000. NaN when it is no plain decimal, has more decimals than
 * that, or is too large to be exact.
 */
export const scaledDecimal = (bytes: Uint8Array, from: number, to: number, decimals: number): number => {
  let point = from;
  while (point < to && bytes[point] !== 46) point += 1;
  if (point === to) return safe(digits(bytes, from, to) * 10 ** decimals);
  let last = to;
  while (last - point - 1 > decimals && bytes[last - 1] === ZERO) last -= 1;
  const given = last - point - 1;
  if (given < 1 || given > decimals) return Number.NaN;
  const whole = digits(bytes, from, point);
  const fraction = digits(bytes, point + 1, last);
  return safe(whole * 10 ** decimals + fraction * 10 ** (decimals - given));
};

const safe = (value: number): number => (Number.isSafeInteger(value) ? value : Number.NaN);

/** Reads RFC 3339 date-times to the minute; remembers the last day, because neighbours in a timetable share it. */
export class MinuteReader {
  #day = 0;
  #dayNumber = 0;

  /** The minute; NaN when the text is no date-time with an offset, names no real day, or is not on a whole minute. */
  read(bytes: Uint8Array, from: number, to: number): Minute {
    const year = digits(bytes, from, from + 4);
    const month = digits(bytes, from + 5, from + 7);
    const day = digits(bytes, from + 8, from + 10);
    const hour = digits(bytes, from + 11, from + 13);
    const minute = digits(bytes, from + 14, from + 16);
    const separator = bytes[from + 10];
    const isForm =
      to - from >= 17 &&
      bytes[from + 4] === 45 &&
      bytes[from + 7] === 45 &&
      (separator === 84 || separator === 116 || separator === 32) &&
      bytes[from + 13] === 58;
    if (!isForm || !(hour < 24) || !(minute < 60)) return Number.NaN;
    return this.#dayOf(year, month, day) * MINUTES_PER_DAY + hour * 60 + minute - offsetAfter(bytes, from + 16, to);
  }

  #dayOf(year: number, month: number, day: number): number {
    const packed = (year * 16 + month) * 32 + day;
    if (packed !== this.#day) {
      this.#dayNumber = dayOfCivil(year, month, day) ?? Number.NaN;
      this.#day = packed;
    }
    return this.#dayNumber;
  }
}

/** Minutes ahead of UTC, from the seconds of a date-time on; NaN when seconds are not zero or the offset is not there. */
const offsetAfter = (bytes: Uint8Array, from: number, to: number): number => {
  let at = from;
  if (bytes[at] === 58) {
    if (digits(bytes, at + 1, at + 3) !== 0) return Number.NaN;
    at += 3;
    if (bytes[at] === 46) {
      at += 1;
      while (bytes[at] === ZERO) at += 1;
    }
  }
  const sign = bytes[at];
  if ((sign === 90 || sign === 122) && at + 1 === to) return 0;
  if ((sign !== 43 && sign !== 45) || at + 6 !== to || bytes[at + 3] !== 58) return Number.NaN;
  const hours = digits(bytes, at + 1, at + 3);
  const minutes = digits(bytes, at + 4, at + 6);
  if (!(hours < 24) || !(minutes < 60)) return Number.NaN;
  return (hours * 60 + minutes) * (sign === 45 ? -1 : 1);
};
