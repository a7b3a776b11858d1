import { arrivesOf, changeByOf, fromOf, STRIDE, startByOf, toOf } from '../timetable/connections.ts';
import type { Minute } from '../timetable/minute.ts';
import { firstAtLeast } from '../timetable/order.ts';
import { beginOf, latestFor } from './ground.ts';
import { type Network, roomOn } from './network.ts';
import { type Start, StepFunction } from './step-function.ts';

/** From where, to where, with what, and between which times goods may be ready. */
export interface ProfileQuery {
  readonly from: number;
  readonly to: number;
  readonly massGrams: number;
  readonly earliest: Minute;
  readonly latest: Minute;
}

/** Step functions of places, made when they are first asked for. */
class Functions {
  readonly #functions = new Map<number, StepFunction>();

  of(place: number): StepFunction {
    let one = this.#functions.get(place);
    if (!one) {
      one = new StepFunction();
      this.#functions.set(place, one);
    }
    return one;
  }
}

/**
 * Profiles by the Connection Scan Algorithm (Dibbelt and others, 2018, section 4): the connections once, from the last to
 * the first, so that whatever follows a connection is known when it is looked at. Goods off a flight, goods by road, and
 * goods that leave by road have functions of their own.
 */
class ProfileScan {
  readonly #network: Network;
  readonly #query: ProfileQuery;
  readonly #air = new Functions();
  readonly #road = new Functions();
  readonly #land = new Functions();

  constructor(network: Network, query: ProfileQuery) {
    this.#network = network;
    this.#query = query;
  }

  run(): Start[] {
    const { timetable } = this.#network;
    const { rows, departs, numbers } = timetable.connections;
    const { from, massGrams, earliest, latest } = this.#query;
    const first = firstAtLeast(departs, earliest);
    for (let row = departs.length - 1; row >= first; row -= 1) {
      const at = row * STRIDE;
      const connection = numbers[row] as number;
      const arrives = this.#from(toOf(rows, at), arrivesOf(rows, at), timetable.handlingMin(connection));
      if (arrives === Number.POSITIVE_INFINITY || roomOn(this.#network, connection) < massGrams) continue;
      this.#air.of(fromOf(rows, at)).add({ by: changeByOf(rows, at), arrives });
      this.#addRoad(fromOf(rows, at), { by: startByOf(rows, at), arrives });
    }
    return this.#road.of(from).starts.filter(({ by }) => by >= earliest && by <= latest);
  }

  /** When goods arrive that land somewhere. */
  #from(place: number, landed: Minute, handlingMin: number): Minute {
    const free = landed + handlingMin;
    return Math.min(this.#byGround(place, free), this.#air.of(place).at(landed), this.#land.of(place).at(free));
  }

  /** When goods arrive that leave a place by road and fly no more. */
  #byGround(place: number, free: Minute): Minute {
    if (place === this.#query.to) return free;
    const reached = new Map([[place, free]]);
    const open = [place];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const leg of this.#network.ground.outOf(next)) {
        const time = beginOf(leg, reached.get(next) as Minute) + leg.minutes;
        if (time >= (reached.get(leg.to) ?? Number.POSITIVE_INFINITY)) continue;
        reached.set(leg.to, time);
        open.push(leg.to);
      }
    }
    return reached.get(this.#query.to) ?? Number.POSITIVE_INFINITY;
  }

  #addRoad(place: number, start: Start): void {
    if (!this.#road.of(place).add(start)) return;
    for (const leg of this.#network.ground.into(place)) {
      const before = { by: latestFor(leg, start.by), arrives: start.arrives };
      if (this.#land.of(leg.from).add(before)) this.#addRoad(leg.from, before);
    }
  }
}

/**
 * Every start worth making within a time: being ready by `by` the goods arrive at `arrives`, and a later start arrives later.
 * Ways without a flight are not among them, since those can begin at any time.
 */
export const profileOf = (network: Network, query: ProfileQuery): Start[] => new ProfileScan(network, query).run();
