import { MS_PER_DAY } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlannedCall, type PollBudget, type PolledFlight, pollPlan } from './poll-plan.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-22T00:00:00Z');
const settings = {
  phases: [
    { withinMin: 60, everyMin: 15 },
    { withinMin: 360, everyMin: 60 },
    { withinMin: 1440, everyMin: 240 },
  ],
  elseEveryMin: 1440,
  overdueForMin: 2880,
  burstShare: 0.25,
};
const flight = (id: string, hours: number, more: Partial<PolledFlight> = {}): PolledFlight => ({
  id,
  watchedSince: NOW,
  moments: [NOW + hours * HOUR],
  loadKg: 100,
  ...more,
});
const budget = (more: Partial<PollBudget> = {}): PollBudget => ({
  callsPerDay: 1000,
  callsPerMonth: 31_000,
  flightsPerCall: 1,
  spent: [],
  ...more,
});
const times = (calls: readonly PlannedCall[], id: string) =>
  calls.filter(({ flights }) => flights.includes(id)).map(({ at }) => (at - NOW) / HOUR);

/** The most of some times within any stretch of so many milliseconds. */
const mostWithin = (instants: readonly number[], ms: number): number =>
  Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + ms).length));

describe('a polling plan', () => {
  it('asks the oftener the nearer the departure is, and no more once it is done', () => {
    const calls = pollPlan([flight('A', 30)], budget(), NOW, NOW + 31 * HOUR, settings);
    const asked = times(calls, 'A');
    expect(asked.slice(0, 3)).toEqual([0, 6, 10]);
    expect(asked.filter((hour) => hour >= 29 && hour < 30)).toEqual([29, 29.25, 29.5, 29.75]);
    expect(pollPlan([flight('A', 30, { done: true })], budget(), NOW, NOW + 31 * HOUR, settings)).toEqual([]);
  });

  it('takes a cut-off for a moment like the departure', () => {
    const moments = [NOW + 20 * HOUR, NOW + 30 * HOUR];
    const asked = times(pollPlan([flight('A', 0, { moments })], budget(), NOW, NOW + 25 * HOUR, settings), 'A');
    expect(asked.filter((hour) => hour >= 19 && hour < 20)).toHaveLength(4);
  });

  it('fills a call with as many flights as it takes, those with load first', () => {
    const flights = [flight('empty', 1, { loadKg: 0 }), flight('A', 2), flight('B', 50), flight('C', 100)];
    const [first, second] = pollPlan(flights, budget({ flightsPerCall: 3 }), NOW, NOW + HOUR, settings);
    expect(first).toEqual({ at: NOW, flights: ['A', 'B', 'C'] });
    expect(second?.flights[0]).toBe('empty');
  });

  it('asks for the heavier of two flights that waited alike first', () => {
    const flights = [flight('A', 100, { loadKg: 10 }), flight('B', 100, { loadKg: 900 })];
    const calls = pollPlan(flights, budget(), NOW, NOW + HOUR, settings);
    expect(calls.flatMap((call) => call.flights)).toEqual(['B', 'A']);
  });

  it('keeps calls for flights with load where they are scarce', () => {
    const many = Array.from({ length: 40 }, (_, index) => flight(`empty${index}`, 3, { loadKg: 0 }));
    const calls = pollPlan([...many, flight('A', 5)], budget({ callsPerDay: 12 }), NOW, NOW + 6 * HOUR, settings);
    expect(times(calls, 'A').length).toBeGreaterThanOrEqual(3);
  });

  it('comes round to a far departure though near ones want every call', () => {
    const near = Array.from({ length: 30 }, (_, index) =>
      flight(`near${index}`, 0, {
        moments: Array.from({ length: 72 }, (_unused, hour) => NOW + hour * HOUR),
      }),
    );
    const far = flight('far', 400);
    const calls = pollPlan([...near, far], budget({ callsPerDay: 24 }), NOW, NOW + 3 * MS_PER_DAY, settings);
    // Thirty flights share 24 calls a day, each of which waits 96 times as long as it should by then.
    expect(calls.length).toBeGreaterThan(70);
    const later = pollPlan([...near, far], budget({ callsPerDay: 24 }), NOW, NOW + 60 * MS_PER_DAY, settings);
    expect(times(later, 'far').length).toBeGreaterThan(0);
  });

  const polled = fc.record({
    hours: fc.integer({ min: -10, max: 200 }),
    more: fc.integer({ min: 0, max: 40 }),
    loadKg: fc.constantFrom(0, 50, 900),
    polledAgo: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
  });

  it('never goes over budget, over any day or month, and asks for no more than a call takes', () => {
    fc.assert(
      fc.property(
        fc.array(polled, { maxLength: 12 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 * 24 }), { maxLength: 20 }),
        (given, callsPerDay, callsPerMonth, flightsPerCall, spentAgo) => {
          const flights = given.map(({ hours, more, loadKg, polledAgo }, index) =>
            flight(`F${index}`, 0, {
              moments: [NOW + hours * HOUR, NOW + (hours + more) * HOUR],
              loadKg,
              lastPolled: polledAgo === undefined ? undefined : NOW - polledAgo * 60_000,
            }),
          );
          const spent = spentAgo.map((hours) => NOW - hours * HOUR);
          const limits = budget({ callsPerDay, callsPerMonth, flightsPerCall, spent });
          const calls = pollPlan(flights, limits, NOW, NOW + 8 * MS_PER_DAY, settings);
          const planned = calls.map(({ at }) => at);
          // What was spent before may be over budget already; no call is added to such a stretch.
          const all = [...spent, ...planned];
          const worst = (ms: number) =>
            Math.max(0, ...planned.map((to) => all.filter((at) => at <= to && at > to - ms).length));
          expect(worst(MS_PER_DAY)).toBeLessThanOrEqual(callsPerDay);
          expect(worst(31 * MS_PER_DAY)).toBeLessThanOrEqual(callsPerMonth);
          expect(mostWithin(planned, MS_PER_DAY)).toBeLessThanOrEqual(callsPerDay);
          for (const call of calls) {
            expect(call.flights.length).toBeGreaterThan(0);
            expect(call.flights.length).toBeLessThanOrEqual(flightsPerCall);
            expect(new Set(call.flights).size).toBe(call.flights.length);
          }
          expect(planned).toEqual(planned.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it('asks for every flight with load before any of like need a second time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 5, max: 50 }),
        (count, flightsPerCall, callsPerDay) => {
          const flights = Array.from({ length: count }, (_, index) => flight(`F${index}`, 2000));
          const limits = budget({ flightsPerCall, callsPerDay });
          const calls = pollPlan(flights, limits, NOW, NOW + 8 * MS_PER_DAY, settings);
          const round = calls.slice(0, Math.ceil(count / flightsPerCall)).flatMap((call) => call.flights);
          expect(new Set(round).size).toBe(count);
        },
      ),
    );
  });
});
