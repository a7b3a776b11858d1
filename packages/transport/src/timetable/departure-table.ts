import type { CurrencyCode } from '@crossparcel/units';
import { CodeTable } from './code-table.ts';
import { type Departure, FLIGHT_KINDS } from './departure.ts';

const FIRST_SIZE = 1024;

/** A departure with codes as their numbers in the table's code tables. */
export interface NumberedDeparture {
  readonly flight: number;
  readonly carrier: number;
  readonly kind: number;
  readonly origin: number;
  readonly destination: number;
  readonly departs: number;
  readonly arrives: number;
  readonly capacityGrams: number;
  readonly pricePerKg: number;
  readonly cutoffMin: number;
  readonly minConnectMin: number;
  readonly handlingMin: number;
}

const longer = <Column extends Int32Array | Float64Array | Uint8Array>(column: Column, size: number): Column => {
  const next = new (column.constructor as new (length: number) => Column)(size);
  next.set(column);
  return next;
};

/**
 * Departures as published, a column for each fact and a row for each departure: about 60 bytes a departure. The number of
 * a row is the departure's name wherever it is spoken of. Filled once, then only read.
 */
export class DepartureTable {
  readonly currency: CurrencyCode;
  readonly flights = new CodeTable();
  readonly carriers = new CodeTable();
  readonly places: CodeTable;
  flight: Int32Array;
  carrier: Int32Array;
  kind: Uint8Array;
  origin: Int32Array;
  destination: Int32Array;
  departs: Int32Array;
  arrives: Int32Array;
  capacityGrams: Float64Array;
  pricePerKg: Float64Array;
  cutoffMin: Int32Array;
  /** The longer of cut-off and minimum connection: what goods off another flight need. */
  changeMin: Int32Array;
  handlingMin: Int32Array;
  #length = 0;

  /**
   * `currency` is that of all prices; `places` numbers airports and whatever else goods pass through; `expected` is about
   * how many departures there will be.
   */
  constructor(currency: CurrencyCode, places = new CodeTable(), expected = 0) {
    this.currency = currency;
    this.places = places;
    const size = Math.max(FIRST_SIZE, Math.ceil(expected));
    this.flight = new Int32Array(size);
    this.carrier = new Int32Array(size);
    this.kind = new Uint8Array(size);
    this.origin = new Int32Array(size);
    this.destination = new Int32Array(size);
    this.departs = new Int32Array(size);
    this.arrives = new Int32Array(size);
    this.capacityGrams = new Float64Array(size);
    this.pricePerKg = new Float64Array(size);
    this.cutoffMin = new Int32Array(size);
    this.changeMin = new Int32Array(size);
    this.handlingMin = new Int32Array(size);
  }

  /** How many departures there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds a departure and gives its number. */
  add(departure: Departure): number {
    return this.addNumbered({
      ...departure,
      flight: this.flights.intern(departure.flight),
      carrier: this.carriers.intern(departure.carrier),
      kind: FLIGHT_KINDS.indexOf(departure.kind),
      origin: this.places.intern(departure.origin),
      destination: this.places.intern(departure.destination),
    });
  }

  /** Adds a departure whose codes are numbers already, and gives its number. */
  addNumbered(row: NumberedDeparture): number {
    const at = this.#length;
    if (at === this.flight.length) this.#grow();
    this.flight[at] = row.flight;
    this.carrier[at] = row.carrier;
    this.kind[at] = row.kind;
    this.origin[at] = row.origin;
    this.destination[at] = row.destination;
    this.departs[at] = row.departs;
    this.arrives[at] = row.arrives;
    this.capacityGrams[at] = row.capacityGrams;
    this.pricePerKg[at] = row.pricePerKg;
    this.cutoffMin[at] = row.cutoffMin;
    this.changeMin[at] = Math.max(row.cutoffMin, row.minConnectMin);
    this.handlingMin[at] = row.handlingMin;
    this.#length += 1;
    return at;
  }

  /** Takes departures out; those after them move up. */
  drop(departures: readonly number[]): void {
    if (departures.length === 0) return;
    const out = new Set(departures);
    const kept = Array.from({ length: this.#length }, (_, index) => index).filter((index) => !out.has(index));
    for (const column of this.#columns())
      for (const [at, index] of kept.entries()) column[at] = column[index] as number;
    this.#length = kept.length;
  }

  #columns(): (Int32Array | Float64Array | Uint8Array)[] {
    return [
      this.flight,
      this.carrier,
      this.kind,
      this.origin,
      this.destination,
      this.departs,
      this.arrives,
      this.capacityGrams,
      this.pricePerKg,
      this.cutoffMin,
      this.changeMin,
      this.handlingMin,
    ];
  }

  #grow(): void {
    const size = this.flight.length * 2;
    this.flight = longer(this.flight, size);
    this.carrier = longer(this.carrier, size);
    this.kind = longer(this.kind, size);
    this.origin = longer(this.origin, size);
    this.destination = longer(this.destination, size);
    this.departs = longer(this.departs, size);
    this.arrives = longer(this.arrives, size);
    this.capacityGrams = longer(this.capacityGrams, size);
    this.pricePerKg = longer(this.pricePerKg, size);
    this.cutoffMin = longer(this.cutoffMin, size);
    this.changeMin = longer(this.changeMin, size);
    this.handlingMin = longer(this.handlingMin, size);
  }
}
