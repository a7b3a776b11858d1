import { type CurrencyCode, type Fault, isCurrency, type Nanos } from '@crossparcel/units';
import { CodeTable } from './code-table.ts';
import { MOST_MINUTES } from './connections.ts';
import { digits, MinuteReader, scaledDecimal } from './csv-fields.ts';
import { CsvLines } from './csv-lines.ts';
import { DepartureTable } from './departure-table.ts';
import { badLine, type LineFault } from './faults.ts';
import type { Minute } from './minute.ts';
import { twinsOf } from './twins.ts';

const COLUMNS = [
  'flight',
  'carrier',
  'origin',
  'destination',
  'departure',
  'arrival',
  'capacityKg',
  'pricePerKg',
  'currency',
  'cutoffMin',
  'minConnectMin',
] as const;
const GRAM_DECIMALS = 3;
const NANO_DECIMALS = 9;
/** Bytes of a short line: how many lines there may be is told by the size of a file. */
const LEAST_LINE = 80;

/** What a timetable file is read against. */
export interface TimetableRims {
  /** Whether an airport of this code exists. */
  knowsAirport(code: string): boolean;
  /** A price of one currency in another, at the rate of the day of a departure. Throws `missing-exchange-rate`. */
  convert(price: Nanos, from: CurrencyCode, to: CurrencyCode, departs: Minute): Nanos;
}

const UNSEEN = -2;
const UNSOUND = -1;
/** Short codes are packed six bits a character, which holds digits and capital letters. */
const SHORT = 3;

/** Codes of one kind as they come in a file, each checked when it is first seen. */
class CheckedCodes {
  readonly #codes: CodeTable;
  readonly #isSound: (code: string) => boolean;
  /** Numbers of codes of three characters, at what they are packed to: airports, currencies and most carriers. */
  readonly #short = new Int32Array(1 << (6 * SHORT)).fill(UNSEEN);
  readonly #unsound = new Set<number>();

  constructor(codes: CodeTable, isSound: (code: string) => boolean) {
    this.#codes = codes;
    this.#isSound = isSound;
  }

  /** The number of a code; negative when it is not sound. */
  number({ bytes, starts, ends }: CsvLines, field: number): number {
    const from = starts[field] as number;
    const to = ends[field] as number;
    if (to - from !== SHORT) return this.#look(bytes, from, to);
    let packed = 0;
    for (let at = from; at < to; at += 1) {
      const six = (bytes[at] as number) - 32;
      if (six < 0 || six > 63) return this.#look(bytes, from, to);
      packed = packed * 64 + six;
    }
    const known = this.#short[packed] as number;
    if (known !== UNSEEN) return known;
    const number = this.#look(bytes, from, to);
    this.#short[packed] = number;
    return number;
  }

  at(index: number): string {
    return this.#codes.at(index);
  }

  #look(bytes: Uint8Array, from: number, to: number): number {
    const seen = this.#codes.size;
    const index = this.#codes.internBytes(bytes, from, to);
    if (index === seen && !this.#isSound(this.#codes.at(index))) this.#unsound.add(index);
    return this.#unsound.size > 0 && this.#unsound.has(index) ? UNSOUND : index;
  }
}

const isDesignator = (code: string): boolean => /^[!-~]{1,16}$/.test(code);

/** Where the columns stand; `loadKg` is negative where there is none. */
type Columns = Readonly<Record<(typeof COLUMNS)[number] | 'loadKg', number>>;

/** Lines of one file, each checked and added to a table. */
class TimetableLines {
  readonly table: DepartureTable;
  readonly #rims: TimetableRims;
  readonly #lines: CsvLines;
  readonly #header: readonly string[];
  readonly #columns: Columns;
  readonly #lineOf: number[] = [];
  readonly #minutes = new MinuteReader();
  readonly #flights: CheckedCodes;
  readonly #carriers: CheckedCodes;
  readonly #airports: CheckedCodes;
  readonly #currencies = new CheckedCodes(new CodeTable(), isCurrency);
  #fault: Fault | undefined;

