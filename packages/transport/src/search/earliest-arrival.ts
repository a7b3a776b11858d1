import { arrivesOf, changeByOf, fromOf, STRIDE, startByOf, toOf } from '../timetable/connections.ts';
import type { Minute } from '../timetable/minute.ts';
import { firstAtLeast } from '../timetable/order.ts';
import { beginOf } from './ground.ts';
import { type Itinerary, type Network, type Query, roomOn, type Step } from './network.ts';

/** Later than any time; far enough from the end of 32-bit integers that differences with it do not overflow. */
const NEVER = 0x3fffffff;
/** In place of what brought goods somewhere: they were there, or came by road. */
const NOTHING = -1;
/** In place of the flight that goods were on when the search began. */
const BEFORE = -2;

/**
 * Earliest arrival by the Connection Scan Algorithm (Dibbelt, Pajor, Strasser, Wagner: "Connection Scan Algorithm", ACM
 * JEA 23, 2018): one pass over the connections in the order of departure, each of which either can be caught with what is
 * known by then, or never. Goods off a flight and goods by road have labels of their own because they are due at different
 * times; ground legs are followed whenever goods become free to leave a place by road.
 *
 * With a limit of legs the labels stand in layers, "with at most so many legs", and one pass fills all of them. One object
 * answers any number of queries, one after the other.
 */
export class EarliestArrival {
  readonly #network: Network;
  readonly #places: number;
  /** Earliest landing; by layer and place, as the other labels. */
  #air = new Int32Array(0);
  /** Earliest presence of goods that were there at first or came by road. */
  #road = new Int32Array(0);
  /** Earliest time at which goods may leave by road, or be had at the destination. */
  #land = new Int32Array(0);
  /** What a landing must be earlier than to matter: the later of `air` and, where that counts, `land`. */
  #bar = new Int32Array(0);
  /** Position in the rows of the connection of the landing. */
  #airBy = new Int32Array(0);
  /** Number of the ground leg. */
  #roadBy = new Int32Array(0);
  /** Position of the connection, NOTHING when by road, BEFORE at the origin off a flight. */
  #landBy = new Int32Array(0);
  /** Places where anybody cares when goods are landside. */
  readonly #isLandside: Uint8Array;
  #layers = 0;

  constructor(network: Network) {
    this.#network = network;
    this.#places = network.timetable.table.places.size;
    this.#isLandside = new Uint8Array(this.#places);
    for (const { from } of network.ground.legs) this.#isLandside[from] = 1;
  }

  /** The earliest time at which goods can be at the destination; undefined when no way leads there. */
  arrival(query: Query, maxLegs?: number): Minute | undefined {
    this.#search(query, maxLegs);
    const arrives = this.#land[(this.#layers - 1) * this.#places + query.to] as number;
    return arrives === NEVER ? undefined : arrives;
  }

  /** A way that arrives earliest; undefined when no way leads there. */
  itinerary(query: Query, maxLegs?: number): Itinerary | undefined {
    const arrives = this.arrival(query, maxLegs);
    return arrives === undefined ? undefined : { steps: this.#steps(query.to), arrives };
  }

  #search(query: Query, maxLegs: number | undefined): void {
    this.#reset(maxLegs === undefined ? 1 : maxLegs + 1);
    const wasLandside = this.#isLandside[query.to] as number;
    this.#isLandside[query.to] = 1;
    if (query.landedAt === undefined) this.#arriveByRoad(query.from, query.readyAt, 0, NOTHING);
    else this.#begin(query.from, query.landedAt, query.readyAt);
    if (maxLegs === undefined) this.#scan(query);
    else if (maxLegs > 0) this.#scanLayers(query, maxLegs);
    this.#isLandside[query.to] = wasLandside;
  }

