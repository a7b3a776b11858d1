import { EarliestArrival } from '../../search/earliest-arrival.ts';
import type { Network, Query } from '../../search/network.ts';
import { type Offer, ParetoSearch } from '../../search/pareto.ts';
import type { Minute } from '../../timetable/minute.ts';
import { latenessPerKg, type RepairTerms } from './terms.ts';

const MINUTES_PER_DAY = 1440;
/** Further legs that goods may have when their request sets no limit. */
const USUAL_LEGS = 3;

/** A way with what it comes to a kilogram, lateness counted, in nanos. */
export interface WeighedOffer {
  readonly offer: Offer;
  readonly perKg: number;
}

/** What goods can still do: the cheapest way, lateness counted, before those that beat it in another respect. */
export class CheapestWay {
  readonly #earliest: EarliestArrival;
  readonly #pareto: ParetoSearch;
  readonly #terms: RepairTerms;

  constructor(network: Network, terms: RepairTerms) {
    this.#earliest = new EarliestArrival(network);
    this.#pareto = new ParetoSearch(network);
    this.#terms = terms;
  }

  /** Offers from the cheapest on; none when no way leads there. */
  offers(query: Query, dueAt: Minute, maxLegs: number | undefined): WeighedOffer[] {
    const earliest = this.#earliest.itinerary(query, maxLegs);
    if (!earliest) return [];
    const legs = maxLegs ?? Math.max(USUAL_LEGS, earliest.steps.length);
    const onTime = this.#weighed(this.#pareto.offers(query, legs, Math.max(dueAt, earliest.arrives)), dueAt);
    const [best] = onTime;
    if (!best) return [];
    // A way so late that its lateness alone costs more than the best so far cannot be better.
    const { lateFeePerKg, latePerKgDay } = this.#terms;
    const worthwhile = ((best.perKg - lateFeePerKg) / Math.max(1, latePerKgDay)) * MINUTES_PER_DAY;
    const until = dueAt + Math.ceil(worthwhile);
    if (until <= Math.max(dueAt, earliest.arrives)) return onTime;
    return this.#weighed(this.#pareto.offers(query, legs, until), dueAt);
  }

  #weighed(offers: readonly Offer[], dueAt: Minute): WeighedOffer[] {
    return offers
      .map((offer) => ({ offer, perKg: offer.pricePerKg + latenessPerKg(this.#terms, offer.arrives - dueAt) }))
      .sort((a, b) => a.perKg - b.perKg || a.offer.arrives - b.offer.arrives);
  }
}
