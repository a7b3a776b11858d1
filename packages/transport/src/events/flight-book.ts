import { type Fault, fail, ok, parseDay, type Result, readInstant, type TimeZone } from '@crossparcel/units';
import type { DepartureTable } from '../timetable/departure-table.ts';
import { instantOf, type Minute, minuteOf } from '../timetable/minute.ts';
import type { DepartureChange } from '../timetable/timetable.ts';
import type { FlightEvent, OneFlightEvent } from './flight-event.ts';

/** What an event comes to in a timetable. */
export interface TakenEvent {
  /** The departures it is about, by their numbers in the table; none where the timetable is not concerned. */
  readonly departures: readonly number[];
  /** What `Timetable.changed` is to be given. */
  readonly changes: readonly DepartureChange[];
  /** A later message about the same departure was taken before, so that this one changes nothing. */
  readonly stale?: true;
}

type Named = Exclude<OneFlightEvent, { kind: 'published' }>;
const NOTHING: TakenEvent = { departures: [], changes: [] };

const minuteOfText = (text: string | undefined): Minute | undefined =>
  text === undefined ? undefined : minuteOf(readInstant(text)?.instant ?? Number.NaN);

const noDeparture = (event: Named, what: string): Fault => ({
  code: 'unknown-departure',
  field: 'flight',
  what: `${event.flight} ${what}`,
  mend: 'name a flight of the timetable, by its number and its published departure',
  data: { flight: event.flight, at: event.at },
});

/** The new times that an event tells of its flight, and what is to become of the departure. */
const timesOf = (event: Named): { departure?: Minute | undefined; arrival?: Minute | undefined } =>
  event.kind === 'cancelled' || event.kind === 'capacity'
    ? {}
    : { departure: minuteOfText(event.departure), arrival: minuteOfText(event.arrival) };

/** Whether all that an event tells is when a flight lands. */
const speaksOfLanding = (event: Named): boolean => {
  const { departure, arrival } = timesOf(event);
  return event.kind === 'arrived' || (arrival !== undefined && departure === undefined);
};

/**
 * Which departure of a timetable each event is about, and what it changes there.
 *
 * `scheduled` names the published departure to the minute, `day` its local day at the origin, where zones
 * are given; without them it says nothing. A flight number alone means the next departure after `at` that has not left and was not cancelled; where the
 * event tells a time, the one before that, if it was not told to have left and the time is nearer to it: a flight may leave
 * hours after its time, and news of take-off comes after it. Where only an arrival is told, the departure is meant that is
 * to land nearest to it. Where one number makes stops, its first matching leg is meant unless `origin` or `destination` says otherwise.
 *
 * A message that was told before the last one taken about a departure changes nothing. A departure that has left is not
 * cancelled or moved by what was told later, save its arrival. When only a new departure is told, arrival moves with it.
 * A closed airport holds departures and landings that fall into its hours until it opens.
 */
export class FlightBook {
  readonly #table: DepartureTable;
  readonly #zoneOf: (airport: string) => TimeZone | undefined;
  readonly #byFlight = new Map<string, number[]>();
  readonly #departs: Float64Array;
  readonly #arrives: Float64Array;
  readonly #toldAt: Float64Array;
  readonly #cancelled: Uint8Array;
  readonly #left: Uint8Array;
  readonly #landed: Uint8Array;