  #reset(layers: number): void {
    const size = layers * this.#places;
    if (layers !== this.#layers) {
      this.#layers = layers;
      this.#air = new Int32Array(size);
      this.#road = new Int32Array(size);
      this.#land = new Int32Array(size);
      this.#bar = new Int32Array(size);
      this.#airBy = new Int32Array(size);
      this.#roadBy = new Int32Array(size);
      this.#landBy = new Int32Array(size);
    }
    this.#air.fill(NEVER);
    this.#road.fill(NEVER);
    this.#land.fill(NEVER);
    this.#bar.fill(NEVER);
  }

  /** The plain scan. It stops where connections leave after the best arrival, which moves nearer as better ones are found. */
  #scan({ to: target, readyAt, landedAt = readyAt, massGrams }: Query): void {
    const { rows, departs } = this.#network.timetable.connections;
    const [air, road, bar, isLandside] = [this.#air, this.#road, this.#bar, this.#isLandside];
    const start = firstAtLeast(departs, landedAt);
    const best = () => firstAtLeast(departs, this.#land[target] as number) * STRIDE;
    let end = best();
    for (let at = start * STRIDE; at < end; at += STRIDE) {
      const first = rows[at] as number;
      const changeBy = rows[at + 1] as number;
      const last = rows[at + 2] as number;
      const from = first & 0xffff;
      const to = last & 0xffff;
      const byAir = (air[from] as number) - changeBy - 1;
      const byRoad = (road[from] as number) - changeBy - (first >>> 16) - 1;
      const gain = changeBy + (last >>> 16) - (bar[to] as number);
      // Negative where goods catch it and it brings them anywhere earlier. One branch that is nearly always the same way
      // costs half of what two do of which each is a coin toss.
      if (((byAir | byRoad) & gain) >= 0) continue;
      if (!this.#hasRoom(at, massGrams)) continue;
      const arrives = changeBy + (last >>> 16);
      if (isLandside[to] === 0) {
        air[to] = arrives;
        bar[to] = arrives;
        this.#airBy[to] = at;
        continue;
      }
      this.#landing(to, arrives, at, 0);
      if (to === target) end = best();
    }
  }

  #hasRoom(at: number, massGrams: number): boolean {
    const connection = this.#network.timetable.connections.numbers[at / STRIDE] as number;
    return roomOn(this.#network, connection) >= massGrams;
  }

  /** The scan with a limit of legs. */
  #scanLayers({ to: target, readyAt, landedAt = readyAt, massGrams }: Query, maxLegs: number): void {
    const { timetable } = this.#network;
    const { rows, departs, numbers } = timetable.connections;
    const places = this.#places;
    const last = (maxLegs - 1) * places;
    const best = () => firstAtLeast(departs, this.#land[maxLegs * places + target] as number) * STRIDE;
    let end = best();
    for (let at = firstAtLeast(departs, landedAt) * STRIDE; at < end; at += STRIDE) {
      const from = fromOf(rows, at);
      if (!this.#catches(rows, at, last + from) || !this.#hasRoom(at, massGrams)) continue;
      let layer = 0;
      while (!this.#catches(rows, at, layer * places + from)) layer += 1;
      layer += timetable.legsOf(numbers[at / STRIDE] as number).length;
      const to = toOf(rows, at);
      const arrives = arrivesOf(rows, at);
      for (; layer <= maxLegs; layer += 1) this.#landing(to, arrives, at, layer);
      if (to === target) end = best();
    }
  }

  #catches(rows: Int32Array, at: number, label: number): boolean {
    return (this.#air[label] as number) <= changeByOf(rows, at) || (this.#road[label] as number) <= startByOf(rows, at);
  }

  /** Goods land: earlier off a flight than known, or earlier landside, or neither. */
  #landing(to: number, arrives: Minute, at: number, layer: number): void {
    const label = layer * this.#places + to;
    if (arrives < (this.#air[label] as number)) {
      this.#air[label] = arrives;
      this.#airBy[label] = at;
    }
    this.#bar[label] = this.#air[label] as number;
    if (this.#isLandside[to] === 0) return;
    const connection = this.#network.timetable.connections.numbers[at / STRIDE] as number;
    const free = arrives + this.#network.timetable.handlingMin(connection);
    if (free < (this.#land[label] as number)) {
      this.#land[label] = free;
      this.#landBy[label] = at;
      this.#followGround(to, layer);
    }
    this.#bar[label] = Math.max(this.#air[label] as number, this.#land[label] as number);
  }

  /** Goods that are on a flight when the search begins. */
  #begin(place: number, landed: Minute, free: Minute): void {
    for (let layer = 0; layer < this.#layers; layer += 1) {
      const label = layer * this.#places + place;
      this.#air[label] = landed;
      this.#bar[label] = landed;
      this.#airBy[label] = BEFORE;
      if (free >= (this.#land[label] as number)) continue;
      this.#land[label] = free;
      this.#landBy[label] = BEFORE;
      this.#followGround(place, layer);
    }
  }

  #arriveByRoad(place: number, time: Minute, layer: number, leg: number): void {
    for (let above = layer; above < this.#layers; above += 1) {
      const label = above * this.#places + place;
      if (time >= (this.#road[label] as number)) return;
      this.#road[label] = time;
      this.#roadBy[label] = leg;
      if (time >= (this.#land[label] as number)) continue;
      this.#land[label] = time;
      this.#landBy[label] = NOTHING;
      this.#followGround(place, above);
    }
  }

  #followGround(place: number, layer: number): void {
    const free = this.#land[layer * this.#places + place] as number;
    const { ground } = this.#network;
    for (const leg of ground.outOf(place)) {
      this.#arriveByRoad(leg.to, beginOf(leg, free) + leg.minutes, layer, leg.index);
    }
  }

  /**
   * Follows the labels back. A label that was good enough to catch a connection is never improved afterwards: whatever is
   * scanned later lands after that connection has left.
   */
  #steps(target: number): Step[] {
    const { rows, numbers } = this.#network.timetable.connections;
    const steps: Step[] = [];
    let place = target;
    let layer = this.#layers - 1;
    let by: 'land' | 'road' | 'air' = 'land';
    for (;;) {
      const label = layer * this.#places + place;
      if (by === 'land' && this.#landBy[label] === NOTHING) by = 'road';
      if (by === 'road') {
        const leg = this.#network.ground.legs[this.#roadBy[label] as number];
        if (!leg) return steps.reverse();
        place = leg.from;
        steps.push({ kind: 'ground', leg, begins: beginOf(leg, this.#land[layer * this.#places + place] as number) });
        by = 'land';
        continue;
      }
      const at = (by === 'land' ? this.#landBy[label] : this.#airBy[label]) as number;
      if (at === BEFORE) return steps.reverse();
      const connection = numbers[at / STRIDE] as number;
      steps.push({ kind: 'flight', connection });
      place = fromOf(rows, at);
      if (this.#layers > 1) {
        layer -= this.#network.timetable.legsOf(connection).length;
        while (layer > 0 && this.#catches(rows, at, (layer - 1) * this.#places + place)) layer -= 1;
      }
      const onRoad = (this.#road[layer * this.#places + place] as number) <= startByOf(rows, at);
      by = onRoad ? 'road' : 'air';
    }
  }
}