  constructor(currency: CurrencyCode, rims: TimetableRims, lines: CsvLines, header: readonly string[]) {
    const expected = lines.bytes.length / LEAST_LINE;
    this.table = new DepartureTable(currency, undefined, expected);
    this.#rims = rims;
    this.#lines = lines;
    this.#header = header;
    this.#columns = Object.fromEntries([...COLUMNS, 'loadKg'].map((name) => [name, header.indexOf(name)])) as Columns;
    this.#flights = new CheckedCodes(this.table.flights, isDesignator);
    this.#carriers = new CheckedCodes(this.table.carriers, isDesignator);
    this.#airports = new CheckedCodes(this.table.places, (code) => /^[A-Z]{3}$/.test(code) && rims.knowsAirport(code));
  }

  /** Adds the departure of a line, or gives what is wrong with it. */
  take(line: number): Fault | undefined {
    this.#fault = undefined;
    const at = this.#columns;
    const departs = this.#time(at.departure);
    const arrives = this.#time(at.arrival);
    if (arrives <= departs) this.#bad(at.arrival, 'is not after the departure', 'give a later time; mind the offsets');
    if (arrives - departs > MOST_MINUTES) this.#bad(at.arrival, 'is weeks after the departure', 'give an earlier time');
    const row = {
      flight: this.#designator(at.flight, this.#flights),
      carrier: this.#designator(at.carrier, this.#carriers),
      kind: 0,
      origin: this.#airport(at.origin),
      destination: this.#airport(at.destination),
      departs,
      arrives,
      capacityGrams: this.#room(),
      pricePerKg: this.#price(departs),
      cutoffMin: this.#wholeMinutes(at.cutoffMin),
      minConnectMin: this.#wholeMinutes(at.minConnectMin),
      handlingMin: 0,
    };
    if (row.origin === row.destination) this.#bad(at.destination, 'is the origin', 'give another airport');
    if (this.#fault) return this.#fault;
    this.table.addNumbered(row);
    this.#lineOf.push(line);
    return undefined;
  }

  /** Takes departures out that are told more than once, and says so. */
  dropTwins(): LineFault[] {
    const twins = twinsOf(this.table);
    const faults = twins.map(({ first, second }) => ({
      line: this.#lineOf[second] as number,
      fault: this.#overlap(first, second),
    }));
    this.table.drop(twins.map(({ second }) => second));
    return faults;
  }

  #overlap(first: number, second: number): Fault {
    const line = `line ${this.#lineOf[first]}`;
    const [one, other] = [this.table.cutoffMin[first], this.table.cutoffMin[second]];
    if (one === other)
      return badLine('flight', `leaves here at this time already (${line})`, 'give each departure once');
    const what = `is ${other} where ${line} says ${one} of the same departure`;
    return badLine('cutoffMin', what, 'give each departure once, with one cut-off');
  }

