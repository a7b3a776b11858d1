import { type Fault, fail, formatInstant, formatMinor, ok, type Result, readInstant } from '@crossparcel/units';
import { FlightBook } from '../../events/flight-book.ts';
import type { FlightEvent } from '../../events/flight-event.ts';
import type { GroundNetwork } from '../../search/ground.ts';
import { afterLeg, type Leg, legsOfSteps, priceOfLegs, type Standing } from '../../search/leg.ts';
import { networkOf, type Query } from '../../search/network.ts';
import type { Offer } from '../../search/pareto.ts';
import type { RouteAnswer, RouteRequest, Way } from '../../search/route-request.ts';
import { costMinor, difference, legsInWords } from '../../search/way.ts';
import { instantOf, type Minute, minuteOf } from '../../timetable/minute.ts';
import type { DepartureChange, Timetable } from '../../timetable/timetable.ts';
import { type Booking, bookingOf, follow, LegFinder, type Rest, type Whereabouts, whereaboutsOf } from './booking.ts';
import { CheapestWay, type WeighedOffer } from './cheapest-way.ts';
import { Loads } from './loads.ts';
import type { Rerouted } from './record.ts';
import { latenessPerKg, type RepairTerms } from './terms.ts';

/** Goods that are looked at: where they are, what lies ahead of them, and how that turns out. */
interface Case {
  readonly booking: Booking;
  readonly where: Whereabouts;
  readonly ahead: readonly Leg[];
  readonly rest: Rest;
}

/** A way on: legs ahead that are kept, and from where they end the best of some offers. */
interface Option {
  readonly keep: readonly Leg[];
  readonly from: Standing;
  readonly best: Offer;
  readonly others: readonly Offer[];
  /** Freight ahead, lateness and fees, in nanos a kilogram. */
  readonly perKg: number;
}

const notInOrder = ({ at }: FlightEvent): Fault => ({
  code: 'not-in-order',
  field: 'at',
  what: `${at} is before the event above`,
  mend: 'give events in the order in which they became known',
});

/** Changes, with those that follow from them: a flight with stops leaves none before it has landed there. */
const withStops = (timetable: Timetable, changes: readonly DepartureChange[]): DepartureChange[] => {
  const all = [...changes];
  const told = new Set(changes.map(({ departure }) => departure));
  const nextLegs = new Map(timetable.throughFlights.flatMap((legs) => legs.slice(1).map((leg, at) => [legs[at], leg])));
  for (const change of all) {
    const next = change.kind === 'delayed' ? nextLegs.get(change.departure) : undefined;
    if (change.kind !== 'delayed' || next === undefined || told.has(next)) continue;
    const later = change.arrives - (timetable.state.departs[next] as number);
    if (later <= 0 || timetable.state.goes[next] === 0) continue;
    const arrives = (timetable.state.arrives[next] as number) + later;
    all.push({ kind: 'delayed', departure: next, departs: change.arrives, arrives });
  }
  return all;
};

const isFlight = ({ kind }: Leg): boolean => kind === 'flight';

/**
 * Bookings under news of flights. What still works stays as it is; what broke goes the cheapest way from where the goods
 * are, lateness counted; what became late moves when that saves more than its fee, so that no booking changes for nothing.
 * Goods are put only on flights whose latest time of tender is still to come.
 */
export class BookingDesk {
  readonly #bookings = new Map<string, Booking>();
  readonly #ground: GroundNetwork;
  readonly #terms: RepairTerms;
  readonly #legs: LegFinder;
  readonly #flights: FlightBook;
  readonly #loads: Loads;
  #timetable: Timetable;
  #search: CheapestWay | undefined;
  #now: Minute = Number.NEGATIVE_INFINITY;
  #moves = 0;

  constructor(timetable: Timetable, ground: GroundNetwork, terms: RepairTerms) {
    this.#timetable = timetable;
    this.#ground = ground;
    this.#terms = terms;
    this.#legs = new LegFinder(timetable, ground);
    this.#flights = new FlightBook(timetable.table);
    this.#loads = new Loads(timetable);
  }

