import { type CurrencyCode, type Fault, isCurrency, type Nanos } from '@crossparcel/units';
import { CodeTable } from './code-table.ts';
import { MOST_MINUTES } from './connections.ts';
import { digits, MinuteReader, scaledDecimal } from './csv-fields.ts';
import { CsvLines } from './csv-lines.ts';
import { DepartureIndex } from './departure-index.ts';
import { DepartureTable } from './departure-table.ts';
import { badLine, type LineFault } from './faults.ts';
import type { Minute } from './minute.ts';

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

/** What a timetable file is read against. */
export interface TimetableRims {
  /** Whether an airport of this code exists. */
  knowsAirport(code: string): boolean;
  /** A price of one currency in another, at the rate of the day of a departure. Throws `missing-exchange-rate`. */
  convert(price: Nanos, from: CurrencyCode, to: CurrencyCode, departs: Minute): Nanos;
}

/** Codes of one kind as they come in a file, each checked when it is first seen. */
class CheckedCodes {
  readonly #codes: CodeTable;
  readonly #isSound: (code: string) => boolean;
  readonly #unsound = new Set<number>();

  constructor(codes: CodeTable, isSound: (code: string) => boolean) {
    this.#codes = codes;
    this.#isSound = isSound;
  }

  /** The number of a code; undefined when it is not sound. */
  number({ bytes, starts, ends }: CsvLines, field: number): number | undefined {
    const seen = this.#codes.size;
    const index = this.#codes.internBytes(bytes, starts[field] as number, ends[field] as number);
    if (index === seen && !this.#isSound(this.#codes.at(index))) this.#unsound.add(index);
    return this.#unsound.size > 0 && this.#unsound.has(index) ? undefined : index;
  }

  at(index: number): string {
    return this.#codes.at(index);
  }
}

const isDesignator = (code: string): boolean => /^[!-~]{1,16}$/.test(code);

/** Lines of one file, each checked and added to a table. */
class TimetableLines {
  readonly table: DepartureTable;
  readonly #rims: TimetableRims;
  readonly #lines: CsvLines;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #index: DepartureIndex;
  readonly #lineOf: number[] = [];
  readonly #minutes = new MinuteReader();
  readonly #flights: CheckedCodes;
  readonly #carriers: CheckedCodes;
  readonly #airports: CheckedCodes;
  readonly #currencies = new CheckedCodes(new CodeTable(), isCurrency);
  #fault: Fault | undefined;

  constructor(currency: CurrencyCode, rims: TimetableRims, lines: CsvLines, columns: ReadonlyMap<string, number>) {
    this.table = new DepartureTable(currency);
    this.#rims = rims;
    this.#lines = lines;
    this.#columns = columns;
    this.#index = new DepartureIndex(this.table);
    this.#flights = new CheckedCodes(this.table.flights, isDesignator);
    this.#carriers = new CheckedCodes(this.table.carriers, isDesignator);
    this.#airports = new CheckedCodes(this.table.places, (code) => /^[A-Z]{3}$/.test(code) && rims.knowsAirport(code));
  }

  /** Adds the departure of a line, or gives what is wrong with it. */
  take(line: number): Fault | undefined {
    this.#fault = undefined;
    const departs = this.#time('departure');
    const arrives = this.#time('arrival');
    if (arrives <= departs) this.#bad('arrival', 'is not after the departure', 'give a later time; mind the offsets');
    if (arrives - departs > MOST_MINUTES) this.#bad('arrival', 'is weeks after the departure', 'give an earlier time');
    const row = {
      flight: this.#code('flight', this.#flights, 'is no flight number', 'give up to 16 characters without spaces'),
      carrier: this.#code('carrier', this.#carriers, 'is no carrier', 'give up to 16 characters without spaces'),
      kind: 0,
      origin: this.#airport('origin'),
      destination: this.#airport('destination'),
      departs,
      arrives,
      capacityGrams: this.#room(),
      pricePerKg: this.#price(departs),
      cutoffMin: this.#wholeMinutes('cutoffMin'),
      minConnectMin: this.#wholeMinutes('minConnectMin'),
      handlingMin: 0,
    };
    if (row.origin === row.destination) this.#bad('destination', 'is the origin', 'give another airport');
    if (this.#fault) return this.#fault;
    const twin = this.#index.add(this.table.addNumbered(row));
    if (twin !== undefined) {
      this.table.dropLast();
      return this.#overlap(twin, row.cutoffMin);
    }
    this.#lineOf.push(line);
    return undefined;
  }

  #overlap(twin: number, cutoffMin: number): Fault {
    const first = `line ${this.#lineOf[twin]}`;
    if (this.table.cutoffMin[twin] === cutoffMin) {
      return badLine('flight', `leaves here at this time already (${first})`, 'give each departure once');
    }
    const what = `is ${cutoffMin} where ${first} says ${this.table.cutoffMin[twin]} of the same departure`;
    return badLine('cutoffMin', what, 'give each departure once, with one cut-off');
  }

