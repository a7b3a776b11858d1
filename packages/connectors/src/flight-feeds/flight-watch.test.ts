import { type FlightEvent, flightEventSchema } from '@crossparcel/transport';
import { formatInstant, MS_PER_DAY } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { FlightWatch, type LoadedFlight } from './flight-watch.ts';
import type { FlightStatusSource, WatchedFlight } from './source.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-22T00:00:00Z');
const settings = {
  phases: [
    { withinMin: 120, everyMin: 15 },
    { withinMin: 1440, everyMin: 120 },
  ],
  elseEveryMin: 720,
  overdueForMin: 1440,
  burstShare: 0.25,
};
const flight = (number: string, hours: number): LoadedFlight => ({
  flight: number,
  scheduled: NOW + hours * HOUR,
  arrival: NOW + (hours + 8) * HOUR,
  cutOff: NOW + (hours - 6) * HOUR,
  origin: 'HKG',
  destination: 'ANC',
  loadKg: 100,
});

/** A source that is asked at `now` and says what a flight is given; every answer takes so many calls. */
const sourceOf = (said: (flight: WatchedFlight, now: number) => object | undefined, callsEach = 1) => {
  const asked: { at: number; flights: string[]; calls: number }[] = [];
  let now = NOW;
  const source: FlightStatusSource = {
    status: (flights, mostCalls) => {
      const calls = Math.min(callsEach, mostCalls);
      asked.push({ at: now, flights: flights.map((one) => one.flight), calls });
      const events = flights.flatMap((one): FlightEvent[] => {
        const words = said(one, now);
        const which = { at: formatInstant(now), flight: one.flight, origin: one.origin };
        return words ? [flightEventSchema.parse({ ...which, scheduled: formatInstant(one.scheduled), ...words })] : [];
      });
      return Promise.resolve({ events, faults: [], calls: Array.from({ length: calls }, () => now) });
    },
  };
  return {
    source,
    asked,
    /** Polls whenever something is due. */
    drive: async (watch: FlightWatch, until: number) => {
      for (let next = watch.nextAt(now, until); next !== undefined; next = watch.nextAt(now, until)) {
        now = next;
        await watch.poll(now);
      }
    },
  };
};
const budget = { callsPerDay: 200, callsPerMonth: 4000, flightsPerCall: 1, spent: [] };

describe('a watch over flights', () => {
  it('asks until a flight has landed, and then no more', async () => {
    const { source, asked, drive } = sourceOf((one, now) => (now >= one.arrival ? { kind: 'arrived' } : undefined));
    const watch = new FlightWatch(source, budget, settings);
    watch.watch([flight('CX1', 10)], NOW);
    await drive(watch, NOW + 3 * MS_PER_DAY);
    const last = asked.at(-1)?.at ?? 0;
    expect(last).toBeGreaterThanOrEqual(NOW + 18 * HOUR);
    expect(last).toBeLessThan(NOW + 18.5 * HOUR);
    expect(watch.spent).toHaveLength(asked.length);
  });

  it('follows a delay: what is near moves with the flight', async () => {
    const late = { kind: 'delayed', departure: formatInstant(NOW + 30 * HOUR) };
    const { source, asked, drive } = sourceOf(() => late);
    const watch = new FlightWatch(source, budget, settings);
    watch.watch([flight('CX1', 10)], NOW);
    await drive(watch, NOW + 30 * HOUR);
    const between = (from: number, to: number) =>
      asked.filter(({ at }) => at >= NOW + from * HOUR && at < NOW + to * HOUR).length;
    expect(between(8, 10)).toBeLessThanOrEqual(1);
    expect(between(22, 24)).toBe(8);
    expect(between(28, 30)).toBe(8);
  });

  it('stays within the budget when answers take more calls than one', async () => {
    const { source, asked, drive } = sourceOf(() => undefined, 3);
    const watch = new FlightWatch(source, { ...budget, callsPerDay: 10 }, settings);
    watch.watch([flight('CX1', 10), flight('CX2', 20), flight('CX3', 30)], NOW);
    await drive(watch, NOW + 2 * MS_PER_DAY);
    expect(new Set(asked.flatMap(({ flights }) => flights)).size).toBe(3);
    for (const { at } of asked) {
      const day = asked.filter((one) => one.at > at - MS_PER_DAY && one.at <= at);
      expect(day.reduce((sum, { calls }) => sum + calls, 0)).toBeLessThanOrEqual(10);
    }
  });

  it('keeps what it knows of flights that stay under watch', async () => {
    const { source, asked } = sourceOf(() => ({ kind: 'cancelled' }));
    const watch = new FlightWatch(source, budget, settings);
    watch.watch([flight('CX1', 10)], NOW);
    expect((await watch.poll(NOW)).events).toHaveLength(1);
    watch.watch([flight('CX1', 10), flight('CX2', 10)], NOW);
    await watch.poll(NOW + 8 * HOUR);
    expect(asked.map(({ flights }) => flights)).toEqual([['CX1'], ['CX2']]);
  });
});
