import type { GroundNetwork } from '../../search/ground.ts';
import { afterLeg, type Leg, priceOfLegs, type Standing } from '../../search/leg.ts';
import { networkOf, type Query } from '../../search/network.ts';
import type { Offer } from '../../search/pareto.ts';
import type { Minute } from '../../timetable/minute.ts';
import type { Timetable } from '../../timetable/timetable.ts';
import { type Booking, follow, type Rest, type Whereabouts, whereaboutsOf } from './booking.ts';
import { CheapestWay, type WeighedOffer } from './cheapest-way.ts';
import type { Loads } from './loads.ts';
import { latenessPerKg, type RepairTerms } from './terms.ts';

/** Goods that are looked at: where they are, what lies ahead of them, and how that turns out. */
export interface Case {
  readonly booking: Booking;
  readonly where: Whereabouts;
  readonly ahead: readonly Leg[];
  readonly rest: Rest;
}

/** A way on: legs ahead that are kept, and from where they end the best of some offers. */
export interface Option {
  readonly keep: readonly Leg[];
  readonly from: Standing;
  readonly best: Offer;
  readonly others: readonly Offer[];
  /** Freight ahead, lateness and fees, in nanos a kilogram. */
  readonly perKg: number;
}

const isFlight = ({ kind }: Leg): boolean => kind === 'flight';

/** What goods can still do under the times that are known at one moment. */
export class WaysOn {
  readonly #timetable: Timetable;
  readonly #loads: Loads;
  readonly #terms: RepairTerms;
  readonly #now: Minute;
  readonly #search: CheapestWay;

  constructor(timetable: Timetable, ground: GroundNetwork, loads: Loads, terms: RepairTerms, now: Minute) {
    this.#timetable = timetable;
    this.#loads = loads;
    this.#terms = terms;
    this.#now = now;
    this.#search = new CheapestWay(networkOf(timetable, ground, loads.roomGrams), terms);
  }

  /** Where goods are and how their way turns out. */
  look(booking: Booking): Case {
    const where = whereaboutsOf(booking, this.#timetable, this.#now);
    const ahead = booking.legs.slice(where.begun);
    return { booking, where, ahead, rest: follow(this.#timetable, ahead, where.standing, booking.to) };
  }

  /** Where goods stand that leave their way now: those tendered for a flight come back first. */
  free({ where: { standing, tendered }, rest }: Case): Standing {
    const { offloadMinutes, returnMinutes } = this.#terms;
    const back = rest.broken?.cancelled && rest.broken.after === 0 ? returnMinutes : offloadMinutes;
    const from = this.#now + (tendered ? back : 0);
    return { ...standing, time: Math.max(standing.time, from), free: Math.max(standing.free, from) };
  }

  /** The fee for leaving a way after so many of the legs ahead. A cancelled flight's bookings change free of charge. */
  feePerKg({ where, ahead, rest }: Case, kept: number): number {
    if (ahead.length === 0 || (rest.broken?.cancelled && rest.broken.after === kept)) return 0;
    const { rebookPerKg, offloadPerKg } = this.#terms;
    return rebookPerKg + (where.tendered && kept === 0 ? offloadPerKg : 0);
  }

  /** The ways that goods could go on: from where they are, or after legs ahead that still work; the cheapest first. */
  options(one: Case): Option[] {
    const { booking, where, ahead, rest } = one;
    const timetable = this.#timetable;
    const most = rest.broken ? rest.broken.after : ahead.length - 1;
    const options: Option[] = [];
    let standing = where.standing;
    this.#loads.release(booking.request, ahead);
    for (let kept = 0; kept <= most; kept += 1) {
      const keep = ahead.slice(0, kept);
      const from = kept === 0 ? this.free(one) : standing;
      this.#loads.hold(booking.request, keep);
      const [best, ...others] = this.#offers(one, keep, from);
      this.#loads.release(booking.request, keep);
      if (best) {
        const perKg = priceOfLegs(timetable, keep) + best.perKg + this.feePerKg(one, kept);
        options.push({ keep, from, best: best.offer, others: others.map(({ offer }) => offer), perKg });
      }
      const leg = ahead[kept];
      if (leg) standing = afterLeg(timetable, leg, standing);
    }
    this.#loads.hold(booking.request, ahead);
    return options.sort((a, b) => a.perKg - b.perKg || b.keep.length - a.keep.length);
  }

  #offers({ booking, where }: Case, keep: readonly Leg[], { place, time, free, offFlight }: Standing): WeighedOffer[] {
    const { request, to, dueAt, over, legs } = booking;
    const query: Query = {
      from: place,
      to,
      readyAt: free,
      massGrams: request.massGrams,
      ...(offFlight && { landedAt: time }),
    };
    const begun = legs.slice(0, where.begun);
    const flown = over.filter((leg) => 'flight' in leg).length + [...begun, ...keep].filter(isFlight).length;
    const maxLegs = request.maxLegs === undefined ? undefined : request.maxLegs - flown;
    return this.#search.offers(query, dueAt, maxLegs);
  }

  /** What the rest of a way comes to a kilogram if nothing is changed. */
  stayPerKg({ booking, ahead, rest }: Case): number {
    if (rest.broken) return Number.POSITIVE_INFINITY;
    return priceOfLegs(this.#timetable, ahead) + latenessPerKg(this.#terms, rest.arrives - booking.dueAt);
  }
}
