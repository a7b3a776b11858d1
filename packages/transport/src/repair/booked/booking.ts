import { type Fault, fail, ok, type Result, readInstant } from '@crossparcel/units';
import type { GroundNetwork } from '../../search/ground.ts';
import { afterLeg, beginsAt, type Leg, type Standing, tenderBy } from '../../search/leg.ts';
import type { RouteAnswer, RouteLeg, RouteRequest } from '../../search/route-request.ts';
import { type Minute, minuteOf, readyMinuteOf } from '../../timetable/minute.ts';
import type { Timetable } from '../../timetable/timetable.ts';

/** Goods that were asked for, and the way that they are on. */
export interface Booking {
  readonly request: RouteRequest;
  /** Where the goods were at first. */
  readonly origin: Standing;
  /** Where they go, by number. */
  readonly to: number;
  readonly dueAt: Minute;
  /** Legs that were over when the way was changed last, and their price in nanos a kilogram. */
  readonly over: readonly RouteLeg[];
  readonly overPerKg: number;
  /** Where the goods stand before the legs. */
  readonly start: Standing;
  /** Empty when no way was found; then the goods wait where they stand. */
  readonly legs: readonly Leg[];
  /** Fees so far, in nanos a kilogram. */
  readonly feesPerKg: number;
  /** What was told of it last. */
  readonly told: RouteAnswer;
}

/** Where goods are at a moment, and what lies before them. */
export interface Whereabouts {
  /** How many of the legs they have begun, and where they stand after those. */
  readonly begun: number;
  readonly standing: Standing;
  /** Where they stood before the last of those. */
  readonly before: Standing;
  /** The next leg is a flight whose latest time of tender has passed, with the goods there. */
  readonly tendered: boolean;
}

/** Where a way breaks: after how many legs, and why. */
interface Break {
  readonly after: number;
  readonly why: string;
  readonly cancelled: boolean;
}

/** How the rest of a way turns out: when the goods arrive, or why they do not. */
export type Rest =
  | { readonly arrives: Minute; readonly broken?: undefined }
  | { readonly arrives?: undefined; readonly broken: Break };

/** Where the goods of a booking are. A flight that was to leave by now has left, unless it was cancelled. */
export const whereaboutsOf = ({ start, legs }: Booking, timetable: Timetable, now: Minute): Whereabouts => {
  let standing = start;
  let before = start;
  for (const [begun, leg] of legs.entries()) {
    const goes = leg.kind === 'ground' || timetable.state.goes[leg.departure] === 1;
    if (!goes || beginsAt(timetable, leg, standing) > now) {
      return { begun, standing, before, tendered: isTendered(timetable, leg, standing, now) };
    }
    before = standing;
    standing = afterLeg(timetable, leg, standing);
  }
  return { begun: legs.length, standing, before, tendered: false };
};

const isTendered = (timetable: Timetable, leg: Leg, standing: Standing, now: Minute): boolean => {
  if (leg.kind === 'ground') return false;
  const latest = tenderBy(timetable, leg, standing);
  return standing.time <= latest && latest <= now;
};

/** Follows legs from where goods stand to a place, under the times that are known. */
export const follow = (timetable: Timetable, legs: readonly Leg[], from: Standing, to: number): Rest => {
  let standing = from;
  for (const [after, leg] of legs.entries()) {
    if (leg.kind === 'flight') {
      const { flight } = timetable.departure(leg.departure);
      const goes = timetable.state.goes[leg.departure] === 1;
      if (!goes) return { broken: { after, why: `${flight} is cancelled`, cancelled: true } };
      const missedBy = standing.time - tenderBy(timetable, leg, standing);
      if (missedBy > 0) return { broken: { after, why: `${flight} is missed by ${missedBy} min`, cancelled: false } };
    }
    standing = afterLeg(timetable, leg, standing);
  }
  return standing.place === to
    ? { arrives: standing.free }
    : { broken: { after: legs.length, why: 'there was no way', cancelled: false } };
};

const fieldFault = (index: number, field: string, what: string, mend: string): Fault => ({
  code: 'unknown-leg',
  field: `legs[${index}].${field}`,
  what,
  mend,
});

/** Finds departures by flight, origin and published time, and ground legs by name. */
export class LegFinder {
  readonly #departures = new Map<string, number>();
  readonly #ground: ReadonlyMap<string, GroundNetwork['legs'][number]>;

  constructor({ table }: Timetable, { legs }: GroundNetwork) {
    for (let departure = 0; departure < table.length; departure += 1) {
      const flight = table.flights.at(table.flight[departure] as number);
      const origin = table.places.at(table.origin[departure] as number);
      this.#departures.set(`${flight} ${origin} ${table.departs[departure]}`, departure);
    }
    this.#ground = new Map(legs.map((leg) => [leg.id, leg]));
  }

  /** The legs that an answer tells. Fails with `unknown-leg` for one that timetable and ground network do not have. */
  legsOf(told: readonly RouteLeg[]): Result<Leg[], Fault> {
    const found: Leg[] = [];
    for (const [index, leg] of told.entries()) {
      if ('ground' in leg) {
        const ground = this.#ground.get(leg.ground);
        if (!ground) {
          return fail(fieldFault(index, 'ground', `${leg.ground} is no ground leg`, 'give the --ground of the plan'));
        }
        found.push({ kind: 'ground', leg: ground });
        continue;
      }
      const minute = minuteOf(readInstant(leg.departure)?.instant ?? Number.NaN);
      const departure = this.#departures.get(`${leg.flight} ${leg.origin} ${minute}`);
      if (departure === undefined) {
        const what = `${leg.flight} does not leave ${leg.origin} at ${leg.departure} in the timetable`;
        return fail(fieldFault(index, 'flight', what, 'give the --timetable of the plan'));
      }
      found.push({ kind: 'flight', departure, aboard: leg.aboard === true });
    }
    return ok(found);
  }
}

/** A booking of a request as its plan tells it. */
export const bookingOf = (
  request: RouteRequest,
  told: RouteAnswer,
  legs: readonly Leg[],
  { places }: Timetable['table'],
): Booking => {
  const readyAt = readyMinuteOf(readInstant(request.readyAt)?.instant ?? Number.NaN);
  const origin = { place: places.intern(request.origin), time: readyAt, free: readyAt, offFlight: false };
  return {
    request,
    origin,
    to: places.intern(request.destination),
    dueAt: minuteOf(readInstant(request.dueAt)?.instant ?? Number.NaN),
    over: [],
    overPerKg: 0,
    start: origin,
    legs,
    feesPerKg: 0,
    told,
  };
};
