import { NextCountries, SpikeEvidence, type SpikeRequest, VIEW_LEVELS, ViewSizer } from '@crossparcel/demand';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DemandReference } from './demand-reference.ts';

const HOUR = 3600;
const { views, nextCountries } = new DemandReference().spikeModels();
const sizer = new ViewSizer(views);
const next = new NextCountries(nextCountries);
const totalOf = (request: SpikeRequest) => sizer.total(new SpikeEvidence(request), request.horizon);

/** Readings some hours apart, each some times the one before, with signals or without. */
const requests = fc
  .record({
    first: fc.double({ min: 0.5, max: 40, noNaN: true }),
    views: fc.integer({ min: 0, max: 5_000_000 }),
    steps: fc.array(
      fc.tuple(fc.double({ min: 0.2, max: 40, noNaN: true }), fc.double({ min: 1, max: 4, noNaN: true })),
      { maxLength: 8 },
    ),
    likes: fc.boolean(),
    countries: fc.option(fc.subarray(['US', 'GB', 'IE', 'DE', 'JP', 'ZZ'])),
    category: fc.option(fc.constantFrom<number | string>(10, 20, '24', 99)),
    ahead: fc.double({ min: 0.1, max: 700, noNaN: true }),
  })
  .map(({ first, views: count, steps, likes, countries, category, ahead }): SpikeRequest => {
    const counts: [number, number][] = [[first * HOUR, count]];
    for (const [hours, times] of steps) {
      const [time, total] = counts.at(-1) as [number, number];
      counts.push([time + hours * HOUR, Math.round(total * times)]);
    }
    const [last] = counts.at(-1) as [number, number];
    return {
      id: 'v',
      kind: 'views',
      observedUntil: last,
      counts,
      horizon: last + ahead * HOUR,
      signals: {
        ...(likes && { likes: counts.map(([time, total]): [number, number] => [time, Math.round(total / 30)]) }),
        ...(countries && { countries: [[last, countries]] }),
      },
      ...(category !== null && { attributes: { category } }),
    };
  });

describe('the model of views', () => {
  it('gives finite totals that never fall with the level, the horizon, or below what was seen', () => {
    fc.assert(
      fc.property(requests, fc.double({ min: 1, max: 300, noNaN: true }), (request, more) => {
        const seen = request.counts?.at(-1)?.[1] ?? 0;
        const near = totalOf(request);
        const far = totalOf({ ...request, horizon: request.horizon + more * HOUR });
        let below = seen;
        for (const level of [0.001, ...VIEW_LEVELS, 0.99]) {
          const total = near.at(level);
          expect(Number.isFinite(total)).toBe(true);
          expect(total).toBeGreaterThanOrEqual(below * (1 - 1e-9));
          // Beyond the highest level held, a tail is drawn through the two highest: it may fall where they draw together.
          if (level <= (VIEW_LEVELS.at(-1) ?? 0)) expect(far.at(level)).toBeGreaterThanOrEqual(total * (1 - 1e-9));
          below = total;
        }
      }),
    );
  });

  it('answers the same again, and hardly otherwise when asked an instant later', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const total = totalOf(request);
        expect(new ViewSizer(views).total(new SpikeEvidence(request), request.horizon)).toEqual(total);
        const later = totalOf({ ...request, horizon: request.horizon + 1 });
        expect(later.at(0.5) / Math.max(1, total.at(0.5))).toBeLessThan(1.01);
      }),
      { numRuns: 30 },
    );
  });

  it('is surer of a video read on three days than of one read once', () => {
    const counts: [number, number][] = [24, 48, 72].map((hours) => [hours * HOUR, Math.round(1e5 * hours ** 0.4)]);
    const request: SpikeRequest = {
      id: 'v',
      kind: 'views',
      observedUntil: 72 * HOUR,
      counts,
      horizon: 168 * HOUR,
    };
    const width = (one: SpikeRequest) => Math.log(totalOf(one).at(0.9) / totalOf(one).at(0.1));
    expect(width(request)).toBeLessThan(width({ ...request, counts: counts.slice(-1) }));
  });
});

describe('the model of next countries', () => {
  it('gives chances, the likeliest first, for countries that do not hold the video, whatever the signals', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const holding = request.signals?.countries?.at(-1)?.[1] ?? [];
        const spread = next.rank(new SpikeEvidence(request));
        if (holding.length === 0 || request.observedUntil >= nextCountries.untilHours * HOUR) {
          expect(spread).toBeUndefined();
          return;
        }
        let before = spread?.anyProbability ?? 0;
        expect(before).toBeLessThanOrEqual(1);
        for (const { country, probability } of spread?.countries ?? []) {
          expect(holding).not.toContain(country);
          expect(probability).toBeLessThanOrEqual(before);
          expect(probability).toBeGreaterThanOrEqual(0);
          before = probability;
        }
      }),
    );
  });

  it('knows neighbours', () => {
    const spread = next.rank(
      new SpikeEvidence({
        id: 'v',
        kind: 'views',
        observedUntil: 24 * HOUR,
        counts: [[24 * HOUR, 300_000]],
        horizon: 168 * HOUR,
        signals: { countries: [[24 * HOUR, ['AR', 'CL', 'CO', 'CR', 'EC', 'MX', 'PE']]] },
      }),
    );
    const named = spread?.countries.slice(0, 8).map(({ country }) => country) ?? [];
    const latin = ['BO', 'DO', 'ES', 'GT', 'HN', 'NI', 'PA', 'PR', 'PY', 'SV', 'UY', 'VE'];
    expect(named.filter((country) => latin.includes(country)).length).toBeGreaterThanOrEqual(6);
  });
});
