import { setTimeout as sleep } from 'node:timers/promises';
import { type FlightEvent, inTimeOrder } from '@crossparcel/transport';
import {
  dayOfInstant,
  type Fault,
  fail,
  formatDay,
  formatInstant,
  type Instant,
  ok,
  type Result,
  TimeZone,
} from '@crossparcel/units';
import type { FlightReport, FlightStatusSource, WatchedFlight } from '../source.ts';
import { ProviderAnswers } from './provider-answer.ts';
import type { ProviderList, StatusProvider } from './provider-record.ts';

const TRIES = 2;

/** How a provider is reached. */
export interface ProviderAccess {
  /** The address that the record's paths stand below, without a slash at its end. */
  readonly address: string;
  /** The key or keys, in the order of the record's `keyParameters`. */
  readonly keys?: readonly string[];
  /** How long an answer may take, and how long after a failure it is tried again. */
  readonly timeLimitMs: number;
  readonly retryAfterMs: number;
  readonly sameFlightWithinMin: number;
  now(): Instant;
  /** Time zones of airports: providers that are asked by number and day mean the day at the airport of departure. */
  zoneOf?(airport: string): TimeZone | undefined;
}

interface Question {
  readonly list: ProviderList;
  readonly flights: WatchedFlight[];
}

const withoutTime = (event: FlightEvent): string => JSON.stringify({ ...event, at: '' });
const keyOf = (event: FlightEvent): string =>
  event.kind === 'airport-closed' || event.kind === 'published'
    ? ''
    : `${event.flight} ${event.scheduled} ${event.origin}`;

/**
 * Flight status over HTTP from a provider that a record describes. Flights that one address tells of are asked for in one
 * call. An answer that fails or does not come in time is tried once more, unless the provider refuses (4xx: the second
 * time would be refused too). What was told before in the same words is no news.
 */
export class HttpStatusSource implements FlightStatusSource {
  readonly #provider: StatusProvider;
  readonly #access: ProviderAccess;
  readonly #answers: ProviderAnswers;
  readonly #zone: TimeZone | undefined;
  /** The last news of each flight. */
  readonly #told = new Map<string, string>();

  constructor(provider: StatusProvider, access: ProviderAccess) {
    this.#provider = provider;
    this.#access = access;
    this.#zone = provider.timeZone === undefined ? undefined : new TimeZone(provider.timeZone);
    this.#answers = new ProviderAnswers(provider, this.#zone, access.sameFlightWithinMin);
  }

  async status(flights: readonly WatchedFlight[], mostCalls: number): Promise<FlightReport> {
    const events: FlightEvent[] = [];
    const faults: Fault[] = [];
    const calls: Instant[] = [];
    for (const [address, { list, flights: asked }] of this.#questions(flights)) {
      const body = await this.#get(address, calls, mostCalls);
      if (!body.ok) {
        faults.push(body.error);
        continue;
      }
      if (body.value === undefined) continue;
      const read = this.#answers.read(body.value, list, asked, this.#access.now());
      faults.push(...read.faults);
      events.push(...read.events.filter((event) => this.#isNews(event)));
    }
    return { events: inTimeOrder(events), faults, calls };
  }

  #isNews(event: FlightEvent): boolean {
    const [key, words] = [keyOf(event), withoutTime(event)];
    if (this.#told.get(key) === words) return false;
    this.#told.set(key, words);
    return true;
  }

  #questions(flights: readonly WatchedFlight[]): Map<string, Question> {
    const questions = new Map<string, Question>();
    for (const flight of flights) {
      for (const list of this.#provider.lists) {
        if ((list.origin ?? flight.origin) !== flight.origin) continue;
        if ((list.destination ?? flight.destination) !== flight.destination) continue;
        const address = this.#addressOf(list, flight);
        const question = questions.get(address) ?? { list, flights: [] };
        question.flights.push(flight);
        questions.set(address, question);
      }
    }
    return questions;
  }

  #addressOf({ path, destination }: ProviderList, { flight, scheduled, arrival, origin }: WatchedFlight): string {
    // A list of arrivals at an airport goes by the day on which they land.
    const instant = destination === undefined ? scheduled : arrival;
    const zone = this.#zone ?? this.#access.zoneOf?.(origin);
    const date = formatDay(zone ? zone.local(instant).day : dayOfInstant(instant));
    const [, carrier = '', number = ''] = /^(..\D?)(\d.*)$/.exec(flight) ?? [];
    const [year = '', month = '', day = ''] = date.split('-');
    const values: Record<string, string> = { flight, carrier, number, date, year, month, day };
    return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  }

  async #get(path: string, calls: Instant[], mostCalls: number): Promise<Result<unknown, Fault>> {
    let failure = 'was not asked: the budget of calls is spent';
    for (let attempt = 1; attempt <= TRIES && calls.length < mostCalls; attempt += 1) {
      if (attempt > 1) await sleep(this.#access.retryAfterMs);
      calls.push(this.#access.now());
      const answer = await this.#try(path);
      if (answer.ok) return answer;
      failure = answer.error.what;
      if (answer.error.isFinal) break;
    }
    return fail({
      code: 'provider-failed',
      what: `${this.#provider.id}: ${path} ${failure}`,
      mend: 'check address, key and budget; the flights are asked for again when they are due',
      data: { provider: this.#provider.id, path, at: formatInstant(this.#access.now()) },
    });
  }

  async #try(path: string): Promise<Result<unknown, { what: string; isFinal: boolean }>> {
    const { address, keys = [], timeLimitMs } = this.#access;
    const { keyHeader, keyParameters = [] } = this.#provider;
    const url = new URL(address + path);
    for (const [index, name] of keyParameters.entries()) url.searchParams.set(name, keys[index] ?? '');
    const headers: Record<string, string> = { accept: 'application/json' };
    if (keyHeader !== undefined) headers[keyHeader] = keys[0] ?? '';
    try {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeLimitMs) });
      const text = await response.text();
      // Providers answer "no content" for a flight of which they know nothing.
      if (response.status === 204) return ok(undefined);
      if (!response.ok) return fail({ what: `was answered with ${response.status}`, isFinal: response.status < 500 });
      return ok(JSON.parse(text) as unknown);
    } catch (error) {
      const { name, message } = error as Error;
      if (name === 'SyntaxError') return fail({ what: 'answered no JSON', isFinal: true });
      const what = name === 'TimeoutError' ? `was not answered within ${timeLimitMs} ms` : `failed (${message})`;
      return fail({ what, isFinal: false });
    }
  }
}
