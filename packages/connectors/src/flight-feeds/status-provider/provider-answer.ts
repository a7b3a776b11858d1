import type { FlightEvent } from '@crossparcel/transport';
import {
  type Fault,
  fail,
  formatInstant,
  type Instant,
  MS_PER_DAY,
  ok,
  parseDay,
  type Result,
  readInstant,
  type TimeZone,
} from '@crossparcel/units';
import type { WatchedFlight } from '../source.ts';
import type { ProviderList, StatusProvider } from './provider-record.ts';

const MS_PER_MINUTE = 60_000;

/** An element of a list, and what held it. */
interface Item {
  readonly value: unknown;
  readonly parent?: Item | undefined;
  readonly where: string;
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const down = (value: unknown, path: string): unknown =>
  path.split('.').reduce((at, name) => (name === '' ? at : fieldOf(at, name)), value);

/** The elements that a path such as `[].list[]` leads to; undefined where it leads to no list. */
const itemsOf = (body: unknown, path: string): Item[] | undefined => {
  let items: Item[] = [{ value: body, where: '' }];
  for (const step of path.split('[]').slice(0, -1)) {
    const lists = items.map((item) => ({ item, list: down(item.value, step.replace(/^\./, '')), step }));
    if (lists.some(({ list }) => !Array.isArray(list))) return undefined;
    items = lists.flatMap(({ item, list }) =>
      (list as unknown[]).map((value, index) => ({ value, parent: item, where: `${item.where}${step}[${index}]` })),
    );
  }
  return items;
};

const textAt = (item: Item, path: string): string | undefined => {
  const from = path.startsWith('^') ? item.parent?.value : item.value;
  const value = path
    .replace(/^\^/, '')
    .split(/[.[\]]+/)
    .reduce((at, name) => fieldOf(at, name), from);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** The first template whose paths all lead to a text or number, filled in. */
const filled = (item: Item, templates: readonly string[] | undefined): string | undefined => {
  for (const template of templates ?? []) {
    let isWhole = true;
    const text = template.replace(/\{([^}]+)\}/g, (_, path: string) => {
      const value = textAt(item, path);
      if (value === undefined) isWhole = false;
      return value ?? '';
    });
    if (isWhole) return text;
  }
  return undefined;
};

/** A flight number without the blanks and leading zeros in which sources differ: `CX 071` is `CX71`. */
const plainNumber = (flight: string): string => flight.replace(/\s+/g, '').replace(/^(..\D?)0+(?=\d)/, '$1');

/** Something in an answer that cannot be read. */
const badAnswer = (provider: string, field: string, what: string): Fault => ({
  code: 'bad-provider-answer',
  field,
  what: `${provider}: ${what}`,
  mend: 'compare the answer with the record of the provider in reference/flight-status',
});

/** What an item says of one flight. */
interface Told {
  readonly flight: string;
  readonly status: string;
  readonly scheduledDeparture?: Instant | undefined;
  readonly scheduledArrival?: Instant | undefined;
  readonly departure?: Instant | undefined;
  readonly arrival?: Instant | undefined;
  readonly at?: Instant | undefined;
}

const TIMES = ['scheduledDeparture', 'scheduledArrival', 'departure', 'arrival', 'at'] as const;

/** Reads answers of one provider against flights that are watched. */
export class ProviderAnswers {
  readonly #provider: StatusProvider;
  readonly #zone: TimeZone | undefined;
  readonly #sameFlightMs: number;

  constructor(provider: StatusProvider, zone: TimeZone | undefined, sameFlightWithinMin: number) {
    this.#provider = provider;
    this.#zone = zone;
    this.#sameFlightMs = sameFlightWithinMin * MS_PER_MINUTE;
  }

