import { Duration, Query, Router, type Stop, StopsIndex, Time, Timetable } from 'minotor';
import type { BenchTimetable } from './data.ts';

/** Days for which a day of flights is repeated, and the minutes between two flights. */
export const DAYS = 3;
export const CONNECT_MIN = 120;
const MINUTES_PER_DAY = 1440;

/** The connections of all days in the order of departure. */
export const allDays = ({ day }: BenchTimetable) =>
  Array.from({ length: DAYS }, (_, index) => index * MINUTES_PER_DAY).flatMap((shift) =>
    day.map(({ departs, arrives, from, to }) => ({ departs: departs + shift, arrives: arrives + shift, from, to })),
  );

/**
 * minotor (RAPTOR) on the same timetable: each pair of airports a route, each airport with its minimum transfer. The
 * release on npm does not apply that at one and the same stop, so its answers differ and only its speed is compared.
 */
export const minotorOf = (timetable: BenchTimetable): ((from: string, to: string, readyAt: number) => void) => {
  const stops = new Map<string, Stop>();
  const adjacency: ConstructorParameters<typeof Timetable>[0] = new Map();
  const routes: ConstructorParameters<typeof Timetable>[1] = new Map();
  const stop = (id: string) => {
    const known = adjacency.get(id);
    if (known) return known;
    stops.set(id, { id, name: id, children: [], locationType: 'SIMPLE_STOP_OR_PLATFORM' });
    const minTransferTime = Duration.fromSeconds(CONNECT_MIN * 60);
    const added = {
      transfers: [{ destination: id, type: 'REQUIRES_MINIMAL_TIME' as const, minTransferTime }],
      routes: [],
    };
    adjacency.set(id, added);
    return added;
  };
  const at = (minutes: number) => Time.fromSeconds(minutes * 60);
  const service = { pickUpType: 'REGULAR', dropOffType: 'REGULAR' } as const;
  for (const { from, to, departs, arrives } of allDays(timetable)) {
    const id = `${from}-${to}`;
    let route = routes.get(id);
    if (!route) {
      const stopIndices = new Map([from, to].map((place, index) => [place, index]));
      route = { stopTimes: [], stops: [from, to], stopIndices, serviceRouteId: 'air' };
      routes.set(id, route);
      stop(from).routes.push(id);
      stop(to).routes.push(id);
    }
    route.stopTimes.push({ arrival: at(departs), departure: at(departs), ...service });
    route.stopTimes.push({ arrival: at(arrives), departure: at(arrives), ...service });
  }
  const services = new Map([['air', { type: 'BUS' as const, name: 'air' }]]);
  const router = new Router(new Timetable(adjacency, routes, services), new StopsIndex(stops));
  return (from, to, readyAt) => {
    router.route(new Query.Builder().from(from).to(to).departureTime(at(readyAt)).maxTransfers(5).build());
  };
};

/** The least that a connection scan can be: no room, no cut-offs, no ground legs, no way told. */
export const bareScanOf = (timetable: BenchTimetable): ((from: string, to: string, readyAt: number) => number) => {
  const connections = allDays(timetable);
  const numbers = new Map<string, number>();
  const numberOf = (code: string) => {
    const known = numbers.get(code) ?? numbers.size;
    numbers.set(code, known);
    return known;
  };
  const from = Int32Array.from(connections, (one) => numberOf(one.from));
  const to = Int32Array.from(connections, (one) => numberOf(one.to));
  const departs = Int32Array.from(connections, (one) => one.departs);
  const arrives = Int32Array.from(connections, (one) => one.arrives);
  const earliest = new Int32Array(numbers.size);
  return (origin, destination, readyAt) => {
    earliest.fill(0x3fffffff);
    earliest[numberOf(origin)] = readyAt - CONNECT_MIN;
    const target = numberOf(destination);
    let at = 0;
    for (let high = departs.length; at < high; ) {
      const middle = (at + high) >>> 1;
      if ((departs[middle] as number) < readyAt) at = middle + 1;
      else high = middle;
    }
    for (; at < departs.length && (departs[at] as number) < (earliest[target] as number); at += 1) {
      const there = (earliest[from[at] as number] as number) + CONNECT_MIN;
      if (there <= (departs[at] as number) && (arrives[at] as number) < (earliest[to[at] as number] as number)) {
        earliest[to[at] as number] = arrives[at] as number;
      }
    }
    return earliest[target] as number;
  };
};
