import { type Instant, MS_PER_DAY } from '@crossparcel/units';
import type { PollingSettings } from './settings.ts';

const MS_PER_MINUTE = 60_000;
/** The longest month: a bound over so many days holds for every month. */
const MONTH_DAYS = 31;

/** A flight to ask a provider about, and what is known of it. */
export interface PolledFlight {
  readonly id: string;
  /** When it came under watch. */
  readonly watchedSince: Instant;
  readonly lastPolled?: Instant | undefined;
  /** Moments around which news matters: cut-off, departure, arrival, as they are expected now. */
  readonly moments: readonly Instant[];
  /** What it carries of ours. Flights without load are asked for with calls that nobody else wants. */
  readonly loadKg: number;
  /** It has landed or is cancelled: nothing more is to be learnt. */
  readonly done?: boolean;
}

/** What a provider allows, and which calls were made. */
export interface PollBudget {
  readonly callsPerDay: number;
  readonly callsPerMonth: number;
  /** How many flights one call tells of. */
  readonly flightsPerCall: number;
  /** When calls were made; those of the last 31 days matter. */
  readonly spent: readonly Instant[];
}

/** A call to make, and what to ask for in it. */
export interface PlannedCall {
  readonly at: Instant;
  readonly flights: readonly string[];
}

/** How many minutes may pass between two looks at a flight, at some time. */
const everyMs = ({ moments }: PolledFlight, now: Instant, { phases, elseEveryMin }: PollingSettings): number => {
  const ahead = moments.filter((moment) => moment >= now).reduce((least, one) => Math.min(least, one), Infinity);
  // After its last moment a flight is overdue, which is as near as can be.
  const away = ahead === Infinity ? 0 : ahead - now;
  const phase = phases.find(({ withinMin }) => away <= withinMin * MS_PER_MINUTE);
  return (phase?.everyMin ?? elseEveryMin) * MS_PER_MINUTE;
};

const isWatched = ({ done, moments }: PolledFlight, now: Instant, { overdueForMin }: PollingSettings): boolean =>
  done !== true && now <= Math.max(...moments) + overdueForMin * MS_PER_MINUTE;

/** How long a flight has waited, in units of how long it may: 1 is due. One never asked for is due from the start. */
const urgency = (flight: PolledFlight, now: Instant, settings: PollingSettings): number => {
  const every = everyMs(flight, now, settings);
  return (now - (flight.lastPolled ?? flight.watchedSince - every)) / every;
};

/**
 * How many calls may be made over a stretch of time: never more than `calls` within any `overMs`, and no more than a store
 * of some at once, which fills up evenly (a sliding window, and a token bucket inside it).
 */