  get bookings(): readonly Booking[] {
    return [...this.#bookings.values()];
  }

  /** The timetable as it is known now. */
  get timetable(): Timetable {
    return this.#timetable;
  }

  /** What is booked on its departures. */
  get loads(): Loads {
    return this.#loads;
  }

  /** How often goods were put on another way. */
  get moves(): number {
    return this.#moves;
  }

  /**
   * Takes a request as its plan tells it. Fails for legs that are not in the timetable (`unknown-leg`), for a flight that
   * has less room than is booked on it (`no-room`), and for a request that is there already (`taken-twice`).
   */
  book(request: RouteRequest, told: RouteAnswer): Result<Booking, Fault> {
    if (this.#bookings.has(request.id)) {
      return fail({ code: 'taken-twice', field: 'id', what: `${request.id} is there twice`, mend: 'give it once' });
    }
    const legs = this.#legs.legsOf(told.legs);
    if (!legs.ok) return legs;
    const booking = bookingOf(request, told, legs.value, this.#timetable.table);
    this.#loads.hold(request, booking.legs);
    const over = legs.value.findIndex((leg) => leg.kind === 'flight' && this.#loads.overBy(leg.departure) > 0);
    if (over >= 0) {
      this.#loads.release(request, booking.legs);
      return fail(this.#noRoom(over, legs.value[over] as Extract<Leg, { kind: 'flight' }>));
    }
    this.#bookings.set(request.id, booking);
    return ok(booking);
  }

  #noRoom(index: number, { departure }: { readonly departure: number }): Fault {
    const { flight, capacityGrams } = this.#timetable.departure(departure);
    return {
      code: 'no-room',
      field: `legs[${index}].flight`,
      what: `${flight} has room for ${capacityGrams} g, and the plan books more`,
      mend: 'plan again with this timetable, or mend its capacityKg',
    };
  }

  /** Takes the next event and tells each booking that it changes. Fails when it is out of order or names no departure. */
  hear(event: FlightEvent): Result<Rerouted[], Fault> {
    const now = minuteOf(readInstant(event.at)?.instant ?? Number.NaN);
    if (now < this.#now) return fail(notInOrder(event));
    const taken = this.#flights.take(event);
    if (!taken.ok) return taken;
    this.#now = now;
    const { changes } = taken.value;
    return ok(changes.length === 0 ? [] : this.#change(withStops(this.#timetable, changes)));
  }

  #change(changes: readonly DepartureChange[]): Rerouted[] {
    const before = this.#timetable.state.capacityGrams;
    this.#timetable = this.#timetable.changed(changes);
    this.#search = undefined;
    const departures = [...new Set(changes.map(({ departure }) => departure))];
    for (const departure of departures) {
      const now = this.#timetable.state.capacityGrams[departure] as number;
      this.#loads.change(departure, now - (before[departure] as number));
    }
    const touched = new Set(departures.flatMap((departure) => this.#loads.on(departure)));
    const bumped = departures.flatMap((departure) => this.#bump(departure));
    const waiting = this.bookings.filter(({ told }) => told.status !== 'planned').map(({ request }) => request.id);
    const settled = this.#byDue(new Set([...touched, ...waiting])).flatMap((booking) => this.#settle(booking));
    return [...bumped, ...settled];
  }

  /** Those that are due first choose first. */
  #byDue(ids: Iterable<string>): Booking[] {
    const bookings = Array.from(ids, (id) => this.#bookings.get(id) as Booking);
    return bookings.sort((a, b) => a.dueAt - b.dueAt || (a.request.id < b.request.id ? -1 : 1));
  }

  #look(booking: Booking): Case {
    const where = whereaboutsOf(booking, this.#timetable, this.#now);
    const ahead = booking.legs.slice(where.begun);
    return { booking, where, ahead, rest: follow(this.#timetable, ahead, where.standing, booking.to) };
  }

  /** Where goods stand that leave their way now: those tendered for a flight come back first. */
  #free({ where: { standing, tendered }, rest }: Case): Standing {
    const { offloadMinutes, returnMinutes } = this.#terms;
    const back = rest.broken?.cancelled && rest.broken.after === 0 ? returnMinutes : offloadMinutes;
    const from = this.#now + (tendered ? back : 0);
    return { ...standing, time: Math.max(standing.time, from), free: Math.max(standing.free, from) };
  }

  /** The fee for leaving a way after so many of the legs ahead. A cancelled flight's bookings change free of charge. */
  #feePerKg({ where, ahead, rest }: Case, kept: number): number {
    if (ahead.length === 0 || (rest.broken?.cancelled && rest.broken.after === kept)) return 0;
    const { rebookPerKg, offloadPerKg } = this.#terms;
    return rebookPerKg + (where.tendered && kept === 0 ? offloadPerKg : 0);
  }

  /** The ways that goods could go on: from where they are, or after legs ahead that still work; the cheapest first. */
  #options(one: Case): Option[] {
    const { booking, where, ahead, rest } = one;
    const timetable = this.#timetable;
    const most = rest.broken ? rest.broken.after : ahead.length - 1;
    const options: Option[] = [];
    let standing = where.standing;
    this.#loads.release(booking.request, ahead);
    for (let kept = 0; kept <= most; kept += 1) {
      const keep = ahead.slice(0, kept);
      const from = kept === 0 ? this.#free(one) : standing;
      this.#loads.hold(booking.request, keep);
      const [best, ...others] = this.#offers(one, keep, from);
      this.#loads.release(booking.request, keep);
      if (best) {
        const perKg = priceOfLegs(timetable, keep) + best.perKg + this.#feePerKg(one, kept);
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
    this.#search ??= new CheapestWay(networkOf(this.#timetable, this.#ground, this.#loads.roomGrams), this.#terms);
    return this.#search.offers(query, dueAt, maxLegs);
  }

  /** What the rest of a way comes to a kilogram if nothing is changed. */
  #stayPerKg({ booking, ahead, rest }: Case): number {
    if (rest.broken) return Number.POSITIVE_INFINITY;
    return priceOfLegs(this.#timetable, ahead) + latenessPerKg(this.#terms, rest.arrives - booking.dueAt);
  }

  /** Moves goods off a departure that has less room than is booked, those first whose move costs least for what it frees. */
  #bump(departure: number): Rerouted[] {
    const told: Rerouted[] = [];
    const { flight } = this.#timetable.departure(departure);
    while (this.#loads.overBy(departure) > 0) {
      const over = this.#loads.overBy(departure);
      const cases = this.#byDue(this.#loads.on(departure))
        .map((booking) => this.#look(booking))
        .map((one) => this.#breakAt(one, departure))
        .filter((one) => one !== undefined);
      const moves = cases.map((one) => {
        const [option] = this.#options(one);
        const { massGrams } = one.booking.request;
        const extraPerKg = option ? option.perKg - this.#stayPerKg(this.#look(one.booking)) : Number.POSITIVE_INFINITY;
        return { one, option, cost: (extraPerKg * massGrams) / Math.min(massGrams, over) };
      });
      const [cheapest] = moves.sort((a, b) => (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : 0));
      if (!cheapest) return told;
      told.push(...this.#move(cheapest.one, cheapest.option, `${flight} has less room than is booked`));
    }
    return told;
  }

  /** Goods as if they could not go on a departure that lies ahead of them; undefined when it does not. */
  #breakAt(one: Case, departure: number): Case | undefined {
    const after = one.ahead.findIndex((leg) => leg.kind === 'flight' && leg.departure === departure);
    if (after < 0) return undefined;
    return { ...one, rest: { broken: { after, why: 'there is no room', cancelled: false } } };
  }

  /** Leaves a booking as it is, puts it on another way, or finds none. */
  #settle(booking: Booking): Rerouted[] {
    const one = this.#look(booking);
    const { rest } = one;
    if (!rest.broken && rest.arrives <= booking.dueAt) return this.#tell(booking, rest, 'times changed', []);
    const why = rest.broken ? rest.broken.why : `it would come ${rest.arrives - booking.dueAt} min late`;
    const [option] = this.#options(one);
    if (option && option.perKg < this.#stayPerKg(one)) return this.#move(one, option, why);
    if (!rest.broken) return this.#tell(booking, rest, `${why}, and no other way pays`, []);
    return this.#move(one, undefined, `${why}, and there is no other way`);
  }

  /** Puts goods on another way. Without one they go on as far as they are tendered for, and wait. */
  #move(one: Case, option: Option | undefined, why: string): Rerouted[] {
    const { booking, where, ahead, rest } = one;
    const timetable = this.#timetable;
    const goesOn = where.tendered && rest.broken?.after !== 0 ? 1 : 0;
    const keep = option?.keep ?? ahead.slice(0, goesOn);
    // A leg that goods are on stays in the way, as its arrival may still change.
    const isOn = where.begun > 0 && where.standing.time > this.#now;
    const done = where.begun - (isOn ? 1 : 0);
    const over = booking.legs.slice(0, done);
    const start = keep.length > 0 ? where.standing : this.#free(one);
    const legs = [...keep, ...(option ? legsOfSteps(timetable, option.best.steps) : [])];
    const next: Booking = {
      ...booking,
      over: [...booking.over, ...legsInWords(timetable, over, booking.start)],
      overPerKg: booking.overPerKg + priceOfLegs(timetable, over),
      start: isOn ? where.before : start,
      legs: [...booking.legs.slice(done, where.begun), ...legs],
      feesPerKg: booking.feesPerKg + (option ? this.#feePerKg(one, keep.length) : 0),
    };
    this.#loads.release(booking.request, ahead);
    this.#loads.hold(booking.request, legs);
    if (!option) return this.#tell(next, { broken: { after: 0, why, cancelled: false } }, why, []);
    this.#moves += 1;
    const alternatives = option.others.map((other) => this.#alternative(other, option, booking.request));
    return this.#tell(next, { arrives: option.best.arrives }, why, alternatives);
  }

  #alternative(offer: Offer, { best, from }: Option, { massGrams }: RouteRequest): Way {
    const { currency } = this.#timetable;
    return {
      legs: legsInWords(this.#timetable, legsOfSteps(this.#timetable, offer.steps), from),
      arrivesAt: formatInstant(instantOf(offer.arrives)),
      cost: formatMinor(costMinor(offer, massGrams, currency), currency),
      why: difference(offer, best, massGrams, currency),
    };
  }

  /** Keeps a booking, and tells it when its legs or their times are others than those told last. */
  #tell(booking: Booking, rest: Rest, reason: string, alternatives: readonly Way[]): Rerouted[] {
    const { request, dueAt, told } = booking;
    const { currency } = this.#timetable;
    const inMoney = (perKg: number) =>
      formatMinor(costMinor({ pricePerKg: perKg }, request.massGrams, currency), currency);
    const late = (rest.arrives ?? dueAt) - dueAt;
    const answer: RouteAnswer = {
      id: request.id,
      status: rest.broken ? 'unroutable' : late > 0 ? 'late' : 'planned',
      legs: [...booking.over, ...legsInWords(this.#timetable, booking.legs, booking.start)],
      arrivesAt: rest.broken ? null : formatInstant(instantOf(rest.arrives)),
      cost: rest.broken ? null : inMoney(booking.overPerKg + priceOfLegs(this.#timetable, booking.legs)),
      currency,
      why: rest.broken?.why ?? (late > 0 ? `${late} min late` : 'on time'),
      alternatives: [...alternatives],
    };
    this.#bookings.set(request.id, { ...booking, told: answer });
    const isSame = answer.status === told.status && JSON.stringify(answer.legs) === JSON.stringify(told.legs);
    if (isSame) return [];
    return [{ ...answer, at: formatInstant(instantOf(this.#now)), reason, fees: inMoney(booking.feesPerKg) }];
  }
}
