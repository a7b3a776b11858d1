import type { DepartureTable } from './departure-table.ts';
import type { Minute } from './minute.ts';
import { orderOf } from './order.ts';
import type { ThroughFlight } from './through-flights.ts';

/** Longest flight, and longest cut-off or minimum connection, in minutes: three weeks, so that both fit 16 bits together. */
export const MOST_MINUTES = 0x7fff;
/** Most places a timetable may have; their numbers fit 16 bits. */
const MOST_PLACES = 0x10000;

/** Integers that a connection takes in the rows of a scan. */
export const STRIDE = 3;

/** When and whether departures go, as known now; a column for each fact, a row for each departure. */
export interface DepartureState {
  readonly departs: Int32Array;
  readonly arrives: Int32Array;
  readonly capacityGrams: Float64Array;
  /** 1 where it goes. */
  readonly goes: Uint8Array;
}

/** Connections in the order of their departure: what a scan reads. */
export interface Connections {
  readonly departs: Int32Array;
  /**
   * Twelve bytes a connection, because a scan is bound by how fast memory gives them. First the origin (low 16 bits) and
   * by how much longer goods by road may take than goods off a flight (high bits); then the latest landing for goods off a
   * flight; then the destination (low) and the minutes from that to the arrival (high).
   */
  readonly rows: Int32Array;
  /** The connection of each row. */
  readonly numbers: Int32Array;
}

/** Where a row's connection starts. */
export const fromOf = (rows: Int32Array, at: number): number => (rows[at] as number) & 0xffff;
/** Where it ends. */
export const toOf = (rows: Int32Array, at: number): number => (rows[at + 2] as number) & 0xffff;
/** Latest time at which goods off another flight must have landed. */
export const changeByOf = (rows: Int32Array, at: number): Minute => rows[at + 1] as number;
/** Latest time at which goods that start here, or come by road, must be here. */
export const startByOf = (rows: Int32Array, at: number): Minute =>
  (rows[at + 1] as number) + ((rows[at] as number) >>> 16);
/** When it lands. */
export const arrivesOf = (rows: Int32Array, at: number): Minute =>
  (rows[at + 1] as number) + ((rows[at + 2] as number) >>> 16);

/** What names connections: the number of a departure, or after them all that of a stretch of a flight with stops. */
interface ConnectionNames {
  readonly table: DepartureTable;
  readonly throughFlights: readonly ThroughFlight[];
}

/** The departures that a connection is made of, in order. */
export const legsOf = ({ table, throughFlights }: ConnectionNames, connection: number): ThroughFlight =>
  connection < table.length ? [connection] : (throughFlights[connection - table.length] as ThroughFlight);

/** Whether every leg goes, and none leaves before the one before it has landed. */
const isSound = ({ departs, arrives, goes }: DepartureState, legs: ThroughFlight): boolean =>
  legs.every((leg, index) => {
    const before = legs[index - 1];
    return goes[leg] === 1 && (before === undefined || (arrives[before] as number) <= (departs[leg] as number));
  });

const writeRow = (
  rows: Int32Array,
  at: number,
  table: DepartureTable,
  state: DepartureState,
  first: number,
  last: number,
) => {
  const changeMin = table.changeMin[first] as number;
  const changeBy = (state.departs[first] as number) - changeMin;
  rows[at] = (table.origin[first] as number) | ((changeMin - (table.cutoffMin[first] as number)) << 16);
  rows[at + 1] = changeBy;
  rows[at + 2] = (table.destination[last] as number) | (((state.arrives[last] as number) - changeBy) << 16);
};

/** Puts connections in the order of their departure, equal ones in the order given; those that cannot be flown stay out. */
export const sortConnections = (
  names: ConnectionNames,
  state: DepartureState,
  candidates: readonly number[] | Int32Array,
): Connections => {
  const { table } = names;
  if (table.places.size > MOST_PLACES) throw new RangeError(`more than ${MOST_PLACES} places`);
  const flown = candidates.filter((connection) =>
    connection < table.length ? state.goes[connection] === 1 : isSound(state, legsOf(names, connection)),
  );
  const unsorted = new Int32Array(flown.length);
  for (let at = 0; at < flown.length; at += 1) {
    const connection = flown[at] as number;
    const first = connection < table.length ? connection : (legsOf(names, connection)[0] as number);
    unsorted[at] = state.departs[first] as number;
  }
  const order = orderOf(unsorted);
  const rows = new Int32Array(order.length * STRIDE);
  const numbers = new Int32Array(order.length);
  for (let at = 0; at < order.length; at += 1) {
    const connection = flown[order[at] as number] as number;
    numbers[at] = connection;
    const legs = connection < table.length ? undefined : legsOf(names, connection);
    writeRow(rows, at * STRIDE, table, state, legs?.[0] ?? connection, legs?.at(-1) ?? connection);
  }
  return { departs: order.map((at) => unsorted[at] as number), rows, numbers };
};

/** Takes connections out of an order and puts others in: one pass over both, so that nothing is sorted anew. */
export const mergeConnections = (kept: Connections, isOut: Uint8Array, added: Connections): Connections => {
  const most = kept.departs.length + added.departs.length;
  const departs = new Int32Array(most);
  const rows = new Int32Array(most * STRIDE);
  const numbers = new Int32Array(most);
  let at = 0;
  const put = (source: Connections, index: number) => {
    departs[at] = source.departs[index] as number;
    numbers[at] = source.numbers[index] as number;
    rows[at * STRIDE] = source.rows[index * STRIDE] as number;
    rows[at * STRIDE + 1] = source.rows[index * STRIDE + 1] as number;
    rows[at * STRIDE + 2] = source.rows[index * STRIDE + 2] as number;
    at += 1;
  };
  /** Copies what is kept from one place up to another. */
  const keep = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) if (isOut[kept.numbers[index] as number] === 0) put(kept, index);
  };
  let from = 0;
  for (let other = 0; other < added.departs.length; other += 1) {
    const departure = added.departs[other] as number;
    const connection = added.numbers[other] as number;
    let to = from;
    while (
      to < kept.departs.length &&
      ((kept.departs[to] as number) < departure ||
        (kept.departs[to] === departure && (kept.numbers[to] as number) < connection))
    )
      to += 1;
    keep(from, to);
    put(added, other);
    from = to;
  }
  keep(from, kept.departs.length);
  return {
    departs: departs.subarray(0, at),
    rows: rows.subarray(0, at * STRIDE),
    numbers: numbers.subarray(0, at),
  };
};
