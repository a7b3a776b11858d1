import { CountHistory } from './history.ts';
import type { SpikeRequest } from './reading.ts';

/** Signals that a forecast can use beside the counter itself. */
export const USED_SIGNALS = ['views', 'likes', 'comments'] as const;
export type UsedSignal = (typeof USED_SIGNALS)[number];

/** What may be left out of the evidence to see what it is worth. */
export type Part = UsedSignal | 'followers' | 'readings';

const counter = (readings: readonly (readonly [number, number])[] | undefined): CountHistory | undefined =>
  readings && readings.length > 0 ? new CountHistory('even', readings) : undefined;

/**
 * A request made ready to be looked up: the counter that is sized, who saw the shares, and the other counters. Readings can
 * be added; `events` of shares carry the followers of who shared, those of orders their units.
 */
export class SpikeEvidence {
  readonly request: SpikeRequest;
  readonly counts: CountHistory;
  /** Followers reached in all, by instant; only for shares given as events. */
  readonly audience: CountHistory | undefined;
  readonly #signals = new Map<UsedSignal, CountHistory>();
  #observedUntil: number;

  /** The request must be free of faults (`spikeFault`). */
  constructor(request: SpikeRequest) {
    this.request = request;
    this.#observedUntil = request.observedUntil;
    this.counts = new CountHistory(request.events ? 'steps' : 'even', request.counts ?? []);
    this.audience = request.events && request.kind !== 'orders' ? new CountHistory('steps') : undefined;
    for (const [time, weight] of request.events ?? []) this.addEvent(time, weight);
    for (const name of USED_SIGNALS) {
      const history = counter(request.signals?.[name]);
      if (history) this.#signals.set(name, history);
    }
  }

  /** Adds an event. Throws a RangeError for one before the last. */
  addEvent(time: number, weight: number): void {
    if (time < this.counts.lastTime) throw new RangeError(`an event at ${time} s is before the last one`);
    this.counts.push(time, this.counts.last + (this.audience ? 1 : weight));
    this.audience?.push(time, this.audience.last + weight);
    this.#observedUntil = Math.max(this.#observedUntil, time);
  }

  /**
   * Adds a reading of the counter, or of a signal. Throws a RangeError for one not after the last; the counter sized
   * must not fall either, unless it counts views.
   */
  addReading(time: number, total: number, signal?: UsedSignal): void {
    const history = signal === undefined ? this.counts : (this.#signals.get(signal) ?? new CountHistory('even'));
    const strict = signal === undefined && this.request.kind !== 'views';
    if (history.length > 0 && (time <= history.lastTime || (strict && total < history.last)))
      throw new RangeError(
        `a reading of ${total} at ${time} s does not follow ${history.last} at ${history.lastTime} s`,
      );
    history.push(time, total);
    if (signal !== undefined) this.#signals.set(signal, history);
    this.#observedUntil = Math.max(this.#observedUntil, time);
  }

  /** Until when the counter is known: the last reading of a counter, and all the time observed for events. */
  get age(): number {
    return this.request.events ? this.#observedUntil : this.counts.lastTime;
  }

  get observedUntil(): number {
    return this.#observedUntil;
  }

  /** A signal that reaches at least half-way to the age. */
  signal(name: UsedSignal): CountHistory | undefined {
    const history = this.#signals.get(name);
    return history && history.lastTime >= this.age / 2 ? history : undefined;
  }

  /** The same evidence without a part of it; undefined where it has no such part. */
  without(part: Part): SpikeEvidence | undefined {
    const { request } = this;
    if (part === 'followers')
      return this.audience && this.audience.last > 0
        ? new SpikeEvidence({ ...request, events: request.events?.map(([time]) => [time, 0]) })
        : undefined;
    if (part === 'readings') {
      const last = request.counts && request.counts.length > 1 ? request.counts.at(-1) : undefined;
      return last && new SpikeEvidence({ ...request, counts: [last] });
    }
    return this.#signals.has(part)
      ? new SpikeEvidence({ ...request, signals: { ...request.signals, [part]: undefined } })
      : undefined;
  }
}
