import { type DayNumber, dayOfCivil, type Fault, fail, ok, type Result } from '@crossparcel/units';
import type { FlightKind } from './departure.ts';
import { badLine } from './faults.ts';

/** Length of every record of SSIM chapter 7. */
export const RECORD_LENGTH = 200;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** The first year that two digits can name: files of flights are neither older nor plan that far ahead. */
const CENTURY = 2000;
const OPEN_END = '00XXX00';

/** IATA service types by what flies; positioning flights (P) carry nothing. */
const KIND_OF_SERVICE: Readonly<Record<string, FlightKind>> = Object.fromEntries(
  (
    [
      ['freighter', 'AFHM'],
      ['truck', 'V'],
      ['passenger', 'BCDEGJLNOQRSU'],
    ] as const
  ).flatMap(([kind, letters]) => [...letters].map((letter) => [letter, kind])),
);

/** A field of a record by its first and last byte, counted from 1 as the manual does. */
export const field = (line: string, from: number, to = from): string => line.slice(from - 1, to);

/** A flight leg as record type 3 gives it: on certain days of a period, at the same times. */
export interface SsimLeg {
  readonly carrier: string;
  readonly flight: string;
  readonly kind: FlightKind;
  readonly aircraft: string;
  readonly origin: string;
  readonly destination: string;
  readonly from: DayNumber;
  /** Undefined when the end is open. */
  readonly to: DayNumber | undefined;
  /** Monday first: the days on which the first leg of the flight leaves. */
  readonly days: readonly boolean[];
  /** Every so many weeks, from the first day on. */
  readonly everyWeeks: number;
  /** Minutes from 00:00Z of a day of operation. */
  readonly departs: number;
  readonly arrives: number;
}

/** The name of a flight: carrier, number without leading zeros, and suffix, as `CX880`. */
const flightName = (carrier: string, number: string, suffix: string): string =>
  `${carrier}${Number(number)}${suffix.trim()}`;

/** Reads `22NOV26`; undefined for anything else. */
export const ssimDay = (text: string): DayNumber | undefined => {
  const match = /^(\d\d)([A-Z]{3})(\d\d)$/.exec(text);
  if (!match) return undefined;
  return dayOfCivil(CENTURY + Number(match[3]), MONTHS.indexOf(match[2] as string) + 1, Number(match[1]));
};

const clock = (text: string): number | undefined =>
  /^([01]\d|2[0-3])[0-5]\d$|^2400$/.test(text) ? Number(text.slice(0, 2)) * 60 + Number(text.slice(2)) : undefined;

const offset = (text: string): number | undefined =>
  /^[+-](0\d|1[0-4])[0-5]\d$/.test(text)
    ? (Number(text.slice(1, 3)) * 60 + Number(text.slice(3))) * (text[0] === '-' ? -1 : 1)
    : undefined;

/** Days by which a leg is after (or, as A or J, before) the day of operation. */
const dayShift = (text: string): number | undefined => {
  if (text === ' ') return 0;
  if (text === 'A' || text === 'J') return -1;
  return /^\d$/.test(text) ? Number(text) : undefined;
};

/** Which days a leg goes, Monday first. */
const weekdays = (text: string): boolean[] | undefined =>
  /^[1 ][2 ][3 ][4 ][5 ][6 ][7 ]$/.test(text) ? Array.from(text, (day) => day !== ' ') : undefined;

/** Reads the parts of a line one by one, and keeps the first fault. */
class Reader {
  readonly #line: string;
  fault: Fault | undefined;

  constructor(line: string) {
    this.#line = line;
  }

  /** A field read by a function that gives undefined when it cannot. */
  read<Value>(name: string, from: number, to: number, by: (text: string) => Value | undefined, right: string): Value {
    const text = field(this.#line, from, to);
    const value = by(text);
    if (value === undefined) this.fault ??= badLine(`${name} (bytes ${from}-${to})`, `"${text}" is not right`, right);
    return value as Value;
  }
}

const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text.trim() : undefined);

/**
 * Reads record type 3. In mode `L` times are local with the offsets that the record gives, in mode `U` they are UTC; days of
 * operation are those of the first leg, and the date variations say by how many days this leg is after them.
 */
export const readLeg = (
  line: string,
  mode: 'L' | 'U',
  knowsAirport: (code: string) => boolean,
): Result<SsimLeg, Fault> => {
  const reader = new Reader(line);
  const airport = (text: string) => (knowsAirport(text) ? text : undefined);
  const carrier = reader.read(
    'airline',
    3,
    5,
    matching(/^[A-Z0-9]{2}[A-Z0-9 ]$/),
    'give two or three letters or digits',
  );
  const number = reader.read('flight number', 6, 9, matching(/^ *\d{1,4}$/), 'give up to four digits');
  const kind = reader.read('service type', 14, 14, (text) => KIND_OF_SERVICE[text], 'give an IATA service type');
  const from = reader.read('period', 15, 21, ssimDay, 'give DDMMMYY');
  const end = (text: string) => (text === OPEN_END ? Number.POSITIVE_INFINITY : ssimDay(text));
  const to = reader.read('period', 22, 28, end, `give DDMMMYY, or ${OPEN_END} for an open end`);
  const days = reader.read('days', 29, 35, weekdays, 'give 1 to 7 in their places');
  const every = reader.read('frequency rate', 36, 36, matching(/^[ 12]$/), 'give 2 for fortnightly, or a blank');
  const origin = reader.read('departure station', 37, 39, airport, 'give the IATA code of an airport that is known');
  const std = reader.read('departure time', 44, 47, clock, 'give HHMM');
  const before = reader.read('departure offset', 48, 52, offset, 'give +HHMM or -HHMM');
  const destination = reader.read('arrival station', 55, 57, airport, 'give the IATA code of an airport that is known');
  const sta = reader.read('arrival time', 58, 61, clock, 'give HHMM');
  const after = reader.read('arrival offset', 66, 70, offset, 'give +HHMM or -HHMM');
  const departShift = reader.read('date variation', 193, 193, dayShift, 'give a digit, or A for a day before');
  const arriveShift = reader.read('date variation', 194, 194, dayShift, 'give a digit, or A for a day before');
  if (reader.fault) return fail(reader.fault);
  if (to < from) return fail(badLine('period (bytes 22-28)', 'ends before it begins', 'give a later day'));
  const departs = departShift * 1440 + std - (mode === 'L' ? before : 0);
  const arrives = arriveShift * 1440 + sta - (mode === 'L' ? after : 0);
  if (arrives <= departs) {
    const what = 'the flight lands before it leaves';
    return fail(badLine('arrival time (bytes 58-61)', what, 'mind the offsets and the date variation (bytes 193-194)'));
  }
  return ok({
    carrier,
    flight: flightName(carrier, number, field(line, 2)),
    kind,
    aircraft: field(line, 73, 75).trim(),
    origin,
    destination,
    from,
    to: Number.isFinite(to) ? to : undefined,
    days,
    everyWeeks: every === '2' ? 2 : 1,
    departs,
    arrives,
  });
};

/** The flight that data element 050 of record type 4 says operates the leg; undefined when the data names none. */
export const readOperatingFlight = (line: string): { carrier: string; flight: string } | undefined => {
  const match = /^([A-Z0-9]{2}[A-Z0-9 ]) *(\d{1,4})([A-Z]?)/.exec(field(line, 40, 194));
  if (!match) return undefined;
  const carrier = (match[1] as string).trim();
  return { carrier, flight: flightName(carrier, match[2] as string, match[3] as string) };
};
