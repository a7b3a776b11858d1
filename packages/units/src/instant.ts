import { dayOfCivil, formatDay } from './calendar-day.ts';

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

const MS_PER_MINUTE = 60_000;
export const MS_PER_DAY = 86_400_000;

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):(\d{2}))?$/;

/** An instant as read, and whether the text named the offset from UTC that RFC 3339 asks for. */
export interface ReadInstant {
  readonly instant: Instant;
  readonly hasOffset: boolean;
}

/**
 * Reads an RFC 3339 date-time; seconds may be missing. Without an offset the clock is read as UTC and `hasOffset` is
 * false, so that the caller can refuse it or say so. Undefined when the text is no date-time or names no real day.
 */
export const readInstant = (text: string): ReadInstant | undefined => {
  const match = RFC_3339.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zulu, sign, offsetHour, offsetMinute] = match;
  const dayNumber = dayOfCivil(Number(year), Number(month), Number(day));
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (dayNumber === undefined || h > 23 || m > 59 || s > 60) return undefined;
  const offset = sign ? (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1) : 0;
  if (Math.abs(offset) > 24 * 60) return undefined;
  const milliseconds = Math.trunc(Number(fraction.padEnd(3, '0').slice(0, 3)));
  const instant =
    dayNumber * MS_PER_DAY + (h * 60 + m - offset) * MS_PER_MINUTE + Math.min(s, 59) * 1000 + milliseconds;
  return { instant, hasOffset: zulu !== undefined || sign !== undefined };
};

/** An instant as RFC 3339 in UTC, without the fraction when it is zero: `2026-11-22T08:00:00Z`. */
export const formatInstant = (instant: Instant): string => {
  const day = Math.floor(instant / MS_PER_DAY);
  const rest = instant - day * MS_PER_DAY;
  const part = (value: number, width = 2) => String(value).padStart(width, '0');
  const fraction = rest % 1000 === 0 ? '' : `.${part(rest % 1000, 3)}`;
  const seconds = Math.floor(rest / 1000);
  const clock = `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`;
  return `${formatDay(day)}T${clock}${fraction}Z`;
};

/** The UTC calendar day on which an instant falls. */
export const dayOfInstant = (instant: Instant): number => Math.floor(instant / MS_PER_DAY);
