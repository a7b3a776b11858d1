import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Departure } from '../timetable/departure.ts';
import { DepartureTable } from '../timetable/departure-table.ts';
import { Timetable } from '../timetable/timetable.ts';
import { EarliestArrival } from './earliest-arrival.ts';
import { networkOf } from './network.ts';
import { ParetoSearch } from './pareto.ts';
import { profileOf } from './profile.ts';
import { noRisks } from './risk.ts';
import { everyWay, smallNetwork, smallQuery, undominated, walk } from './test/small-network.ts';

const UNTIL = 1000;
const many = { numRuns: 400 };

describe('earliest arrival', () => {
  it('is what trying every way gives, and its itinerary can be walked', () => {
    fc.assert(
      fc.property(smallNetwork, smallQuery, ({ network, risks }, query) => {
        const ways = everyWay(network, risks, query, 99, UNTIL);
        const best = Math.min(...ways.map(({ arrives }) => arrives));
        const found = new EarliestArrival(network).itinerary(query);
        expect(found && found.arrives <= UNTIL ? found.arrives : Number.POSITIVE_INFINITY).toBe(best);
        if (found) expect(walk(network, risks, query, found.steps)?.arrives).toBe(found.arrives);
      }),
      many,
    );
  });

  it('keeps to a limit of legs', () => {
    fc.assert(
      fc.property(smallNetwork, smallQuery, fc.integer({ min: 0, max: 4 }), ({ network, risks }, query, maxLegs) => {
        const ways = everyWay(network, risks, query, maxLegs, UNTIL);
        const best = Math.min(...ways.map(({ arrives }) => arrives));
        const found = new EarliestArrival(network).itinerary(query, maxLegs);
        expect(found && found.arrives <= UNTIL ? found.arrives : Number.POSITIVE_INFINITY).toBe(best);
        if (!found) return;
        const walked = walk(network, risks, query, found.steps);
        expect(walked?.arrives).toBe(found.arrives);
        expect(walked?.legs).toBeLessThanOrEqual(maxLegs);
      }),
      many,
    );
  });
});

describe('offers', () => {
  it('are the ways that no other beats in arrival, price and risk, each of which can be walked', () => {
    fc.assert(
      fc.property(smallNetwork, smallQuery, fc.integer({ min: 0, max: 4 }), ({ network, risks }, query, maxLegs) => {
        const offers = new ParetoSearch(network, risks).offers(query, maxLegs, 400);
        const expected = undominated(everyWay(network, risks, query, maxLegs, 400));
        expect(offers.map(({ arrives, pricePerKg, risk }) => `${arrives} ${pricePerKg} ${risk}`)).toEqual(expected);
        for (const offer of offers) {
          const { arrives, pricePerKg, risk } = offer;
          expect(walk(network, risks, query, offer.steps)).toMatchObject({ arrives, pricePerKg, risk });
        }
      }),
      many,
    );
  });

  it('of one search do not depend on those before', () => {
    fc.assert(
      fc.property(smallNetwork, fc.array(smallQuery, { minLength: 2, maxLength: 5 }), ({ network, risks }, queries) => {
        const one = new ParetoSearch(network, risks);
        const earliest = new EarliestArrival(network);
        for (const query of queries) {
          expect(one.offers(query, 3, 400)).toEqual(new ParetoSearch(network, risks).offers(query, 3, 400));
          expect(earliest.itinerary(query, 3)).toEqual(new EarliestArrival(network).itinerary(query, 3));
          expect(earliest.itinerary(query)).toEqual(new EarliestArrival(network).itinerary(query));
        }
      }),
    );
  });
});

describe('a profile', () => {
  it('tells of every moment what asking for that moment tells', () => {
    const ends = fc.record({ from: fc.integer({ min: 0, max: 6 }), to: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(smallNetwork, ends, fc.constantFrom(500, 3000), ({ network, risks }, { from, to }, massGrams) => {
        fc.pre(from !== to);
        const starts = profileOf(network, { from, to, massGrams, earliest: -50, latest: 500 });
        const earliest = new EarliestArrival(network);
        for (const [index, { by, arrives }] of starts.entries()) {
          expect(by).toBeGreaterThan(starts[index - 1]?.by ?? -51);
          expect(arrives).toBeGreaterThan(starts[index - 1]?.arrives ?? 0);
        }
        for (let readyAt = -50; readyAt <= 320; readyAt += 7) {
          const query = { from, to, massGrams, readyAt };
          const byRoad = everyWay(network, risks, query, 0, 99_999).map(({ arrives }) => arrives);
          const flown = starts.find(({ by }) => by >= readyAt)?.arrives ?? Number.POSITIVE_INFINITY;
          expect(Math.min(flown, ...byRoad)).toBe(earliest.arrival(query) ?? Number.POSITIVE_INFINITY);
        }
        for (const { by, arrives } of starts) {
          expect(earliest.arrival({ from, to, massGrams, readyAt: by })).toBeLessThanOrEqual(arrives);
        }
      }),
      many,
    );
  });
});

const flight = (more: Partial<Departure>): Departure => ({
  flight: 'X1',
  carrier: 'X',
  kind: 'unknown',
  origin: 'AAA',
  destination: 'BBB',
  departs: 1000,
  arrives: 1100,
  capacityGrams: 1000,
  pricePerKg: 1,
  cutoffMin: 60,
  minConnectMin: 120,
  handlingMin: 0,
  ...more,
});

const asking = (departures: readonly Departure[], readyAt: number, to: string, massGrams = 1000) => {
  const table = new DepartureTable('USD');
  for (const departure of departures) table.add(departure);
  const timetable = Timetable.of(table);
  const place = (code: string) => timetable.placeOf(code) ?? 0;
  const query = { from: place('AAA'), to: place(to), readyAt, massGrams };
  const network = networkOf(timetable);
  const pareto = new ParetoSearch(network, noRisks(timetable.connectionCount)).offers(query, 3, 9999);
  const earliest = new EarliestArrival(network).arrival(query);
  expect(pareto[0]?.arrives).toBe(earliest);
  return earliest;
};

describe('cut-off and connection', () => {
  const onward = (departs: number, more: Partial<Departure> = {}) =>
    flight({ flight: 'X2', origin: 'BBB', destination: 'CCC', departs, arrives: departs + 50, ...more });

  it('are kept to the minute where goods start', () => {
    expect(asking([flight({})], 940, 'BBB')).toBe(1100);
    expect(asking([flight({})], 941, 'BBB')).toBeUndefined();
  });

  it('are kept to the minute where goods come off another flight: the longer of both binds', () => {
    expect(asking([flight({}), onward(1220)], 940, 'CCC')).toBe(1270);
    expect(asking([flight({}), onward(1219)], 940, 'CCC')).toBeUndefined();
    expect(asking([flight({}), onward(1300, { cutoffMin: 200 })], 940, 'CCC')).toBe(1350);
    expect(asking([flight({}), onward(1299, { cutoffMin: 200 })], 940, 'CCC')).toBeUndefined();
  });

  it('do not bind goods that stay aboard the same flight', () => {
    expect(asking([flight({}), onward(1101, { flight: 'X1' })], 940, 'CCC')).toBe(1151);
    expect(asking([flight({}), onward(1099, { flight: 'X1' })], 940, 'CCC')).toBeUndefined();
  });

  it('are no use without room', () => {
    expect(asking([flight({})], 940, 'BBB', 1001)).toBeUndefined();
    expect(asking([flight({}), onward(1101, { flight: 'X1', capacityGrams: 999 })], 940, 'CCC')).toBeUndefined();
  });
});
