import type { PlanRecord } from '@crossparcel/planning';
import { eventOf, identified, MILESTONES, timelineOf } from '@crossparcel/trace';
import { formatDay, formatInstant, MS_PER_DAY } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journeyOf, type Sighting, type TravellingParcel } from './journey.ts';

const FAR = Date.parse('2030-01-01T00:00:00Z');
const firstDay = Math.floor(Date.parse('2026-10-01T00:00:00Z') / MS_PER_DAY);

type Leg = PlanRecord['legs'][number];
const leg = (
  kind: Leg['kind'],
  from: string,
  to: string,
  days: readonly [number, number, number],
  via?: string,
): Leg => ({
  kind,
  service: `${from}-${to}`,
  from,
  to,
  ...(via === undefined ? {} : { via }),
  departs: formatDay(days[0]),
  arrives: { p50: formatDay(days[1]), p90: formatDay(days[2]) },
});
const legsOf = (kind: 'direct' | 'door' | 'local', day: number, slow: number): Leg[] => {
  if (kind === 'local') return [leg('last-mile', 'US-W', 'US', [day, day + 3, day + 4])];
  if (kind === 'door') return [leg('linehaul', 'SZX', 'US', [day, day + 4, day + 5], 'HKG')];
  return [
    leg('linehaul', 'SZX', 'LAX', [day, day + 3 + slow, day + 5 + slow], 'HKG'),
    leg('last-mile', 'LAX', 'US', [day + 3 + slow, day + 7 + slow, day + 9 + slow]),
  ];
};

const parcels = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom('direct', 'door', 'local'),
    offset: fc.integer({ min: 0, max: 40 }),
    slow: fc.integer({ min: 0, max: 4 }),
    minutes: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ id, kind, offset, slow, minutes }): TravellingParcel => {
    const day = firstDay + offset;
    const placedAt = (day - 1) * MS_PER_DAY + minutes * 60_000;
    return { id, placedAt, legs: legsOf(kind, day, slow), country: 'US', postalPrefix: '787', returnRate: 0.1 };
  });

const many = (kind: 'direct' | 'local', count: number): Sighting[][] =>
  Array.from({ length: count }, (_, index) => {
    const parcel = {
      id: `P${index}`,
      placedAt: (firstDay - 1) * MS_PER_DAY,
      legs: legsOf(kind, firstDay, 0),
      country: 'US',
    };
    return journeyOf(parcel, { seed: 3, now: FAR });
  });
const names = (journey: readonly Sighting[]) => byTime(journey).map(({ milestone }) => milestone);
const byTime = (journey: readonly Sighting[]) => [...journey].sort((a, b) => a.at - b.at);
const shareWith = (journeys: readonly Sighting[][], milestone: Sighting['milestone']) =>
  journeys.filter((journey) => names(journey).includes(milestone)).length / journeys.length;

describe('a parcel’s way', () => {
  it('only grows with time', () => {
    fc.assert(
      fc.property(parcels, fc.integer(), fc.nat(80 * 24), fc.nat(80 * 24), (parcel, seed, one, other) => {
        const start = firstDay * MS_PER_DAY;
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map((hour) => start + hour * 3_600_000);
        const early = journeyOf(parcel, { seed, now: sooner ?? 0 });
        const late = journeyOf(parcel, { seed, now: later ?? 0 });
        expect(late.slice(0, early.length)).toEqual(early);
        expect(late.slice(early.length).every(({ recordedAt }) => recordedAt > (sooner ?? 0))).toBe(true);
        expect(journeyOf(parcel, { seed, now: FAR }).filter(({ recordedAt }) => recordedAt <= (sooner ?? 0))).toEqual(
          early,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('is in a plausible order, and ends in the state that its last milestone says', () => {
    fc.assert(
      fc.property(parcels, fc.integer(), fc.nat(80 * 24), (parcel, seed, hour) => {
        const journey = journeyOf(parcel, { seed, now: firstDay * MS_PER_DAY + hour * 3_600_000 });
        const inTime = byTime(journey);
        for (const [index, { at, recordedAt }] of inTime.entries()) {
          expect(at).toBeGreaterThan(inTime[index - 1]?.at ?? parcel.placedAt);
          expect(recordedAt).toBeGreaterThan(at);
        }
        const events = journey.map(({ milestone, at, place }) =>
          identified(
            eventOf({
              milestone,
              eventTime: formatInstant(at),
              eventTimeZoneOffset: '+00:00',
              parcels: [`urn:uuid:${parcel.id}`],
              readPoint: `urn:place:${place}`,
            }),
          ),
        );
        const last = inTime.at(-1);
        const timeline = timelineOf(events);
        expect(timeline.state).toBe(last ? MILESTONES[last.milestone].state : 'announced');
        expect(timeline.steps.some(({ isOverruled }) => isOverruled)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('passes the places of its legs', () => {
    const plain = many('direct', 50).find((journey) => journey.length === 10);
    expect(byTime(plain ?? []).map(({ milestone, place }) => `${milestone} ${place}`)).toEqual([
      'collected SZX',
      'export-presented HKG',
      'export-released HKG',
      'departed HKG',
      'arrived LAX',
      'import-presented LAX',
      'import-released LAX',
      'at-delivery-office US',
      'out-for-delivery US',
      'delivered US',
    ]);
    const near = many('local', 50).find((journey) => journey.length === 4);
    expect(byTime(near ?? []).map(({ milestone, place }) => `${milestone} ${place}`)).toEqual([
      'collected US-W',
      'departed US-W',
      'out-for-delivery US',
      'delivered US',
    ]);
    const parcel = { id: 'x', placedAt: 0, legs: [], country: 'US' };
    expect(journeyOf(parcel, { seed: 1, now: FAR })).toEqual([]);
  });

  it('has as many troubles as assumed', () => {
    const journeys = many('direct', 4000);
    const sightings = journeys.flat();
    expect(shareWith(journeys, 'lost')).toBeGreaterThan(0.002);
    expect(shareWith(journeys, 'lost')).toBeLessThan(0.009);
    expect(Math.abs(shareWith(journeys, 'import-held') - 0.02)).toBeLessThan(0.008);
    expect(Math.abs(shareWith(journeys, 'attempt-failed') - 0.08)).toBeLessThan(0.02);
    expect(Math.abs(shareWith(journeys, 'returning') - 0.05)).toBeLessThan(0.015);
    expect(shareWith(journeys, 'at-pickup-point')).toBeGreaterThan(0.01);
    const late = sightings.filter(({ at, recordedAt }) => recordedAt - at > 3_600_000);
    expect(Math.abs(late.length / sightings.length - 0.04)).toBeLessThan(0.01);
  });

  it('keeps to the days of the plan', () => {
    const days = many('direct', 4000).flatMap((journey) => {
      const first = byTime(journey).find(({ milestone }) => milestone === 'out-for-delivery');
      return first ? [Math.floor((first.at - 6 * 3_600_000) / MS_PER_DAY) - firstDay] : [];
    });
    const by = (day: number) => days.filter((one) => one <= day).length / days.length;
    expect(by(7)).toBeGreaterThan(0.4);
    expect(by(7)).toBeLessThan(0.6);
    expect(by(9)).toBeGreaterThan(0.8);
    expect(by(9)).toBeLessThan(0.95);
  });
});
