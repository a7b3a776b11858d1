import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  compileGround,
  type DepartureTable,
  FlightTermsBook,
  flightTermsSchema,
  type GroundNetwork,
  groundLegSchema,
  instantOf,
  type LineFault,
  type Movement,
  movementOf,
  movementSchema,
  readCsvTimetable,
  readSsim,
  type TimetableRims,
} from '@crossparcel/transport';
import { convertNanos, dayOfInstant, faultOfIssues, type RatesByDay } from '@crossparcel/units';
import * as z from 'zod';
import { parseCsv } from './csv.ts';
import { InputError } from './input-error.ts';
import { readChecked } from './read-checked.ts';
import { Reference } from './reference.ts';

/** The header of SSIM chapter 7, as its manual has it. */
const SSIM_START = /^1AIRLINE STANDARD SCHEDULE DATA SET/;

/** The bytes of a file, unpacked where it is gzip. Throws `InputError`. */
const bytesOf = (file: string): Uint8Array => {
  try {
    const bytes = readFileSync(file);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  } catch (cause) {
    const fault = { code: 'unreadable-file', what: 'cannot be read', mend: 'check the path, or unpack it first' };
    throw new InputError(fault, { file, line: 0 }, { cause });
  }
};

/** The terms of a file before those of the reference folder, and the first price's currency. Throws `InputError`. */
const termsOf = (reference: Reference, file: string | undefined) => {
  const own = file === undefined ? [] : readChecked(z.array(flightTermsSchema), file);
  const overlap = FlightTermsBook.overlap(own);
  if (overlap && file !== undefined) {
    const { index, fault } = overlap;
    throw new InputError({ ...fault, field: `[${index}].${fault.field}` }, { file, line: 1 });
  }
  const currency = own.find((record) => record.currency !== undefined)?.currency;
  return { terms: new FlightTermsBook([...own, ...reference.flightTerms()]), currency };
};

const raise = (error: InputError): never => {
  throw error;
};

/**
 * Reads a timetable from a file, gzip or not: SSIM chapter 7, told by its header, or CSV. SSIM says neither room nor price:
 * `termsFile` gives them, and overrides the cut-offs of the reference folder. What is wrong with a line goes to `onFault`;
 * when that throws, as it does where none is given, reading ends. Prices of several currencies come into that of the first
 * one at the reference rates. Throws `InputError` when no line can be taken.
 */
export const readTimetable = (
  file: string,
  onFault: (error: InputError) => void = raise,
  termsFile?: string,
): DepartureTable => {
  const reference = new Reference();
  const airports = reference.airports();
  const rates = reference.fixedRates();
  const rims: TimetableRims = {
    knowsAirport: (code) => airports.has(code),
    convert: (price, from, to, departs) =>
      convertNanos(price, rates.on(dayOfInstant(instantOf(departs))).rate(from, to)),
  };
  const tell = ({ line, fault }: LineFault) => onFault(new InputError(fault, { file, line }));
  const bytes = bytesOf(file);
  const table = isSsim(bytes)
    ? ssimTable(bytes, rims, reference, tell, termsFile)
    : readCsvTimetable(bytes, rims, tell);
  if (table && table.length > 0) return table;
  const fault = { code: 'empty-file', what: 'has no departure that can be taken', mend: 'give a header line and rows' };
  throw new InputError(fault, { file, line: 1 });
};

const isSsim = (bytes: Uint8Array): boolean => SSIM_START.test(new TextDecoder('latin1').decode(bytes.subarray(0, 64)));

const ssimTable = (
  bytes: Uint8Array,
  rims: TimetableRims,
  reference: Reference,
  tell: (fault: LineFault) => void,
  termsFile: string | undefined,
): DepartureTable => {
  const payloads = reference.payloads();
  const { terms, currency = 'USD' } = termsOf(reference, termsFile);
  const lines = new TextDecoder('latin1').decode(bytes).split(/\r?\n/);
  return readSsim(lines, { ...rims, terms, currency, payloadKg: (aircraft) => payloads.get(aircraft) }, tell);
};

/** Reads ground legs from a JSON file, if there is one, priced in the currency of a timetable's table, which learns their places. */
export const readGround = (file: string | undefined, table: DepartureTable, rates: RatesByDay): GroundNetwork => {
  const records = file === undefined ? [] : readChecked(z.array(groundLegSchema), file);
  // Ground legs have no date; reference rates are the same every day.
  const on = rates.on(0);
  return compileGround(records, table.places, (price, from) => convertNanos(price, on.rate(from, table.currency)));
};

/** Reads flights of the past from a CSV file. What is wrong with a line goes to `onFault`, as with timetables. */
export const readMovements = (file: string, onFault: (error: InputError) => void = raise): Movement[] => {
  const text = new TextDecoder().decode(bytesOf(file));
  return parseCsv(text, file).flatMap((row, index) => {
    const parsed = movementSchema.safeParse(row);
    if (parsed.success) return [movementOf(parsed.data)];
    onFault(new InputError(faultOfIssues(parsed.error.issues), { file, line: index + 2 }));
    return [];
  });
};
