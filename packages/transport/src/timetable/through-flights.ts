import type { DepartureTable } from './departure-table.ts';

/** Departures of one flight that follow each other, over which goods may stay aboard; two or more. */
export type ThroughFlight = readonly number[];

const NONE = -1;

/** Marks flight numbers that leave from more than one airport; only these can make stops. */
const withSeveralOrigins = ({ flight, origin, flights, length }: DepartureTable): Uint8Array => {
  const first = new Int32Array(flights.size).fill(NONE);
  const several = new Uint8Array(flights.size);
  for (let departure = 0; departure < length; departure += 1) {
    const number = flight[departure] as number;
    if (first[number] === NONE) first[number] = origin[departure] as number;
    else if (first[number] !== origin[departure]) several[number] = 1;
  }
  return several;
};

/** For each departure of a flight with stops the one that carries on, by joining an arrival with the next take-off. */
const onwardDepartures = (table: DepartureTable): Map<number, number> => {
  const several = withSeveralOrigins(table);
  const legs: number[] = [];
  for (let departure = 0; departure < table.length; departure += 1) {
    if (several[table.flight[departure] as number]) legs.push(departure);
  }
  const departs = (leg: number) => table.departs[leg] as number;
  legs.sort((a, b) => departs(a) - departs(b) || a - b);
  const standing = new Map<string, number>();
  const onward = new Map<number, number>();
  for (const leg of legs) {
    const at = (place: number | undefined) => `${table.flight[leg]} ${table.carrier[leg]} ${place}`;
    const here = at(table.origin[leg]);
    const inbound = standing.get(here);
    if (inbound !== undefined && (table.arrives[inbound] as number) <= departs(leg)) {
      onward.set(inbound, leg);
      standing.delete(here);
    }
    standing.set(at(table.destination[leg]), leg);
  }
  return onward;
};

/**
 * The stretches of two and more legs of every flight that makes stops: A-B-C-D gives AB-BC, AB-BC-CD and BC-CD. Goods that
 * stay aboard come off no flight, so no minimum connection binds them. A flight that comes back to an airport is a new one
 * from there.
 */
export const throughFlights = (table: DepartureTable): ThroughFlight[] => {
  const onward = onwardDepartures(table);
  const found: number[][] = [];
  for (const start of [...onward.keys()].sort((a, b) => a - b)) {
    const passed = new Set([table.origin[start], table.destination[start]]);
    const legs = [start];
    for (let next = onward.get(start); next !== undefined; next = onward.get(next)) {
      if (passed.has(table.destination[next])) break;
      passed.add(table.destination[next]);
      legs.push(next);
      found.push([...legs]);
    }
  }
  return found;
};
