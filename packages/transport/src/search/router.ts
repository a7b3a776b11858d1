import { type Fault, fail, formatInstant, formatMinor, ok, type Result, readInstant } from '@crossparcel/units';
import { instantOf, type Minute, minuteOf, readyMinuteOf } from '../timetable/minute.ts';
import { EarliestArrival } from './earliest-arrival.ts';
import { legsOfSteps } from './leg.ts';
import { type Network, networkOf, type Query } from './network.ts';
import { type Offer, ParetoSearch } from './pareto.ts';
import { chanceOf, type Risks } from './risk.ts';
import type { RouteAnswer, RouteRequest, Way } from './route-request.ts';
import { costMinor, difference, legsInWords, punctuality, roundChance } from './way.ts';

/** What leads among offers that are on time, or among all when none is. */
export const PREFERENCES = ['earliest', 'cheapest', 'surest'] as const;
export type Preference = (typeof PREFERENCES)[number];

/** Legs that alternatives may have where the request sets no limit and the earliest way has fewer. */
const USUAL_LEGS = 3;

const ORDERS: Readonly<Record<Preference, (a: Offer, b: Offer) => number>> = {
  earliest: (a, b) => a.arrives - b.arrives || a.pricePerKg - b.pricePerKg || a.risk - b.risk,
  cheapest: (a, b) => a.pricePerKg - b.pricePerKg || a.arrives - b.arrives || a.risk - b.risk,
  surest: (a, b) => a.risk - b.risk || a.arrives - b.arrives || a.pricePerKg - b.pricePerKg,
};

const dueBeforeReady: Fault = {
  code: 'due-before-ready',
  field: 'dueAt',
  what: 'is before the goods are ready',
  mend: 'give a time after readyAt',
};

const unknownPlace = (field: string, code: string): Fault => ({
  code: 'unknown-place',
  field,
  what: `${code} is no airport that is known and no place of a ground leg`,
  mend: 'give an IATA code, or a place that a ground leg leads from or to',
});

/** What a router may know beside the network. */
export interface RouterOptions {
  readonly preference?: Preference;
  /** How sure flights are, by connection. */
  readonly risks?: Risks;
  /** Whether a place exists that no flight calls at: then there is no way, where an unknown one is a fault. */
  knowsPlace(code: string): boolean;
}

/**
 * Finds ways for goods one after the other, and takes the room that each needs, so that those asked for later find less.
 * An answer tells the way, why it was taken, and the ways that beat it in another respect.
 */
export class Router {
  readonly #network: Network;
  readonly #options: RouterOptions;
  readonly #earliest: EarliestArrival;
  readonly #pareto: ParetoSearch;

  constructor(network: Network, options: RouterOptions) {
    const { timetable, ground, roomGrams } = network;
    this.#network = networkOf(timetable, ground, roomGrams.slice());
    this.#options = options;
    this.#earliest = new EarliestArrival(this.#network);
    this.#pareto = new ParetoSearch(this.#network, options.risks);
  }

  /** The way of a request. Faults: `unknown-place`, and `due-before-ready`. */
  answer(request: RouteRequest): Result<RouteAnswer, Fault> {
    const readyAt = readyMinuteOf(readInstant(request.readyAt)?.instant ?? Number.NaN);
    const dueAt = minuteOf(readInstant(request.dueAt)?.instant ?? Number.NaN);
    if (dueAt < readyAt) return fail(dueBeforeReady);
    for (const field of ['origin', 'destination'] as const) {
      const code = request[field];
      if (this.#place(code) === undefined && !this.#options.knowsPlace(code)) return fail(unknownPlace(field, code));
    }
    const from = this.#place(request.origin);
    const to = this.#place(request.destination);
    if (from === undefined || to === undefined) {
      return ok(this.#none(request, `no flight calls at ${from === undefined ? request.origin : request.destination}`));
    }
    const query = { from, to, readyAt, massGrams: request.massGrams };
    const offers = this.#offers(query, request.maxLegs, dueAt);
    const [chosen, ...others] = offers;
    if (!chosen) return ok(this.#none(request, this.#whyNone(query, request.maxLegs)));
    this.#take(chosen, request.massGrams);
    return ok(this.#told(request, query, dueAt, chosen, others));
  }

  #place(code: string): number | undefined {
    return this.#network.timetable.placeOf(code);
  }

  /** Offers in the order of preference; when even the earliest is late, those as early as that. */
  #offers(query: Query, maxLegs: number | undefined, dueAt: Minute): Offer[] {
    const earliest = this.#earliest.itinerary(query, maxLegs);
    if (!earliest) return [];
    const legs = earliest.steps.reduce(
      (sum, step) => sum + (step.kind === 'flight' ? this.#network.timetable.legsOf(step.connection).length : 0),
      0,
    );
    const offers = this.#pareto.offers(query, maxLegs ?? Math.max(USUAL_LEGS, legs), Math.max(dueAt, earliest.arrives));
    return offers.sort(ORDERS[this.#options.preference ?? 'earliest']);
  }

  #take({ steps }: Offer, massGrams: number): void {
    const { timetable, roomGrams } = this.#network;
    for (const step of steps) {
      if (step.kind !== 'flight') continue;
      for (const leg of timetable.legsOf(step.connection)) roomGrams[leg] = (roomGrams[leg] as number) - massGrams;
    }
  }

  #told(request: RouteRequest, query: Query, dueAt: Minute, chosen: Offer, others: readonly Offer[]): RouteAnswer {
    const { currency } = this.#network.timetable;
    const preference = this.#options.preference ?? 'earliest';
    const late = chosen.arrives - dueAt;
    const { legs, arrivesAt, cost, chance } = this.#way(chosen, query, '');
    return {
      id: request.id,
      status: late > 0 ? 'late' : 'planned',
      legs,
      arrivesAt,
      cost,
      currency,
      ...(chance !== undefined && { chance }),
      ...(this.#options.risks && punctuality(chosen, this.#options.risks, dueAt)),
      why: late > 0 ? `the earliest there is, ${late} min late` : `the ${preference} that is on time`,
      alternatives: others.map((offer) =>
        this.#way(offer, query, difference(offer, chosen, request.massGrams, currency)),
      ),
    };
  }

  #way(offer: Offer, { from, readyAt, massGrams }: Query, why: string): Way {
    const { timetable } = this.#network;
    const { currency } = timetable;
    const start = { place: from, time: readyAt, free: readyAt, offFlight: false };
    return {
      legs: legsInWords(timetable, legsOfSteps(timetable, offer.steps), start),
      arrivesAt: formatInstant(instantOf(offer.arrives)),
      cost: formatMinor(costMinor(offer, massGrams, currency), currency),
      ...(this.#options.risks && { chance: roundChance(chanceOf(offer.risk)) }),
      why,
    };
  }

  #none({ id }: RouteRequest, why: string): RouteAnswer {
    const { currency } = this.#network.timetable;
    return { id, status: 'unroutable', legs: [], arrivesAt: null, cost: null, currency, why, alternatives: [] };
  }

  /** Which of the conditions closes every way: tried without them, one after the other. */
  #whyNone(query: Query, maxLegs: number | undefined): string {
    if (maxLegs !== undefined && this.#earliest.arrival(query) !== undefined)
      return `no way has ${maxLegs} legs or fewer`;
    const light = { ...query, massGrams: 0 };
    if (this.#earliest.arrival(light) !== undefined) return `no way has room for ${query.massGrams} g`;
    return 'no flights connect from when the goods are ready until the timetable ends';
  }
}
