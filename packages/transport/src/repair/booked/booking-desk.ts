import { type Fault, fail, formatInstant, formatMinor, ok, type Result, readInstant } from '@crossparcel/units';
import { FlightBook } from '../../events/flight-book.ts';
import type { FlightEvent } from '../../events/flight-event.ts';
import type { GroundNetwork } from '../../search/ground.ts';
import { type Leg, legsOfSteps, priceOfLegs } from '../../search/leg.ts';
import type { Offer } from '../../search/pareto.ts';
import type { RouteAnswer, RouteRequest, Way } from '../../search/route-request.ts';
import { costMinor, difference, legsInWords } from '../../search/way.ts';
import { instantOf, type Minute, minuteOf } from '../../timetable/minute.ts';
import type { DepartureChange, Timetable } from '../../timetable/timetable.ts';
import { type Booking, bookingOf, LegFinder, type Rest } from './booking.ts';
import { Loads } from './loads.ts';
import type { Rerouted } from './record.ts';
import type { RepairTerms } from './terms.ts';
import { type Case, type Option, WaysOn } from './ways-on.ts';

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

/**
 * Bookings under news of flights. What still works stays as it is; what broke goes the cheapest way from where the goods
 * are, lateness counted; what became late moves when that saves more than its fee, so that no booking changes for nothing.
 * Goods are put only on flights whose latest time of tender is still to come.
 */
export class BookingDesk {
  readonly #bookings = new Map<string, Booking>();
  readonly ground: GroundNetwork;
  readonly terms: RepairTerms;
  readonly #legs: LegFinder;
  readonly #flights: FlightBook;
  readonly #loads: Loads;
  #timetable: Timetable;
  #ways: WaysOn;
  #now: Minute = Number.NEGATIVE_INFINITY;
  #moves = 0;

  constructor(timetable: Timetable, ground: GroundNetwork, terms: RepairTerms) {
    this.#timetable = timetable;
    this.ground = ground;
    this.terms = terms;
    this.#legs = new LegFinder(timetable, ground);
    this.#flights = new FlightBook(timetable.table);
    this.#loads = new Loads(timetable);
    this.#ways = this.#waysNow();
  }

  #waysNow(): WaysOn {
    return new WaysOn(this.#timetable, this.ground, this.#loads, this.terms, this.#now);
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
    this.#ways = this.#waysNow();
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

  /** Moves goods off a departure that has less room than is booked, those first whose move costs least for what it frees. */
  #bump(departure: number): Rerouted[] {
    const told: Rerouted[] = [];
    const { flight } = this.#timetable.departure(departure);
    while (this.#loads.overBy(departure) > 0) {
      const over = this.#loads.overBy(departure);
      const cases = this.#byDue(this.#loads.on(departure))
        .map((booking) => this.#ways.look(booking))
        .map((one) => this.#breakAt(one, departure))
        .filter((one) => one !== undefined);
      const moves = cases.map((one) => {
        const [option] = this.#ways.options(one);
        const { massGrams } = one.booking.request;
        const extraPerKg = option
          ? option.perKg - this.#ways.stayPerKg(this.#ways.look(one.booking))
          : Number.POSITIVE_INFINITY;
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
    const one = this.#ways.look(booking);
    const { rest } = one;
    if (!rest.broken && rest.arrives <= booking.dueAt) return this.#tell(booking, rest, 'times changed', []);
    const why = rest.broken ? rest.broken.why : `it would come ${rest.arrives - booking.dueAt} min late`;
    const [option] = this.#ways.options(one);
    if (option && option.perKg < this.#ways.stayPerKg(one)) return this.#move(one, option, why);
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
    const start = keep.length > 0 ? where.standing : this.#ways.free(one);
    const legs = [...keep, ...(option ? legsOfSteps(timetable, option.best.steps) : [])];
    const next: Booking = {
      ...booking,
      over: [...booking.over, ...legsInWords(timetable, over, booking.start)],
      overPerKg: booking.overPerKg + priceOfLegs(timetable, over),
      start: isOn ? where.before : start,
      legs: [...booking.legs.slice(done, where.begun), ...legs],
      feesPerKg: booking.feesPerKg + (option ? this.#ways.feePerKg(one, keep.length) : 0),
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
