import { arrivesOf, changeByOf, fromOf, STRIDE, startByOf, toOf } from '../timetable/connections.ts';
import type { Minute } from '../timetable/minute.ts';
import { firstAtLeast } from '../timetable/order.ts';
import { type Bounds, boundsTo } from './bounds.ts';
import { type Edges, edgesOf, priceOf } from './edges.ts';
import { beginOf } from './ground.ts';
import { type LabelFacts, Labels, NOTHING } from './labels.ts';
import { type Itinerary, type Network, type Query, roomOn, type Step } from './network.ts';
import { missRisk, noRisks, type Risk, type Risks } from './risk.ts';

/** An itinerary with what it costs a kilogram and how sure it is. */
export interface Offer extends Itinerary {
  readonly pricePerKg: number;
  /** That a flight is cancelled or a connection missed. */
  readonly risk: Risk;
}

/** A query with its limits. */
interface Limits extends Query {
  readonly maxLegs: number;
  readonly until: Minute;
}

/** Bounds towards targets that are kept; a despatch goes to a few dozen gateways. */
const MOST_TARGETS = 256;

/** The bags of a place: of goods off a flight, and of goods by road. */
const airBag = (place: number): number => place * 2;
const roadBag = (place: number): number => place * 2 + 1;
const groundBy = (index: number): number => -2 - index;

/**
 * All itineraries that no other beats in arrival, cost and reliability at once: a Connection Scan that keeps a bag of
 * labels at each place (as McRAPTOR does: Delling, Pajor, Werneck, "Round-Based Public Transit Routing", Transportation
 * Science 49, 2015), cut down by bounds towards the target (as NAMOA* does: Mandow, Pérez de la Cruz, JACM 57, 2010). A
 * label is dropped only for one at least as good in every respect, so the set is exact; of ways that are equal in all three
 * one is given. One object answers any number of queries, one after the other.
 */
export class ParetoSearch {
  readonly #network: Network;
  readonly #risks: Risks;
  readonly #places: number;
  readonly #labels: Labels;
  readonly #known = new Map<string, Bounds>();
  #edges: Edges | undefined;
  #bounds: Bounds | undefined;
  #query: Limits = { from: 0, to: 0, readyAt: 0, massGrams: 0, maxLegs: 0, until: 0 };
  /** Labels at the target that no other beats. */
  #front: number[] = [];

  constructor(network: Network, risks = noRisks(network.timetable.connectionCount)) {
    this.#network = network;
    this.#risks = risks;
    this.#places = network.timetable.table.places.size;
    this.#labels = new Labels(this.#places * 2, risks);
  }

  /** Offers with at most so many legs that arrive at `until` or before, by arrival, then cost, then risk. */
  offers(query: Query, maxLegs: number, until: Minute): Offer[] {
    this.#query = { ...query, maxLegs, until };
    this.#bounds = this.#boundsTo(query.to, maxLegs);
    this.#labels.clear();
    this.#front = [];
    const { from, readyAt, landedAt } = query;
    const start = {
      time: landedAt ?? readyAt,
      free: readyAt,
      pricePerKg: 0,
      risk: 0,
      legs: 0,
      curve: 0,
      parent: NOTHING,
      by: NOTHING,
    };
    if (landedAt === undefined) this.#arriveByRoad(from, start);
    else this.#land(from, start);
    this.#scan();
    return this.#front.map((label) => this.#offer(label)).sort(byArrivalCostRisk);
  }