  /**
   * News of watched flights in an answer, known since it came unless it says since when. Items about other flights are left
   * out; one that cannot be read is a fault and the rest goes on. Statuses that are not on file are kept.
   */
  read(
    body: unknown,
    list: ProviderList,
    watched: readonly WatchedFlight[],
    now: Instant,
  ): { events: FlightEvent[]; faults: Fault[] } {
    const items = itemsOf(body, list.items);
    const faults: Fault[] = [];
    if (!items)
      return { events: [], faults: [badAnswer(this.#provider.id, list.items, 'the answer has no such list')] };
    const events = items.flatMap((item) => {
      const told = this.#told(item, list);
      if (!told.ok) {
        faults.push(told.error);
        return [];
      }
      const flight = this.#meant(told.value, watched);
      return flight ? (this.#event(told.value, flight, now) ?? []) : [];
    });
    return { events, faults };
  }

  #told(item: Item, { fields }: ProviderList): Result<Told, Fault> {
    const flight = filled(item, fields.flight)?.trim();
    const status = filled(item, fields.status);
    const missing = flight === undefined || flight === '' ? 'flight' : status === undefined ? 'status' : undefined;
    if (missing !== undefined) return fail(badAnswer(this.#provider.id, `${item.where}.${missing}`, 'is missing'));
    const times: Partial<Record<(typeof TIMES)[number], Instant>> = {};
    for (const name of TIMES) {
      const text = filled(item, fields[name]);
      if (text === undefined) continue;
      const instant = this.#instant(text);
      if (instant === undefined)
        return fail(badAnswer(this.#provider.id, `${item.where}.${name}`, `"${text}" is no time`));
      times[name] = instant;
    }
    return ok({ flight: flight ?? '', status: status ?? '', ...times });
  }

  #instant(text: string): Instant | undefined {
    const read = readInstant(text);
    if (!read || read.hasOffset) return read?.instant;
    return this.#local(Math.floor(read.instant / MS_PER_DAY), (read.instant % MS_PER_DAY) / MS_PER_MINUTE);
  }

  #local(day: number, minutes: number): Instant {
    return this.#zone ? this.#zone.instantAt(day, minutes) : day * MS_PER_DAY + minutes * MS_PER_MINUTE;
  }

  /** The watched flight of that number whose published time lies nearest to the one told. */
  #meant(
    { flight, scheduledDeparture, scheduledArrival }: Told,
    watched: readonly WatchedFlight[],
  ): WatchedFlight | undefined {
    const away = (one: WatchedFlight): number => {
      if (scheduledDeparture !== undefined) return Math.abs(one.scheduled - scheduledDeparture);
      return scheduledArrival === undefined ? 0 : Math.abs(one.arrival - scheduledArrival);
    };
    return watched
      .filter((one) => plainNumber(one.flight) === plainNumber(flight) && away(one) <= this.#sameFlightMs)
      .sort((a, b) => away(a) - away(b))[0];
  }

  #event(told: Told, watched: WatchedFlight, now: Instant): FlightEvent | undefined {
    const known = this.#status(told);
    const departure = known.departure ?? told.departure;
    const arrival = known.arrival ?? told.arrival;
    const { flight, scheduled, origin, destination } = watched;
    const which = {
      at: formatInstant(told.at ?? now),
      flight,
      scheduled: formatInstant(scheduled),
      origin,
      destination,
      source: this.#provider.id,
    };
    const times = {
      ...(departure !== undefined && { departure: formatInstant(departure) }),
      ...(arrival !== undefined && { arrival: formatInstant(arrival) }),
    };
    switch (known.kind) {
      case 'cancelled':
        return { kind: 'cancelled', ...which };
      case 'estimate': {
        const isMoved = (departure ?? scheduled) !== scheduled || (arrival ?? watched.arrival) !== watched.arrival;
        return isMoved ? { kind: 'delayed', ...which, ...times } : undefined;
      }
      case 'unknown': {
        const { meaning } = known;
        return { kind: 'unknown', ...which, ...times, status: told.status, ...(meaning !== undefined && { meaning }) };
      }
      default:
        return { kind: known.kind, ...which, ...times };
    }
  }

  /** What a status means, with the times that stand in its text. */
  #status(told: Told): {
    kind: StatusProvider['statuses'][number]['kind'];
    meaning?: string;
    departure?: Instant | undefined;
    arrival?: Instant | undefined;
  } {
    for (const { code, pattern, kind, meaning } of this.#provider.statuses) {
      if (code !== undefined && code === told.status) return { kind, meaning };
      const groups = pattern === undefined ? null : new RegExp(pattern, 'u').exec(told.status);
      if (!groups) continue;
      const { departure, arrival, estimate, date } = groups.groups ?? {};
      const { scheduledDeparture, scheduledArrival } = told;
      return {
        kind,
        meaning,
        departure: this.#clock(departure ?? estimate, date, scheduledDeparture),
        arrival: this.#clock(
          arrival ?? (scheduledDeparture === undefined ? estimate : undefined),
          date,
          scheduledArrival,
        ),
      };
    }
    return { kind: 'unknown' };
  }

  /** A clock time of a status text, on the day of the published time unless a date is told. */
  #clock(clock: string | undefined, date: string | undefined, published: Instant | undefined): Instant | undefined {
    const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(clock ?? '') ?? [];
    const [, dd, mm, yyyy] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(date ?? '') ?? [];
    const publishedDay = published === undefined ? undefined : this.#dayOf(published);
    const day = yyyy === undefined ? publishedDay : parseDay(`${yyyy}-${mm}-${dd}`);
    if (hour === undefined || day === undefined) return undefined;
    return this.#local(day, Number(hour) * 60 + Number(minute));
  }

  #dayOf(instant: Instant): number {
    return this.#zone ? this.#zone.local(instant).day : Math.floor(instant / MS_PER_DAY);
  }
}
