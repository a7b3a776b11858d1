import type { DepartureTable } from './departure-table.ts';
import { orderOf } from './order.ts';

/** Two departures of one flight from one airport at one time, of which one too many is told. */
export interface Twins {
  readonly first: number;
  readonly second: number;
}

/** Departures that are told more than once, each beside the first of its kind, in the order of their numbers. */
export const twinsOf = (table: DepartureTable): Twins[] => {
  const departs = table.departs.subarray(0, table.length);
  const order = orderOf(departs);
  // The first departure of each flight within the minute that is looked at.
  const first = new Int32Array(table.flights.size).fill(-1);
  const minute = new Float64Array(table.flights.size).fill(Number.NaN);
  const found: Twins[] = [];
  const others = new Map<string, number>();
  for (const departure of order) {
    const flight = table.flight[departure] as number;
    const when = departs[departure] as number;
    if (minute[flight] !== when) {
      minute[flight] = when;
      first[flight] = departure;
      continue;
    }
    const key = (one: number) => `${when} ${flight} ${table.carrier[one]} ${table.origin[one]}`;
    const one = first[flight] as number;
    others.set(key(one), others.get(key(one)) ?? one);
    const twin = others.get(key(departure));
    if (twin === undefined) others.set(key(departure), departure);
    else found.push({ first: twin, second: departure });
  }
  return found.sort((a, b) => a.second - b.second);
};