  #boundsTo(target: number, maxLegs: number): Bounds {
    const key = `${target} ${maxLegs}`;
    let bounds = this.#known.get(key);
    if (!bounds) {
      const { timetable, ground } = this.#network;
      this.#edges ??= edgesOf(timetable, this.#risks);
      bounds = boundsTo(target, this.#places, maxLegs, this.#edges, ground);
      if (this.#known.size === MOST_TARGETS) this.#known.clear();
      this.#known.set(key, bounds);
    }
    return bounds;
  }

  #scan(): void {
    const { rows, departs } = this.#network.timetable.connections;
    const { readyAt, landedAt = readyAt, until, maxLegs } = this.#query;
    if (maxLegs === 0) return;
    const { heads } = this.#labels;
    const left = (this.#bounds as Bounds).minutes.subarray((maxLegs - 1) * this.#places, maxLegs * this.#places);
    const end = firstAtLeast(departs, until) * STRIDE;
    for (let at = firstAtLeast(departs, landedAt) * STRIDE; at < end; at += STRIDE) {
      const from = fromOf(rows, at);
      const air = heads[airBag(from)] as number;
      const road = heads[roadBag(from)] as number;
      if (air === NOTHING && road === NOTHING) continue;
      if (arrivesOf(rows, at) + (left[toOf(rows, at)] as number) > until) continue;
      this.#board(at, air, changeByOf(rows, at), true);
      this.#board(at, road, startByOf(rows, at), false);
    }
  }

  /** Carries the labels of a bag that are in time over the connection of a row. */
  #board(at: number, first: number, by: Minute, offFlight: boolean): void {
    const { timetable } = this.#network;
    const { rows, numbers } = timetable.connections;
    const labels = this.#labels;
    const connection = numbers[at / STRIDE] as number;
    let isOpen = false;
    for (
      let label = first;
      label !== NOTHING && (labels.time[label] as number) <= by;
      label = labels.next[label] as number
    ) {
      if (!isOpen && roomOn(this.#network, connection) < this.#query.massGrams) return;
      isOpen = true;
      const missed = offFlight
        ? missRisk(this.#risks, labels.curve[label] as number, by - (labels.time[label] as number))
        : 0;
      const time = arrivesOf(rows, at);
      this.#land(toOf(rows, at), {
        time,
        free: time + timetable.handlingMin(connection),
        pricePerKg: (labels.pricePerKg[label] as number) + priceOf(timetable, connection),
        risk: (labels.risk[label] as number) + missed + (this.#risks.cancelled[connection] as number),
        legs: (labels.legs[label] as number) + timetable.legsOf(connection).length,
        curve: this.#risks.curveOf[connection] as number,
        parent: label,
        by: at,
      });
    }
  }

  #land(place: number, facts: LabelFacts): void {
    if (this.#isHopeless(place, facts, facts.time)) return;
    if (place === this.#query.to) this.#reachTarget(facts);
    else {
      const label = this.#labels.add(airBag(place), facts);
      if (label !== NOTHING) this.#followGround(place, label, facts);
    }
  }

  #arriveByRoad(place: number, facts: LabelFacts): void {
    if (this.#isHopeless(place, facts, facts.time)) return;
    if (place === this.#query.to) this.#reachTarget(facts);
    else {
      const label = this.#labels.add(roadBag(place), facts);
      if (label !== NOTHING) this.#followGround(place, label, facts);
    }
  }

  #followGround(place: number, parent: number, facts: LabelFacts): void {
    for (const leg of this.#network.ground.outOf(place)) {
      const time = beginOf(leg, facts.free) + leg.minutes;
      const pricePerKg = facts.pricePerKg + leg.pricePerKg;
      this.#arriveByRoad(leg.to, { ...facts, time, free: time, pricePerKg, curve: 0, parent, by: groundBy(leg.index) });
    }
  }

  /** Whether whatever follows from a label is too late, has too many legs, or is beaten at the target already. */
  #isHopeless(place: number, { pricePerKg, risk, legs }: LabelFacts, time: Minute): boolean {
    const left = this.#query.maxLegs - legs;
    if (left < 0) return true;
    const bounds = this.#bounds as Bounds;
    const at = left * this.#places + place;
    const arrives = time + (bounds.minutes[at] as number);
    if (arrives > this.#query.until) return true;
    return this.#isBeaten(arrives, pricePerKg + (bounds.pricePerKg[at] as number), risk + (bounds.risk[at] as number));
  }

  #isBeaten(arrives: Minute, pricePerKg: number, risk: Risk): boolean {
    const labels = this.#labels;
    for (const label of this.#front) {
      if (
        (labels.free[label] as number) <= arrives &&
        (labels.pricePerKg[label] as number) <= pricePerKg &&
        (labels.risk[label] as number) <= risk
      )
        return true;
    }
    return false;
  }

  #reachTarget(facts: LabelFacts): void {
    const { free, pricePerKg, risk } = facts;
    if (free > this.#query.until || this.#isBeaten(free, pricePerKg, risk)) return;
    const labels = this.#labels;
    const added = labels.keep(facts);
    this.#front = this.#front.filter(
      (label) =>
        (labels.free[label] as number) < free ||
        (labels.pricePerKg[label] as number) < pricePerKg ||
        (labels.risk[label] as number) < risk,
    );
    this.#front.push(added);
  }

  #offer(last: number): Offer {
    const labels = this.#labels;
    const { numbers } = this.#network.timetable.connections;
    const steps: Step[] = [];
    for (let label = last; labels.by[label] !== NOTHING; label = labels.parent[label] as number) {
      const by = labels.by[label] as number;
      const leg = this.#network.ground.legs[groundBy(by)];
      if (by >= 0) steps.push({ kind: 'flight', connection: numbers[by / STRIDE] as number });
      else if (leg) {
        const there = labels.free[labels.parent[label] as number] as number;
        steps.push({ kind: 'ground', leg, begins: beginOf(leg, there) });
      }
    }
    return {
      steps: steps.reverse(),
      arrives: labels.free[last] as number,
      pricePerKg: labels.pricePerKg[last] as number,
      risk: labels.risk[last] as number,
    };
  }
}

const byArrivalCostRisk = (a: Offer, b: Offer): number =>
  a.arrives - b.arrives || a.pricePerKg - b.pricePerKg || a.risk - b.risk;
