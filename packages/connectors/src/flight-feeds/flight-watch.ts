import { type FlightEvent, inTimeOrder } from '@crossparcel/transport';
import { type Fault, type Instant, readInstant } from '@crossparcel/units';
import { callsLeft, type PollBudget, type PolledFlight, pollPlan } from './poll-plan.ts';
import type { PollingSettings } from './settings.ts';
import type { FlightReport, FlightStatusSource, WatchedFlight } from './source.ts';

/** A flight that carries, or may carry, something of ours. */
export interface LoadedFlight extends WatchedFlight {
  /** The latest time at which goods are taken for it. */
  readonly cutOff: Instant;
  readonly loadKg: number;
}

interface Watched {
  readonly flight: LoadedFlight;
  readonly polled: PolledFlight;
}

const idOf = ({ flight, scheduled, origin }: WatchedFlight): string => `${flight} ${scheduled} ${origin}`;

const instantOf = (text: string | undefined, otherwise: Instant): Instant =>
  (text === undefined ? undefined : readInstant(text)?.instant) ?? otherwise;

/** Which watched flight an event of a source is about: sources name its published departure. */
const aboutOf = (event: FlightEvent): string | undefined =>
  event.kind === 'airport-closed' || event.kind === 'published' || event.scheduled === undefined
    ? undefined
    : `${event.flight} ${instantOf(event.scheduled, Number.NaN)} ${event.origin}`;

/** What is known of a flight after news of it: its moments move, and one that has landed or does not go is done. */
const after = ({ flight, polled }: Watched, event: FlightEvent): Watched => {
  if (event.kind === 'cancelled' || event.kind === 'arrived') return { flight, polled: { ...polled, done: true } };
  if (event.kind !== 'delayed' && event.kind !== 'departed') return { flight, polled };
  const departure = instantOf(event.departure, flight.scheduled);
  const cutOff = flight.cutOff + departure - flight.scheduled;
  const arrival = instantOf(event.arrival, flight.arrival + departure - flight.scheduled);
  return { flight, polled: { ...polled, moments: [cutOff, departure, arrival] } };
};

/**
 * Asks a source for the flights under watch when they are due, within a budget of calls. Whoever drives it calls `poll` at
 * `nextAt`, or as often as it likes: before that nothing is due.
 */
export class FlightWatch {
  readonly #source: FlightStatusSource;
  readonly #limits: Omit<PollBudget, 'spent'>;
  readonly #settings: PollingSettings;
  #watched = new Map<string, Watched>();
  #spent: Instant[] = [];

  /** `spent` are calls made before, of the last 31 days. */
  constructor(source: FlightStatusSource, { spent, ...limits }: PollBudget, settings: PollingSettings) {
    this.#source = source;
    this.#limits = limits;
    this.#settings = settings;
    this.#spent = [...spent];
  }

  /** The calls made so far, to be kept for the next start. */
  get spent(): readonly Instant[] {
    return this.#spent;
  }

  /** The flights to watch from now on, in the place of those before; of flights that stay, what is known stays. */
  watch(flights: readonly LoadedFlight[], now: Instant): void {
    const before = this.#watched;
    this.#watched = new Map(
      flights.map((flight) => {
        const id = idOf(flight);
        const moments = [flight.cutOff, flight.scheduled, flight.arrival];
        const known = before.get(id)?.polled ?? { id, watchedSince: now, moments, loadKg: 0 };
        return [id, { flight, polled: { ...known, loadKg: flight.loadKg } }];
      }),
    );
  }

  /** When the next call is due, if before `until`. */
  nextAt(now: Instant, until: Instant): Instant | undefined {
    return this.#plan(now, until)[0]?.at;
  }

  /** Asks for what is due now. Flights of a call that failed come again when they are due again. */
  async poll(now: Instant): Promise<FlightReport> {
    const events: FlightEvent[] = [];
    const faults: Fault[] = [];
    const calls: Instant[] = [];
    for (const call of this.#plan(now, now + 1)) {
      const left = callsLeft(this.#budget(), now);
      if (left === 0) break;
      const asked = call.flights.flatMap((id) => this.#watched.get(id) ?? []);
      const report = await this.#source.status(
        asked.map(({ flight }) => flight),
        left,
      );
      for (const one of asked) this.#watched.set(one.polled.id, { ...one, polled: { ...one.polled, lastPolled: now } });
      for (const event of report.events) this.#learn(event);
      this.#spent.push(...report.calls);
      events.push(...report.events);
      faults.push(...report.faults);
      calls.push(...report.calls);
    }
    return { events: inTimeOrder(events), faults, calls };
  }

  #learn(event: FlightEvent): void {
    const id = aboutOf(event);
    const watched = id === undefined ? undefined : this.#watched.get(id);
    if (id !== undefined && watched) this.#watched.set(id, after(watched, event));
  }

  #budget(): PollBudget {
    return { ...this.#limits, spent: this.#spent };
  }

  #plan(now: Instant, until: Instant) {
    const flights = [...this.#watched.values()].map(({ polled }) => polled);
    return pollPlan(flights, this.#budget(), now, until, this.#settings);
  }
}
