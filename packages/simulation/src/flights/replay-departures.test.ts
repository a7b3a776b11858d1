import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatorOf } from '@crossparcel/numerics';
import {
  DepartureTable,
  delayHistorySchema,
  FlightBook,
  type FlightEvent,
  flightEventSchema,
  instantOf,
  type Movement,
  minuteOf,
  toldAt,
} from '@crossparcel/transport';
import { formatInstant } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayDepartures } from './replay-departures.ts';

const history = delayHistorySchema.parse(
  JSON.parse(
    readFileSync(new URL('../../../../reference/reliability/departures-and-arrivals.json', import.meta.url), 'utf8'),
  ).at(-1),
);
const { news } = history;
const START = minuteOf(Date.parse('2026-11-22T00:00:00Z'));
const movement = (flight: string, scheduled: number, delayMin: number | undefined): Movement => ({
  flight,
  carrier: flight.slice(0, 2),
  kind: 'freighter',
  airport: 'HKG',
  scheduled: START + scheduled,
  delayMin,
});
const replay = (movements: readonly Movement[], seed = 1): FlightEvent[] => [
  ...replayDepartures(movements, news, generatorOf(seed)),
];
const brief = (events: readonly FlightEvent[]) =>
  events.map((event) => [
    event.kind,
    (toldAt(event) - instantOf(START)) / 60_000,
    'departure' in event && event.departure ? (Date.parse(event.departure) - instantOf(START)) / 60_000 : undefined,
  ]);

/** What became of each departure once all events were taken, by the book of flights. */
const endOf = (movements: readonly Movement[], events: readonly FlightEvent[]) => {
  const table = new DepartureTable('USD');
  for (const { flight, carrier, airport, scheduled, kind } of movements) {
    const leg = {
      flight,
      carrier,
      kind,
      origin: airport,
      destination: 'ANC',
      departs: scheduled,
      arrives: scheduled + 600,
    };
    table.add({ ...leg, capacityGrams: 0, pricePerKg: 0, cutoffMin: 0, minConnectMin: 0, handlingMin: 0 });
  }
  const book = new FlightBook(table);
  const end = movements.map((): number | undefined | 'on time' => 'on time');
  const left = new Set<number>();
  for (const event of events) {
    const taken = book.take(flightEventSchema.parse(event));
    if (!taken.ok) throw new Error(taken.error.what);
    const [departure = -1] = taken.value.departures;
    if (event.kind === 'departed') left.add(departure);
    for (const change of taken.value.changes) {
      if (change.kind === 'cancelled') end[departure] = undefined;
      if (change.kind === 'delayed') end[departure] = change.departs;
    }
  }
  return movements.map(({ scheduled }, index) => ({
    left: left.has(index),
    departs: end[index] === 'on time' ? scheduled : end[index],
  }));
};

const outcomes = (movements: readonly Movement[]) =>
  movements.map(({ scheduled, delayMin }) => ({
    left: delayMin !== undefined,
    departs: delayMin === undefined ? undefined : scheduled + delayMin,
  }));

describe('a replay', () => {
  it('tells a first estimate, the whole delay at the scheduled time, and take-off', () => {
    expect(brief(replay([movement('CX1', 1000, 100)]))).toEqual([
      ['delayed', 820, 1050],
      ['delayed', 1000, 1100],
      ['departed', 1100, 1100],
    ]);
    expect(brief(replay([movement('CX1', 1000, 500)]))[0]).toEqual(['delayed', 640, 1300]);
    expect(brief(replay([movement('CX1', 1000, 30)]))).toEqual([['departed', 1030, 1030]]);
    expect(brief(replay([movement('CX1', 1000, -20)]))).toEqual([['departed', 980, 980]]);
  });

  it('tells cancellations as far ahead as the record has it', () => {
    const movements = Array.from({ length: 4000 }, (_, index) => movement(`CX${index}`, 5000, undefined));
    const leads = replay(movements).map((event) => 5000 - (toldAt(event) - instantOf(START)) / 60_000);
    for (const { fromMinutes, toMinutes, share } of news.cancellations) {
      const within = leads.filter((lead) => lead >= fromMinutes && lead < toMinutes).length / leads.length;
      // Five standard errors of a share of 4,000.
      expect(Math.abs(within - share)).toBeLessThan(0.04);
    }
  });

  const movements = fc
    .uniqueArray(
      fc.record({
        flight: fc.constantFrom('CX1', 'CX2', '5Y3'),
        scheduled: fc.integer({ min: 0, max: 3 * 1440 }),
        delayMin: fc.option(fc.integer({ min: -300, max: 3000 }), { nil: undefined }),
      }),
      { selector: ({ flight, scheduled }) => `${flight} ${scheduled}`, maxLength: 15 },
    )
    .map((all) => all.map(({ flight, scheduled, delayMin }) => movement(flight, scheduled, delayMin)));

  it('comes in time order, ends as recorded, and is the same for the same seed in whatever order', () => {
    fc.assert(
      fc.property(movements, fc.integer(), (given, seed) => {
        const events = replay(given, seed);
        for (const [index, event] of events.entries()) {
          const before = events[index - 1];
          if (before) expect(toldAt(before)).toBeLessThanOrEqual(toldAt(event));
        }
        expect(endOf(given, events)).toEqual(outcomes(given));
        expect(replay(given.toReversed(), seed)).toEqual(events);
      }),
    );
  });
});

const recorded = fileURLToPath(new URL('../../../../../shared/data/flights/hkg-flights.csv', import.meta.url));

describe.skipIf(!existsSync(recorded))('recorded days at Hong Kong (../shared/data/flights)', () => {
  it('end as they were recorded', () => {
    const [header = '', ...lines] = readFileSync(recorded, 'utf8').trim().split('\n');
    const names = header.split(',');
    const rows = lines.map((line) => new Map(line.split(',').map((value, index) => [names[index], value])));
    const days = rows.filter((row) => row.get('dir') === 'D' && /^2025-10-2[45]$/.test(row.get('date') ?? ''));
    const known = days.filter((row) => row.get('status') !== 'UNK');
    expect(known.length).toBeGreaterThan(1000);
    const seen = new Set<string>();
    const given = known.flatMap((row): Movement[] => {
      const [flight = '', when] = [row.get('flight'), `${row.get('date')}T${row.get('time')}:00+08:00`];
      if (seen.has(`${flight} ${when}`)) return [];
      seen.add(`${flight} ${when}`);
      const delay = row.get('delay_min');
      const scheduled = minuteOf(Date.parse(when));
      const kind = row.get('kind') === 'C' ? 'freighter' : 'passenger';
      const delayMin = row.get('status') === 'CNX' ? undefined : Number(delay);
      return [{ flight, carrier: flight.slice(0, 2), kind, airport: 'HKG', scheduled, delayMin }];
    });
    const events = replay(given);
    expect(endOf(given, events)).toEqual(outcomes(given));
    expect(events.every(({ at }, index) => index === 0 || at >= (events[index - 1]?.at ?? ''))).toBe(true);
    expect(formatInstant(toldAt(events[0] as FlightEvent)) < '2025-10-24').toBe(true);
  });
});