class Allowance {
  readonly #calls: number;
  readonly #overMs: number;
  readonly #store: number;
  readonly #spent: Instant[] = [];
  #tokens: number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(calls: number, overMs: number, burstShare: number) {
    this.#calls = calls;
    this.#overMs = overMs;
    this.#store = Math.max(1, Math.floor(calls * burstShare));
    this.#tokens = this.#store;
  }

  spend(at: Instant): void {
    const inflow = ((at - this.#at) * this.#calls) / this.#overMs;
    this.#tokens = Math.min(this.#store, this.#tokens + inflow) - 1;
    this.#at = at;
    this.#spent.push(at);
  }

  /** From when on a call may be made so that the store keeps so many more. */
  freeFrom(left: 'none' | 'all'): Instant {
    if (this.#calls === 0) return Infinity;
    const oldest = this.#spent.at(-this.#calls);
    const missing = (left === 'all' ? this.#store : 1) - this.#tokens;
    const filled = missing <= 0 ? this.#at : this.#at + Math.ceil((missing * this.#overMs) / this.#calls);
    return oldest === undefined ? filled : Math.max(filled, oldest + this.#overMs);
  }
}

/** How many calls may still be made at some time, over the 24 hours and the 31 days before it. */
export const callsLeft = ({ callsPerDay, callsPerMonth, spent }: PollBudget, now: Instant): number => {
  const since = (days: number) => spent.filter((at) => at > now - days * MS_PER_DAY).length;
  return Math.max(0, Math.min(callsPerDay - since(1), callsPerMonth - since(MONTH_DAYS)));
};

/** The times from `now` on at which a flight may come to be due: when it has waited long enough for some phase, or enters one. */
const turningPoints = (flight: PolledFlight, { phases, elseEveryMin }: PollingSettings): Instant[] => {
  const waits = [...phases.map(({ everyMin }) => everyMin), elseEveryMin];
  const last = flight.lastPolled ?? flight.watchedSince;
  return [
    ...waits.map((minutes) => last + minutes * MS_PER_MINUTE),
    ...flight.moments.flatMap((moment) => [
      moment + 1,
      ...phases.map(({ withinMin }) => moment - withinMin * MS_PER_MINUTE),
    ]),
  ];
};

const isDue = (flight: PolledFlight, at: Instant, settings: PollingSettings): boolean =>
  isWatched(flight, at, settings) && urgency(flight, at, settings) >= 1;

const dueFrom = (flight: PolledFlight, from: Instant, settings: PollingSettings): Instant => {
  if (isDue(flight, from, settings)) return from;
  return turningPoints(flight, settings)
    .filter((at) => at > from && isDue(flight, at, settings))
    .reduce((least, at) => Math.min(least, at), Infinity);
};

/** Due flights with load come first, then due ones without, then whatever else a call has room for. */
const rank = ({ loadKg }: PolledFlight, waited: number): number => (waited >= 1 ? 0 : 2) + (loadKg > 0 ? 0 : 1);

/** The flights that a call at some time asks for; of one rank those first that have waited longest. */
const batchAt = (
  flights: readonly PolledFlight[],
  at: Instant,
  size: number,
  settings: PollingSettings,
): PolledFlight[] =>
  flights
    .filter((flight) => isWatched(flight, at, settings))
    .map((flight) => ({ flight, waited: urgency(flight, at, settings) }))
    .filter(({ waited }) => waited > 0)
    .map((one) => ({ ...one, rank: rank(one.flight, one.waited) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        b.waited - a.waited ||
        b.flight.loadKg - a.flight.loadKg ||
        (a.flight.id < b.flight.id ? -1 : 1),
    )
    .slice(0, size)
    .map(({ flight }) => flight);

/**
 * Which flights to ask a provider about and when, from `now` until `until`, in order of time. A flight is due the oftener
 * the nearer its next cut-off, departure or arrival is; where the calls do not suffice, those go first that have waited
 * longest for what they need, so that near departures are asked for more often and none that carries load waits for ever.
 * Calls for nothing but flights without load are only made from a full store. A call asks for as many flights as the
 * provider takes. Over any 24 hours and any 31 days there are never more calls than the budget has, spent ones included.
 * Of two that waited alike the heavier load goes first. Plan anew after each answer, which may move the moments.
 */
export const pollPlan = (
  flights: readonly PolledFlight[],
  { callsPerDay, callsPerMonth, flightsPerCall, spent }: PollBudget,
  now: Instant,
  until: Instant,
  settings: PollingSettings,
): PlannedCall[] => {
  const allowances = [
    new Allowance(callsPerDay, MS_PER_DAY, settings.burstShare),
    new Allowance(callsPerMonth, MONTH_DAYS * MS_PER_DAY, settings.burstShare),
  ];
  const spend = (at: Instant) => {
    for (const allowance of allowances) allowance.spend(at);
  };
  for (const at of spent.filter((one) => one > now - MONTH_DAYS * MS_PER_DAY).sort((a, b) => a - b)) spend(at);
  let state = [...flights];
  let at = now;
  const calls: PlannedCall[] = [];
  const nextDue = (left: 'none' | 'all', those: readonly PolledFlight[]): Instant => {
    const free = Math.max(at, ...allowances.map((allowance) => allowance.freeFrom(left)));
    return those.reduce((least, flight) => Math.min(least, dueFrom(flight, free, settings)), Infinity);
  };
  while (true) {
    const loaded = state.filter(({ loadKg }) => loadKg > 0);
    const empty = state.filter(({ loadKg }) => loadKg <= 0);
    at = Math.min(nextDue('none', loaded), nextDue('all', empty));
    if (!(at < until)) return calls;
    const batch = new Set(batchAt(state, at, flightsPerCall, settings));
    spend(at);
    calls.push({ at, flights: [...batch].map(({ id }) => id) });
    state = state.map((flight) => (batch.has(flight) ? { ...flight, lastPolled: at } : flight));
  }
};
