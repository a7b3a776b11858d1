import { type CurrencyCode, type DayNumber, type Fault, nanosOfDecimal, weekdayOf } from '@crossparcel/units';
import type { TimetableRims } from './csv-timetable.ts';
import { DepartureTable } from './departure-table.ts';
import { badLine, type LineFault } from './faults.ts';
import { field, RECORD_LENGTH, readLeg, readOperatingFlight, type SsimLeg, ssimDay } from './ssim-line.ts';
import type { FlightTermsBook } from './terms.ts';
import { twinsOf } from './twins.ts';

const OPERATING_LEG = '050';

/** What a file of SSIM is read against: it tells when flights go, and neither room nor price. */
export interface SsimRims extends TimetableRims {
  readonly terms: FlightTermsBook;
  /** What an aircraft of a type carries, in kg; undefined when the type is not known. */
  payloadKg(aircraft: string): number | undefined;
  readonly currency: CurrencyCode;
}

interface LegLine {
  readonly line: number;
  readonly leg: SsimLeg;
  /** The last day, where the leg leaves its end open. */
  readonly until: DayNumber;
  operatedBy?: { readonly carrier: string; readonly flight: string };
}

/** Reads records in order: what a leg means depends on the carrier record before it and the segment records after it. */
class Records {
  readonly legs: LegLine[] = [];
  readonly #rims: SsimRims;
  #mode: 'L' | 'U' | undefined;
  #validTo: DayNumber | undefined;
  #leg: LegLine | undefined;

  constructor(rims: SsimRims) {
    this.#rims = rims;
  }

  take(text: string, line: number): Fault | undefined {
    if (text === '' || /^0+$/.test(text)) return undefined;
    if (text.length !== RECORD_LENGTH) {
      return badLine('record', `has ${text.length} bytes`, `give ${RECORD_LENGTH}, blanks at the end too`);
    }
    switch (text[0]) {
      case '2':
        return this.#carrier(text);
      case '3':
        return this.#flightLeg(text, line);
      case '4':
        return this.#segment(text);
      case '1':
      case '5':
        return undefined;
      default:
        return badLine('record type (bytes 1-1)', `"${text[0]}" is no record type`, 'give 1 to 5');
    }
  }

  #carrier(text: string): Fault | undefined {
    this.#mode = undefined;
    this.#leg = undefined;
    this.#validTo = ssimDay(field(text, 22, 28));
    const mode = field(text, 2);
    if (mode !== 'L' && mode !== 'U') return badLine('time mode (bytes 2-2)', `"${mode}" is not right`, 'give L or U');
    this.#mode = mode;
    return undefined;
  }

  #flightLeg(text: string, line: number): Fault | undefined {
    this.#leg = undefined;
    if (field(text, 14) === 'P') return undefined;
    if (!this.#mode)
      return badLine('record type (bytes 1-1)', 'no sound carrier record is before it', 'give record 2 first');
    const leg = readLeg(text, this.#mode, this.#rims.knowsAirport);
    if (!leg.ok) return leg.error;
    const until = leg.value.to ?? this.#validTo;
    if (until === undefined)
      return badLine('period (bytes 22-28)', 'is open, and so is that of the carrier', 'give an end');
    this.#leg = { line, leg: leg.value, until };
    this.legs.push(this.#leg);
    return undefined;
  }

  #segment(text: string): Fault | undefined {
    if (field(text, 31, 33) !== OPERATING_LEG || !this.#leg) return undefined;
    const operatedBy = readOperatingFlight(text);
    if (!operatedBy) return badLine('data (bytes 40-194)', 'names no operating flight', 'give carrier and number');
    this.#leg.operatedBy = operatedBy;
    return undefined;
  }
}

/** Adds every day of a leg to a table; gives what is wrong with what is known of the flight. */
const addDays = (table: DepartureTable, { leg, until, operatedBy }: LegLine, rims: SsimRims): Fault | undefined => {
  const { flight, carrier } = operatedBy ?? leg;
  const { origin, destination, kind, aircraft } = leg;
  for (let day = leg.from; day <= until; day += 1) {
    if (!leg.days[weekdayOf(day) - 1] || Math.floor((day - leg.from) / 7) % leg.everyWeeks !== 0) continue;
    const terms = rims.terms.of({ flight, carrier, origin, destination, kind, aircraft }, day);
    const payloadKg = rims.payloadKg(aircraft);
    const capacityKg = terms.capacityKg ?? payloadKg;
    const { pricePerKg, cutoffMin, minConnectMin } = terms;
    const missing = (what: string) => badLine(what, `nobody says it for ${flight}`, 'give it in the terms of flights');
    if (capacityKg === undefined) return missing('capacityKg');
    if (pricePerKg === undefined || terms.currency === undefined) return missing('pricePerKg');
    if (cutoffMin === undefined) return missing('cutoffMin');
    if (minConnectMin === undefined) return missing('minConnectMin');
    if (payloadKg !== undefined && capacityKg > payloadKg) {
      const what = `${capacityKg} kg are more than the ${payloadKg} kg that a ${aircraft} carries`;
      return badLine('capacityKg', what, 'correct the terms, or the aircraft type (bytes 73-75)');
    }
    const departs = day * 1440 + leg.departs;
    table.add({
      flight,
      carrier,
      kind,
      origin,
      destination,
      departs,
      arrives: day * 1440 + leg.arrives,
      capacityGrams: Math.round(capacityKg * 1000),
      pricePerKg: rims.convert(nanosOfDecimal(pricePerKg), terms.currency, table.currency, departs),
      cutoffMin,
      minConnectMin,
      handlingMin: terms.handlingMin ?? 0,
    });
  }
  return undefined;
};

/**
 * Reads a timetable from SSIM chapter 7: periods and days of operation become departures, flights that others sell under
 * their own numbers (data element 050) become the operating flight, once. Room, price and times of handling come from the
 * terms. A line that cannot be taken is told to `onFault` and left out; what that throws ends the reading.
 */
export const readSsim = (
  lines: Iterable<string>,
  rims: SsimRims,
  onFault: (fault: LineFault) => void,
): DepartureTable => {
  const records = new Records(rims);
  let line = 0;
  for (const text of lines) {
    line += 1;
    const fault = records.take(text, line);
    if (fault) onFault({ line, fault });
  }
  const table = new DepartureTable(rims.currency);
  const lineOf: number[] = [];
  const operated = records.legs.filter(({ operatedBy }) => !operatedBy);
  const sold = records.legs.filter(({ operatedBy }) => operatedBy);
  let own = 0;
  for (const leg of [...operated, ...sold]) {
    const fault = addDays(table, leg, rims);
    if (fault) onFault({ line: leg.line, fault });
    while (lineOf.length < table.length) lineOf.push(leg.line);
    if (!leg.operatedBy) own = table.length;
  }
  const twins = twinsOf(table);
  for (const { first, second } of twins) {
    // Beside the operating flight one that is sold under another number is no news.
    if (second >= own) continue;
    const what = `leaves here at a time at which it does already (line ${lineOf[first]})`;
    onFault({
      line: lineOf[second] as number,
      fault: badLine('flight number (bytes 6-9)', what, 'end one period earlier'),
    });
  }
  table.drop(twins.map(({ second }) => second));
  return table;
};
