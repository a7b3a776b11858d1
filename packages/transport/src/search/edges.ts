import { arrivesOf, fromOf, STRIDE, startByOf, toOf } from '../timetable/connections.ts';
import type { Timetable } from '../timetable/timetable.ts';
import type { Risks } from './risk.ts';

/** Pairs of airports with a flight between them, each with the least that any of its flights takes. */
export interface Edges {
  /** Edges that end at a place stand from `starts[place]` up to `starts[place + 1]`. */
  readonly starts: Int32Array;
  readonly from: Int32Array;
  /** From the latest presence by road to the landing. */
  readonly minutes: Int32Array;
  readonly pricePerKg: Float64Array;
  readonly risk: Int32Array;
  readonly legs: Uint8Array;
}

/** The price of a connection: the sum over its legs. */
export const priceOf = (timetable: Timetable, connection: number): number => {
  const { table } = timetable;
  if (connection < table.length) return table.pricePerKg[connection] as number;
  return timetable.legsOf(connection).reduce((sum, leg) => sum + (table.pricePerKg[leg] as number), 0);
};

/** Gathers the edges of a timetable. */
export const edgesOf = (timetable: Timetable, risks: Risks): Edges => {
  const { rows, numbers } = timetable.connections;
  const places = timetable.table.places.size;
  const edgeAt = new Map<number, number>();
  const least: { from: number; to: number; minutes: number; price: number; risk: number; legs: number }[] = [];
  for (let row = 0; row < numbers.length; row += 1) {
    const at = row * STRIDE;
    const [from, to] = [fromOf(rows, at), toOf(rows, at)];
    const connection = numbers[row] as number;
    const minutes = arrivesOf(rows, at) - startByOf(rows, at);
    const price = priceOf(timetable, connection);
    const risk = risks.cancelled[connection] as number;
    const legs = timetable.legsOf(connection).length;
    const edge = least[edgeAt.get(from * places + to) ?? -1];
    if (!edge) {
      edgeAt.set(from * places + to, least.length);
      least.push({ from, to, minutes, price, risk, legs });
      continue;
    }
    if (minutes < edge.minutes) edge.minutes = minutes;
    if (price < edge.price) edge.price = price;
    if (risk < edge.risk) edge.risk = risk;
    if (legs < edge.legs) edge.legs = legs;
  }
  least.sort((a, b) => a.to - b.to || a.from - b.from);
  const starts = new Int32Array(places + 1);
  for (const { to } of least) starts[to + 1] = (starts[to + 1] as number) + 1;
  for (let place = 0; place < places; place += 1) {
    starts[place + 1] = (starts[place + 1] as number) + (starts[place] as number);
  }
  return {
    starts,
    from: Int32Array.from(least, ({ from }) => from),
    minutes: Int32Array.from(least, ({ minutes }) => minutes),
    pricePerKg: Float64Array.from(least, ({ price }) => price),
    risk: Int32Array.from(least, ({ risk }) => risk),
    legs: Uint8Array.from(least, ({ legs }) => legs),
  };
};
