import { formatDay, parseDay, ratio, WEEKDAYS, WorkingCalendar } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryTimes } from './delivery.ts';
import { Departures, nextDeparture } from './departures.ts';
import { type Lane, withinLimits } from './lane.ts';
import type { LastMile } from './last-mile.ts';
import { compileTransit, compileTransitTable } from './transit.ts';

const day = (text: string) => parseDay(text) as number;

const lastMile: LastMile = {
  id: 'LM',
  from: 'LAX',
  countries: new Set(['US']),
  card: { onFileFrom: 0, quote: () => ({ price: 0, billableGrams: 0 }) },
  zones: undefined,
  transitOf: compileTransitTable({ byZone: { '2': { 1: 0.5, 2: 0.5 } } }),
  calendar: new WorkingCalendar(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'], ['2026-11-11']),
};

const lane: Lane = {
  id: 'A-B',
  from: 'A',
  airport: 'HKG',
  gateway: 'LAX',
  markets: new Set(['US']),
  service: 'standard',
  price: () => ({ price: 0, billableGrams: 0 }),
  batterySurcharge: 0,
  clearance: 0,
  capacityGramsPerDay: 10_000,
  departs: WEEKDAYS.map((name) => ['Tue', 'Thu'].includes(name)),
  transit: compileTransit({ 3: 0.5, 4: 0.5 }),
  limits: { maxGrams: 2000, maxSideMm: 600, maxSumMm: 900 },
  handling: new Set(),
  lossRate: ratio(0),
  lastMile,
  channel: 'courier',
};

describe('departures', () => {
  it('are on the lane’s weekdays only', () => {
    expect(formatDay(nextDeparture(lane, day('2026-11-02')))).toBe('2026-11-03');
    expect(formatDay(nextDeparture(lane, day('2026-11-03')))).toBe('2026-11-03');
    expect(formatDay(nextDeparture(lane, day('2026-11-06')))).toBe('2026-11-10');
  });

  it('have room to the last gram, then the next one is taken', () => {
    const departures = new Departures();
    departures.take(lane, day('2026-11-03'), 9000);
    const first = (grams: number) => departures.firstWithRoom(lane, day('2026-11-02'), [grams])?.map(formatDay);
    expect(first(1000)).toEqual(['2026-11-03']);
    expect(first(1001)).toEqual(['2026-11-05']);
  });

  it('count the parcels of one order against each other', () => {
    const days = new Departures().firstWithRoom(lane, day('2026-11-02'), [6000, 6000, 4000]);
    expect(days?.map(formatDay)).toEqual(['2026-11-03', '2026-11-05', '2026-11-03']);
  });

  it('have none for a parcel above the daily capacity', () => {
    expect(new Departures().firstWithRoom(lane, day('2026-11-02'), [10_001])).toBeUndefined();
  });

  it('are the first with room, also when years before are full and questions go back in time', () => {
    const question = fc.record({
      from: fc.integer({ min: 20_000, max: 20_400 }),
      grams: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 60 }), (questions) => {
        const departures = new Departures();
        const left = new Map<number, number>();
        for (const { from, grams } of questions) {
          let expected = nextDeparture(lane, from);
          while ((left.get(expected) ?? 10_000) < grams) expected = nextDeparture(lane, expected + 1);
          expect(departures.firstWithRoom(lane, from, [grams])).toEqual([expected]);
          departures.take(lane, expected, grams);
          left.set(expected, (left.get(expected) ?? 10_000) - grams);
        }
      }),
    );
  });

  it('are never overfilled', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 40 }), (parcels) => {
        const departures = new Departures();
        const load = new Map<number, number>();
        for (const grams of parcels) {
          const [departs] = departures.firstWithRoom(lane, day('2026-11-02'), [grams]) ?? [];
          if (departs === undefined) throw new Error('no room');
          departures.take(lane, departs, grams);
          load.set(departs, (load.get(departs) ?? 0) + grams);
        }
        for (const grams of load.values()) expect(grams).toBeLessThanOrEqual(lane.capacityGramsPerDay);
      }),
    );
  });
});

describe('delivery days', () => {
  it('count calendar days to the gateway and working days to the door', () => {
    // Departs on Thursday the 5th: released on Sunday the 8th or Monday the 9th; the 11th is a holiday.
    const { release, door } = new DeliveryTimes().byLane(lane, day('2026-11-05'), '2', 'US');
    expect(release.masses.map(({ value }) => formatDay(value))).toEqual(['2026-11-08', '2026-11-09']);
    expect(door.masses.map(({ value, probability }) => [formatDay(value), probability])).toEqual([
      ['2026-11-09', 0.25],
      ['2026-11-10', 0.5],
      ['2026-11-12', 0.25],
    ]);
  });

  it('end at release on a lane to the door', () => {
    const { release, door } = new DeliveryTimes().byLane({ ...lane, lastMile: undefined }, day('2026-11-05'), '', 'US');
    expect(door).toBe(release);
  });

  it('say when a zone has no transit time', () => {
    expect(() => new DeliveryTimes().byLastMile(lastMile, day('2026-11-05'), '9', 'US')).toThrow(/zone 9/);
  });
});

describe('limits of a lane', () => {
  it('hold to the gram and the millimetre, whichever way the parcel lies', () => {
    expect(withinLimits(lane.limits, { lengthMm: 100, widthMm: 600, heightMm: 200 }, 2000)).toBe(true);
    expect(withinLimits(lane.limits, { lengthMm: 100, widthMm: 601, heightMm: 100 }, 2000)).toBe(false);
    expect(withinLimits(lane.limits, { lengthMm: 300, widthMm: 300, heightMm: 301 }, 2000)).toBe(false);
    expect(withinLimits(lane.limits, { lengthMm: 100, widthMm: 100, heightMm: 100 }, 2001)).toBe(false);
  });
});
