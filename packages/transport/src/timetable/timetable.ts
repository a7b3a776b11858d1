import type { CurrencyCode } from '@crossparcel/units';
import {
  type Connections,
  type DepartureState,
  legsOf,
  MOST_MINUTES,
  mergeConnections,
  sortConnections,
} from './connections.ts';
import { type Departure, FLIGHT_KINDS } from './departure.ts';
import type { DepartureTable } from './departure-table.ts';
import type { Minute } from './minute.ts';
import { type ThroughFlight, throughFlights } from './through-flights.ts';

/** Something that happened to a departure, named by its number. A later change of the same kind replaces an earlier one. */
export type DepartureChange =
  | { readonly kind: 'cancelled'; readonly departure: number }
  | { readonly kind: 'delayed'; readonly departure: number; readonly departs: Minute; readonly arrives: Minute }
  | { readonly kind: 'capacity'; readonly departure: number; readonly capacityGrams: number };

interface Parts {
  readonly table: DepartureTable;
  readonly throughFlights: readonly ThroughFlight[];
  /** The through flights, as connections, that a departure is a leg of. */
  readonly throughOf: ReadonlyMap<number, readonly number[]>;
  readonly state: DepartureState;
  readonly connections: Connections;
}

const throughConnections = (table: DepartureTable, flights: readonly ThroughFlight[]): Map<number, number[]> => {
  const found = new Map<number, number[]>();
  for (const [index, legs] of flights.entries()) {
    for (const leg of legs) {
      const those = found.get(leg) ?? [];
      those.push(table.length + index);
      found.set(leg, those);
    }
  }
  return found;
};

/**
 * Departures and how they connect, as known at one moment. It never changes: `changed` gives another one, which shares
 * whatever is the same, so that plans made on the former stay explainable.
 */
export class Timetable {
  readonly table: DepartureTable;
  readonly throughFlights: readonly ThroughFlight[];
  readonly state: DepartureState;
  readonly connections: Connections;
  readonly #throughOf: ReadonlyMap<number, readonly number[]>;

  private constructor({ table, throughFlights: flights, throughOf, state, connections }: Parts) {
    this.table = table;
    this.throughFlights = flights;
    this.#throughOf = throughOf;
    this.state = state;
    this.connections = connections;
  }

  /** The timetable of departures as published. The table must not be added to afterwards. */
  static of(table: DepartureTable): Timetable {
    const flights = throughFlights(table);
    const { length } = table;
    const state = {
      departs: table.departs.subarray(0, length),
      arrives: table.arrives.subarray(0, length),
      capacityGrams: table.capacityGrams.subarray(0, length),
      goes: new Uint8Array(length).fill(1),
    };
    const every = new Int32Array(length + flights.length).map((_, index) => index);
    const connections = sortConnections({ table, throughFlights: flights }, state, every);
    return new Timetable({
      table,
      throughFlights: flights,
      throughOf: throughConnections(table, flights),
      state,
      connections,
    });
  }

  get currency(): CurrencyCode {
    return this.table.currency;
  }

  /** How many connections have a number: departures and stretches of flights with stops, also those that do not go. */
  get connectionCount(): number {
    return this.table.length + this.throughFlights.length;
  }

  /** The number of a place; undefined when no flight calls there. */
  placeOf(code: string): number | undefined {
    return this.table.places.find(code);
  }

  /** The departures that a connection is made of. */
  legsOf(connection: number): ThroughFlight {
    return legsOf(this, connection);
  }

  /** Minutes from the landing of a connection until its goods can leave by road. */
  handlingMin(connection: number): number {
    const last = connection < this.table.length ? connection : (this.legsOf(connection).at(-1) as number);
    return this.table.handlingMin[last] as number;
  }

  /** A departure as it stands now. */
  departure(index: number): Departure {
    const { table, state } = this;
    return {
      flight: table.flights.at(table.flight[index] as number),
      carrier: table.carriers.at(table.carrier[index] as number),
      kind: FLIGHT_KINDS[table.kind[index] as number] ?? 'unknown',
      origin: table.places.at(table.origin[index] as number),
      destination: table.places.at(table.destination[index] as number),
      departs: state.departs[index] as number,
      arrives: state.arrives[index] as number,
      capacityGrams: state.capacityGrams[index] as number,
      pricePerKg: table.pricePerKg[index] as number,
      cutoffMin: table.cutoffMin[index] as number,
      minConnectMin: table.changeMin[index] as number,
      handlingMin: table.handlingMin[index] as number,
    };
  }

  /**
   * The timetable after changes, in the order given. Only what changed is sorted and merged into the rest, one pass over
   * the connections. Throws a RangeError for a departure that is not there or would fly for less
   * than a minute or more than three weeks.
   */
  changed(changes: Iterable<DepartureChange>): Timetable {
    const departs = this.state.departs.slice();
    const arrives = this.state.arrives.slice();
    const capacityGrams = this.state.capacityGrams.slice();
    const goes = this.state.goes.slice();
    const isTouched = new Uint8Array(this.connectionCount);
    for (const change of changes) {
      const { departure } = change;
      if (!(departure >= 0 && departure < this.table.length)) throw new RangeError(`no departure ${departure}`);
      if (change.kind === 'capacity') {
        capacityGrams[departure] = change.capacityGrams;
        continue;
      }
      if (change.kind === 'cancelled') goes[departure] = 0;
      else {
        const minutes = change.arrives - change.departs;
        if (!(minutes > 0 && minutes <= MOST_MINUTES))
          throw new RangeError(`departure ${departure} flies ${minutes} min`);
        departs[departure] = change.departs;
        arrives[departure] = change.arrives;
        goes[departure] = 1;
      }
      isTouched[departure] = 1;
      for (const through of this.#throughOf.get(departure) ?? []) isTouched[through] = 1;
    }
    const touched: number[] = [];
    for (let connection = 0; connection < isTouched.length; connection += 1) {
      if (isTouched[connection]) touched.push(connection);
    }
    const state = { departs, arrives, capacityGrams, goes };
    const connections =
      touched.length === 0
        ? this.connections
        : mergeConnections(this.connections, isTouched, sortConnections(this, state, touched));
    const { table, throughFlights: flights } = this;
    return new Timetable({ table, throughFlights: flights, throughOf: this.#throughOf, state, connections });
  }
}