  /** Keeps the first fault of a line. */
  #bad(field: string, what: string, mend: string): number {
    this.#fault ??= badLine(field, what, mend);
    return Number.NaN;
  }

  #code(column: string, codes: CheckedCodes, what: string, mend: string): number {
    return codes.number(this.#lines, this.#columns.get(column) as number) ?? this.#bad(column, what, mend);
  }

  #airport(column: 'origin' | 'destination'): number {
    const number = this.#airports.number(this.#lines, this.#columns.get(column) as number);
    return number ?? this.#bad(column, `${this.#text(column)} is no airport that is known`, 'give its IATA code');
  }

  #time(column: 'departure' | 'arrival'): Minute {
    const field = this.#columns.get(column) as number;
    const { bytes, starts, ends } = this.#lines;
    const minute = this.#minutes.read(bytes, starts[field] as number, ends[field] as number);
    if (!Number.isNaN(minute)) return minute;
    const mend = 'write RFC 3339 with an offset, as 2026-11-22T08:00:00+08:00';
    return this.#bad(column, `${this.#text(column)} is no time on a whole minute`, mend);
  }

  #wholeMinutes(column: 'cutoffMin' | 'minConnectMin'): number {
    const field = this.#columns.get(column) as number;
    const { bytes, starts, ends } = this.#lines;
    const value = digits(bytes, starts[field] as number, ends[field] as number);
    return value <= MOST_MINUTES
      ? value
      : this.#bad(column, `${this.#text(column)} is no time in minutes`, `give a whole number up to ${MOST_MINUTES}`);
  }

  #decimal(column: string, decimals: number): number {
    const field = this.#columns.get(column) as number;
    const { bytes, starts, ends } = this.#lines;
    const value = scaledDecimal(bytes, starts[field] as number, ends[field] as number, decimals);
    if (!Number.isNaN(value)) return value;
    return this.#bad(column, `${this.#text(column)} is no amount`, `give a decimal with at most ${decimals} decimals`);
  }

  /** What is left of the capacity, in grams. */
  #room(): number {
    const capacity = this.#decimal('capacityKg', GRAM_DECIMALS);
    if (!this.#columns.has('loadKg') || this.#text('loadKg') === '') return capacity;
    const load = this.#decimal('loadKg', GRAM_DECIMALS);
    if (load > capacity) {
      return this.#bad('capacityKg', `is below the load of ${this.#text('loadKg')} kg`, 'correct one of them');
    }
    return capacity - load;
  }

  #price(departs: Minute): Nanos {
    const price = this.#decimal('pricePerKg', NANO_DECIMALS);
    const code = this.#currencies.number(this.#lines, this.#columns.get('currency') as number);
    if (code === undefined)
      return this.#bad('currency', `${this.#text('currency')} is no currency`, 'give an ISO 4217 code');
    if (this.#fault) return Number.NaN;
    const currency = this.#currencies.at(code);
    return currency === this.table.currency ? price : this.#rims.convert(price, currency, this.table.currency, departs);
  }

  #text(column: string): string {
    return this.#lines.text(this.#columns.get(column) as number);
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
  const columns = new Map(header.map((name, index) => [name, index]));
  let reader: TimetableLines | undefined;
  while (lines.next()) {
    const { line } = lines;
    if (lines.count !== header.length) {
      const what = `the line has ${lines.count} fields where the header has ${header.length}`;
      onFault({ line, fault: badLine(header[lines.count] ?? 'line', what, 'give every column once') });
      continue;
    }
    const first = currency ?? lines.text(columns.get('currency') as number);
    if (!reader && !isCurrency(first)) {
      onFault({ line, fault: badLine('currency', `${first} is no currency`, 'give an ISO 4217 code') });
      continue;
    }
    reader ??= new TimetableLines(first, rims, lines, columns);
    const fault = reader.take(line);
    if (fault) onFault({ line, fault });
  }
  return reader?.table;
};