  /** The table must not be added to afterwards. */
  constructor(table: DepartureTable, zoneOf: (airport: string) => TimeZone | undefined = () => undefined) {
    this.#table = table;
    this.#zoneOf = zoneOf;
    this.#departs = Float64Array.from(table.departs.subarray(0, table.length));
    this.#arrives = Float64Array.from(table.arrives.subarray(0, table.length));
    this.#toldAt = new Float64Array(table.length).fill(Number.NEGATIVE_INFINITY);
    this.#cancelled = new Uint8Array(table.length);
    this.#left = new Uint8Array(table.length);
    this.#landed = new Uint8Array(table.length);
    for (let departure = 0; departure < table.length; departure += 1) {
      const flight = table.flights.at(table.flight[departure] as number);
      const those = this.#byFlight.get(flight) ?? [];
      those.push(departure);
      this.#byFlight.set(flight, those);
    }
    for (const those of this.#byFlight.values()) those.sort((a, b) => this.#published(a) - this.#published(b) || a - b);
  }

  /** Takes the next event. Fails for a departure that the timetable does not have. */
  take(event: FlightEvent): Result<TakenEvent, Fault> {
    if (event.kind === 'published') return ok(NOTHING);
    if (event.kind === 'airport-closed') return ok(this.#close(event));
    const found = this.#find(event);
    if (!found.ok) return event.kind === 'unknown' ? ok(NOTHING) : found;
    const departure = found.value;
    const at = readInstant(event.at)?.instant ?? Number.NaN;
    if (at < (this.#toldAt[departure] as number)) return ok({ departures: [departure], changes: [], stale: true });
    this.#toldAt[departure] = at;
    return ok({ departures: [departure], changes: this.#change(departure, event) });
  }

  #published(departure: number): Minute {
    return this.#table.departs[departure] as number;
  }

  #place(column: 'origin' | 'destination', departure: number): string {
    return this.#table.places.at(this.#table[column][departure] as number);
  }

  #find(event: Named): Result<number, Fault> {
    const all = this.#byFlight.get(event.flight);
    if (!all) return fail(noDeparture(event, 'is no flight of the timetable'));
    const { origin, destination } = event;
    const legs = all.filter(
      (one) =>
        (origin === undefined || this.#place('origin', one) === origin) &&
        (destination === undefined || this.#place('destination', one) === destination),
    );
    const scheduled = minuteOfText(event.scheduled);
    if (scheduled !== undefined) {
      const named = legs.find((one) => this.#published(one) === scheduled);
      return named === undefined ? fail(noDeparture(event, `has no departure of ${event.scheduled}`)) : ok(named);
    }
    if (event.day !== undefined && legs.every((one) => this.#zoneOf(this.#place('origin', one)))) {
      const named = legs.find((one) => this.#day(one) === parseDay(event.day as string));
      return named === undefined ? fail(noDeparture(event, `has no departure of ${event.day}`)) : ok(named);
    }
    const next = speaksOfLanding(event) ? this.#landing(legs, event) : this.#next(legs, event);
    return next === undefined ? fail(noDeparture(event, 'has no departure left')) : ok(next);
  }

  /** The local day at the origin for which a departure is published. */
  #day(departure: number): number | undefined {
    return this.#zoneOf(this.#place('origin', departure))?.local(instantOf(this.#published(departure))).day;
  }

  #next(legs: readonly number[], event: Named): number | undefined {
    const at = minuteOfText(event.at) as Minute;
    const open = legs.filter((one) => !(this.#left[one] || this.#cancelled[one]));
    const departs = (one: number) => this.#departs[one] as number;
    const next = open.find((one) => departs(one) >= at);
    const before = open.findLast((one) => departs(one) < at);
    const told = event.kind === 'departed' ? (timesOf(event).departure ?? at) : timesOf(event).departure;
    if (before === undefined || told === undefined) return next;
    if (next === undefined) return before;
    return Math.abs(told - departs(before)) < Math.abs(told - departs(next)) ? before : next;
  }

  /** The departure that was to land nearest to an arrival. */
  #landing(legs: readonly number[], event: Named): number | undefined {
    const arrival = timesOf(event).arrival ?? (minuteOfText(event.at) as Minute);
    const away = (one: number) => Math.abs((this.#arrives[one] as number) - arrival);
    return legs
      .filter((one) => !(this.#landed[one] || this.#cancelled[one]))
      .reduce<number | undefined>(
        (best, one) => (best === undefined || away(one) < away(best) ? one : best),
        undefined,
      );
  }

  #change(departure: number, event: Named): DepartureChange[] {
    switch (event.kind) {
      case 'cancelled':
        if (this.#left[departure]) return [];
        this.#cancelled[departure] = 1;
        return [{ kind: 'cancelled', departure }];
      case 'capacity':
        return [{ kind: 'capacity', departure, capacityGrams: Math.round(event.capacityKg * 1000) }];
      case 'unknown':
        return [];
      default:
        return this.#move(departure, event);
    }
  }

  #move(departure: number, event: Named): DepartureChange[] {
    const hasLeft = this.#left[departure] === 1;
    if (event.kind === 'departed' || event.kind === 'arrived') this.#left[departure] = 1;
    if (event.kind === 'arrived') this.#landed[departure] = 1;
    const wasCancelled = this.#cancelled[departure] === 1;
    this.#cancelled[departure] = 0;
    const was = this.#departs[departure] as number;
    const told = timesOf(event);
    const departs = hasLeft ? was : (told.departure ?? was);
    const arrives = told.arrival ?? (this.#arrives[departure] as number) + departs - was;
    return this.#set(departure, departs, Math.max(arrives, departs + 1), wasCancelled);
  }

  /** Sets times; a flight that goes again after all is a change though its times are the same. */
  #set(departure: number, departs: Minute, arrives: Minute, goesAgain = false): DepartureChange[] {
    if (!goesAgain && departs === this.#departs[departure] && arrives === this.#arrives[departure]) return [];
    this.#departs[departure] = departs;
    this.#arrives[departure] = arrives;
    return [{ kind: 'delayed', departure, departs, arrives }];
  }

  #close({ airport, from, until }: Extract<FlightEvent, { kind: 'airport-closed' }>): TakenEvent {
    const closes = minuteOfText(from) as Minute;
    const opens = minuteOfText(until) as Minute;
    const held = (minute: Minute) => (minute >= closes && minute < opens ? opens : minute);
    const place = this.#table.places.find(airport);
    const changes: DepartureChange[] = [];
    for (let one = 0; one < this.#table.length; one += 1) {
      if (this.#cancelled[one] || this.#landed[one]) continue;
      const was = this.#departs[one] as number;
      const departs = this.#table.origin[one] === place && !this.#left[one] ? held(was) : was;
      const landing = (this.#arrives[one] as number) + departs - was;
      const arrives = this.#table.destination[one] === place ? held(landing) : landing;
      changes.push(...this.#set(one, departs, arrives));
    }
    return { departures: changes.map(({ departure }) => departure), changes };
  }
}