  /** Keeps the first fault of a line. */
  #bad(column: number, what: string, mend: string): number {
    this.#fault ??= badLine(this.#header[column] ?? '', what, mend);
    return Number.NaN;
  }

  #designator(column: number, codes: CheckedCodes): number {
    const number = codes.number(this.#lines, column);
    if (number >= 0) return number;
    return this.#bad(column, `"${this.#text(column)}" is no designator`, 'give up to 16 characters without spaces');
  }

  #airport(column: number): number {
    const number = this.#airports.number(this.#lines, column);
    if (number >= 0) return number;
    return this.#bad(column, `"${this.#text(column)}" is no airport that is known`, 'give its IATA code');
  }

  #time(column: number): Minute {
    const { bytes, starts, ends } = this.#lines;
    const minute = this.#minutes.read(bytes, starts[column] as number, ends[column] as number);
    if (!Number.isNaN(minute)) return minute;
    const mend = 'write RFC 3339 with an offset, as 2026-11-22T08:00:00+08:00';
    return this.#bad(column, `"${this.#text(column)}" is no time on a whole minute`, mend);
  }

  #wholeMinutes(column: number): number {
    const { bytes, starts, ends } = this.#lines;
    const value = digits(bytes, starts[column] as number, ends[column] as number);
    if (value <= MOST_MINUTES) return value;
    return this.#bad(
      column,
      `"${this.#text(column)}" is no time in minutes`,
      `give a whole number up to ${MOST_MINUTES}`,
    );
  }

  #decimal(column: number, decimals: number): number {
    const { bytes, starts, ends } = this.#lines;
    const value = scaledDecimal(bytes, starts[column] as number, ends[column] as number, decimals);
    if (!Number.isNaN(value)) return value;
    const mend = `give a decimal with at most ${decimals} decimals`;
    return this.#bad(column, `"${this.#text(column)}" is no amount`, mend);
  }

  /** What is left of the capacity, in grams. */
  #room(): number {
    const { capacityKg, loadKg } = this.#columns;
    const capacity = this.#decimal(capacityKg, GRAM_DECIMALS);
    if (loadKg < 0 || this.#text(loadKg) === '') return capacity;
    const load = this.#decimal(loadKg, GRAM_DECIMALS);
    if (load <= capacity) return capacity - load;
    return this.#bad(capacityKg, `is below the load of ${this.#text(loadKg)} kg`, 'correct one of them');
  }

  #price(departs: Minute): Nanos {
    const { pricePerKg, currency } = this.#columns;
    const price = this.#decimal(pricePerKg, NANO_DECIMALS);
    const number = this.#currencies.number(this.#lines, currency);
    if (number < 0) return this.#bad(currency, `"${this.#text(currency)}" is no currency`, 'give an ISO 4217 code');
    if (this.#fault) return Number.NaN;
    const code = this.#currencies.at(number);
    return code === this.table.currency ? price : this.#rims.convert(price, code, this.table.currency, departs);
  }

  #text(column: number): string {
    return this.#lines.text(column);
  }
}

/**
 * Reads a timetable from CSV with a header line: `flight,carrier,origin,destination,departure,arrival,capacityKg,
 * pricePerKg,currency,cutoffMin,minConnectMin` in any order, and `loadKg` (on the flight already) where there is one. Times
 * are RFC 3339 with an offset, on whole minutes; a departure is named once. Prices come into `currency`, or without one
 * into that of the first line. A line that cannot be taken is told to `onFault` and left out; what that throws ends the
 * reading. Undefined when the file has no line but the header, or not even that.
 */
export const readCsvTimetable = (
  bytes: Uint8Array,
  rims: TimetableRims,
  onFault: (fault: LineFault) => void,
  currency?: CurrencyCode,
): DepartureTable | undefined => {
  const lines = new CsvLines(bytes);
  const header = lines.next() ? lines.texts().map((name) => name.trim()) : [];
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    const what = `the header lacks ${missing.join(', ')}`;
    onFault({ line: 1, fault: badLine(missing[0] as string, what, `name the columns ${COLUMNS.join(',')}`) });
    return undefined;
  }
  const currencyAt = header.indexOf('currency');
  let reader: TimetableLines | undefined;
  while (lines.next()) {
    const { line } = lines;
    if (lines.count !== header.length) {
      const what = `the line has ${lines.count} fields where the header has ${header.length}`;
      onFault({ line, fault: badLine(header[lines.count] ?? 'line', what, 'give every column once') });
      continue;
    }
    if (!reader) {
      const first = currency ?? lines.text(currencyAt);
      if (!isCurrency(first)) {
        onFault({ line, fault: badLine('currency', `"${first}" is no currency`, 'give an ISO 4217 code') });
        continue;
      }
      reader = new TimetableLines(first, rims, lines, header);
    }
    const fault = reader.take(line);
    if (fault) onFault({ line, fault });
  }
  for (const fault of reader?.dropTwins() ?? []) onFault(fault);
  return reader?.table;
};
