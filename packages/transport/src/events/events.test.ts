import { TimeZone } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Departure } from '../timetable/departure.ts';
import { DepartureTable } from '../timetable/departure-table.ts';
import { minuteOf } from '../timetable/minute.ts';
import { Timetable } from '../timetable/timetable.ts';
import { FlightBook } from './flight-book.ts';
import { type FlightEvent, flightEventSchema, inTimeOrder, toldAt } from './flight-event.ts';
import { timetableEvents } from './timetable-events.ts';

const minute = (text: string) => minuteOf(Date.parse(text));
const departure = (flight: string, departs: string, arrives: string, more: Partial<Departure> = {}): Departure => ({
  flight,
  carrier: 'CX',
  kind: 'unknown',
  origin: 'HKG',
  destination: 'ANC',
  departs: minute(departs),
  arrives: minute(arrives),
  capacityGrams: 1_000_000,
  pricePerKg: 3_100_000_000,
  cutoffMin: 300,
  minConnectMin: 360,
  handlingMin: 0,
  ...more,
});
const tableOf = (departures: readonly Departure[]): DepartureTable => {
  const table = new DepartureTable('USD');
  for (const one of departures) table.add(one);
  return table;
};
const daily = ['22', '23', '24'].map((day) => departure('CX880', `2026-11-${day}T09:00Z`, `2026-11-${day}T19:00Z`));
const event = (value: object): FlightEvent => flightEventSchema.parse(value);
const taken = (book: FlightBook, value: object) => {
  const result = book.take(event(value));
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
};

describe('a flight event', () => {
  it('reads the fields of the contract as they are, from JSON and from CSV', () => {
    const cancelled = { at: '2026-11-22T08:00:00+08:00', flight: 'CX880', kind: 'cancelled' };
    expect(event(cancelled)).toEqual(cancelled);
    const delayed = { ...cancelled, kind: 'delayed', departure: '2026-11-22T20:00:00+08:00' };
    expect(event(delayed)).toEqual(delayed);
    expect(event({ ...cancelled, kind: 'capacity', capacityKg: 1200.5 })).toMatchObject({ capacityKg: 1200.5 });
    const row = { ...cancelled, kind: 'capacity', departure: '', arrival: '', capacityKg: '1200.5' };
    expect(event(row)).toEqual({ ...cancelled, kind: 'capacity', capacityKg: 1200.5 });
  });

  it('keeps a kind that it does not know as a status', () => {
    const diverted = { at: '2026-11-22T08:00:00Z', flight: 'CX880', kind: 'diverted', departure: '2026-11-22T09:10Z' };
    expect(event(diverted)).toEqual({ ...diverted, kind: 'unknown', status: 'diverted' });
  });

  it('refuses times without an offset and room that is missing', () => {
    const path = (value: object) => flightEventSchema.safeParse(value).error?.issues[0]?.path;
    expect(path({ at: '2026-11-22T08:00:00', flight: 'CX880', kind: 'cancelled' })).toEqual(['at']);
    expect(path({ at: '2026-11-22T08:00:00Z', flight: 'CX880', kind: 'capacity' })).toEqual(['capacityKg']);
    expect(path({ at: '2026-11-22T08:00:00Z', kind: 'cancelled' })).toEqual(['flight']);
    const late = { at: '2026-11-22T08:00:00Z', flight: 'CX880', kind: 'delayed', departure: '2026-11-22T09:00:00Z' };
    expect(path({ ...late, arrival: '2026-11-22T17:00:00+08:00' })).toEqual(['arrival']);
    expect(path({ ...late, arrival: '2026-11-22T09:00:01Z' })).toBeUndefined();
  });

  it('comes in time order whatever the offsets', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.boolean())), (times) => {
        const events = times.map(([second, east], index) => {
          const at = new Date(Date.UTC(2026, 10, 22, east ? 8 : 0, 0, second)).toISOString().slice(0, -1);
          return event({ at: `${at}${east ? '+08:00' : 'Z'}`, flight: `F${index}`, kind: 'cancelled' });
        });
        const sorted = inTimeOrder(events);
        for (const [index, one] of sorted.entries()) {
          const before = sorted[index - 1];
          if (before) expect(toldAt(before)).toBeLessThanOrEqual(toldAt(one));
        }
        expect(new Set(sorted)).toEqual(new Set(events));
      }),
    );
  });
});

describe('which departure is meant', () => {
  const told = (at: string, kind: string, more: object = {}) =>
    taken(new FlightBook(tableOf(daily)), { at, flight: 'CX880', kind, ...more }).departures;

  it('is the next one that has not left', () => {
    expect(told('2026-11-22T10:00Z', 'cancelled')).toEqual([1]);
    const book = new FlightBook(tableOf(daily));
    taken(book, { at: '2026-11-23T08:50Z', flight: 'CX880', kind: 'departed', departure: '2026-11-23T08:50Z' });
    expect(taken(book, { at: '2026-11-23T08:55Z', flight: 'CX880', kind: 'cancelled' }).departures).toEqual([2]);
  });

  it('is the one before where it has not left and the time told is nearer to it', () => {
    expect(told('2026-11-22T09:30Z', 'delayed', { departure: '2026-11-22T13:00Z' })).toEqual([0]);
    expect(told('2026-11-22T09:30Z', 'departed')).toEqual([0]);
    expect(told('2026-11-22T04:00Z', 'delayed', { departure: '2026-11-23T11:00Z' })).toEqual([0]);
    expect(told('2026-11-23T05:00Z', 'delayed', { departure: '2026-11-23T08:50Z' })).toEqual([1]);
  });

  it('is the one that was to land nearest to an arrival', () => {
    expect(told('2026-11-23T18:30Z', 'arrived')).toEqual([1]);
    expect(told('2026-11-25T18:30Z', 'arrived', { arrival: '2026-11-22T19:10Z' })).toEqual([0]);
  });

  it('is named to the minute, or by its day at the origin', () => {
    expect(told('2026-11-22T04:00Z', 'cancelled', { scheduled: '2026-11-24T17:00:00+08:00' })).toEqual([2]);
    const day = { at: '2026-11-22T04:00Z', kind: 'cancelled', flight: 'CX880', day: '2026-11-23' };
    const zone = (id: string) => new FlightBook(tableOf(daily), () => new TimeZone(id));
    expect(taken(zone('Asia/Hong_Kong'), day).departures).toEqual([1]);
    expect(taken(zone('Pacific/Kiritimati'), day).departures).toEqual([1]);
    expect(taken(zone('Pacific/Pago_Pago'), day).departures).toEqual([2]);
    expect(taken(new FlightBook(tableOf(daily)), day).departures).toEqual([0]);
    const none = new FlightBook(tableOf(daily)).take(
      event({ at: '2026-11-22T04:00Z', flight: 'CX880', kind: 'cancelled', scheduled: '2026-11-24T17:00Z' }),
    );
    expect(none).toMatchObject({ ok: false, error: { code: 'unknown-departure', field: 'flight' } });
  });

  it('fails for a flight that is not in the timetable, and lets unknown news of it pass', () => {
    const book = new FlightBook(tableOf(daily));
    expect(book.take(event({ at: '2026-11-22T04:00Z', flight: 'ZZ1', kind: 'cancelled' })).ok).toBe(false);
    expect(taken(book, { at: '2026-11-22T04:00Z', flight: 'ZZ1', kind: 'diverted' })).toEqual({
      departures: [],
      changes: [],
    });
  });
});

describe('what an event changes', () => {
  it('moves the arrival with the departure, and an older message does not undo it', () => {
    const book = new FlightBook(tableOf(daily));
    const delay = { at: '2026-11-22T06:00Z', flight: 'CX880', kind: 'delayed', scheduled: '2026-11-22T09:00Z' };
    expect(taken(book, { ...delay, departure: '2026-11-22T12:00Z' }).changes).toEqual([
      { kind: 'delayed', departure: 0, departs: minute('2026-11-22T12:00Z'), arrives: minute('2026-11-22T22:00Z') },
    ]);
    const older = taken(book, { ...delay, at: '2026-11-22T05:00Z', departure: '2026-11-22T10:00Z' });
    expect(older).toEqual({ departures: [0], changes: [], stale: true });
    expect(taken(book, { ...delay, at: '2026-11-22T13:00Z', arrival: '2026-11-22T23:30Z' }).changes).toEqual([
      { kind: 'delayed', departure: 0, departs: minute('2026-11-22T12:00Z'), arrives: minute('2026-11-22T23:30Z') },
    ]);
  });

  it('does not cancel what has left, and lets a cancelled flight go after all', () => {
    const book = new FlightBook(tableOf(daily));
    const of = (at: string, kind: string, scheduled: string) =>
      taken(book, { at, kind, flight: 'CX880', scheduled }).changes.map((change) => change.kind);
    of('2026-11-22T09:05Z', 'departed', '2026-11-22T09:00Z');
    expect(of('2026-11-22T09:10Z', 'cancelled', '2026-11-22T09:00Z')).toEqual([]);
    expect(of('2026-11-22T09:10Z', 'cancelled', '2026-11-23T09:00Z')).toEqual(['cancelled']);
    expect(of('2026-11-22T09:20Z', 'delayed', '2026-11-23T09:00Z')).toEqual(['delayed']);
  });

  it('holds flights at a closed airport until it opens', () => {
    const inbound = departure('CX71', '2026-11-22T00:30Z', '2026-11-22T09:30Z', { origin: 'ANC', destination: 'HKG' });
    const book = new FlightBook(tableOf([...daily, inbound]));
    const closed = { at: '2026-11-22T06:00Z', kind: 'airport-closed', airport: 'HKG' };
    const { changes } = taken(book, { ...closed, from: '2026-11-22T08:00Z', until: '2026-11-22T15:00Z' });
    expect(changes).toEqual([
      { kind: 'delayed', departure: 0, departs: minute('2026-11-22T15:00Z'), arrives: minute('2026-11-23T01:00Z') },
      { kind: 'delayed', departure: 3, departs: minute('2026-11-22T00:30Z'), arrives: minute('2026-11-22T15:00Z') },
    ]);
  });
});

const generatedDay = fc.record({
  flight: fc.constantFrom('CX1', 'CX2', 'LD3'),
  origin: fc.constantFrom('HKG', 'SZX'),
  destination: fc.constantFrom('ANC', 'LAX'),
  departs: fc.integer({ min: 29_000_000, max: 29_010_000 }),
  minutes: fc.integer({ min: 30, max: 900 }),
  capacityGrams: fc.integer({ min: 0, max: 5_000_000 }),
  pricePerKg: fc.integer({ min: 0, max: 9_000_000_000 }),
  cutoffMin: fc.constantFrom(300, 360),
});
const generatedDays = fc.uniqueArray(generatedDay, {
  selector: ({ flight, origin, departs }) => `${flight} ${origin} ${departs}`,
  maxLength: 12,
});
const tableOfDays = (days: readonly (typeof generatedDay extends fc.Arbitrary<infer Day> ? Day : never)[]) =>
  tableOf(
    days.map(({ minutes, ...day }) =>
      departure(day.flight, '2026-01-01T00:00Z', '2026-01-01T00:00Z', { ...day, arrives: day.departs + minutes }),
    ),
  );

const asPublished = (table: DepartureTable) => {
  const timetable = Timetable.of(table);
  return Array.from({ length: table.length }, (_, index) => timetable.departure(index)).map(
    ({ kind: _kind, handlingMin: _handling, ...rest }) => rest,
  );
};
const sorted = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

/** The departures of a timetable after events, by a book of its own and a list of what is published. */
const after = (table: DepartureTable, events: readonly FlightEvent[]) => {
  const book = new FlightBook(table);
  const state = asPublished(table).map((row) => ({ ...row, goes: true }));
  for (const one of events) {
    if (one.kind === 'published') {
      const { kind: _kind, at: _at, departure: departs, arrival, capacityKg, pricePerKg, currency: _c, ...rest } = one;
      const row = {
        ...rest,
        departs: minute(departs),
        arrives: minute(arrival),
        capacityGrams: Math.round(capacityKg * 1000),
        pricePerKg: Math.round(Number(pricePerKg) * 1e9),
        goes: true,
      };
      const same = state.findIndex(
        ({ flight, origin, destination, departs: when, goes }) =>
          goes &&
          flight === row.flight &&
          origin === row.origin &&
          destination === row.destination &&
          when === row.departs,
      );
      state.splice(same < 0 ? state.length : same, same < 0 ? 0 : 1, row);
      continue;
    }
    const result = book.take(one);
    if (!result.ok) throw new Error(result.error.what);
    for (const change of result.value.changes) {
      const row = state[change.departure] as (typeof state)[number];
      if (change.kind === 'cancelled') row.goes = false;
      if (change.kind === 'capacity') row.capacityGrams = change.capacityGrams;
      if (change.kind === 'delayed') Object.assign(row, { departs: change.departs, arrives: change.arrives });
    }
  }
  return state.filter(({ goes }) => goes).map(({ goes: _goes, ...row }) => row);
};

describe('what differs between two timetables', () => {
  const at = Date.parse('2025-01-01T00:00Z');

  it('tells what is gone, moved, smaller and new', () => {
    const before = tableOf([...daily, departure('CX5', '2026-11-22T01:00Z', '2026-11-22T09:00Z')]);
    const later = departure('CX880', '2026-11-23T11:30Z', '2026-11-23T21:30Z', { capacityGrams: 800_500 });
    const young = tableOf([daily[0] as Departure, later, departure('CX9', '2026-11-25T01:00Z', '2026-11-25T09:00Z')]);
    const events = timetableEvents(before, young, at, 720);
    expect(events.map(({ kind, ...rest }) => [kind, 'flight' in rest && rest.flight])).toEqual([
      ['cancelled', 'CX5'],
      ['delayed', 'CX880'],
      ['capacity', 'CX880'],
      ['cancelled', 'CX880'],
      ['published', 'CX9'],
    ]);
    expect(events[1]).toMatchObject({ scheduled: '2026-11-23T09:00:00Z', departure: '2026-11-23T11:30:00Z' });
    expect(events[2]).toMatchObject({ capacityKg: 800.5 });
    expect(events[4]).toMatchObject({ capacityKg: 1000, pricePerKg: '3.1', currency: 'USD', minConnectMin: 360 });
  });

  it('applied to the one gives the other', () => {
    fc.assert(
      fc.property(generatedDays, generatedDays, fc.integer({ min: 0, max: 3000 }), (old, fresh, within) => {
        const [before, young] = [tableOfDays(old), tableOfDays(fresh)];
        const events = timetableEvents(before, young, at, within).map((one) => flightEventSchema.parse(one));
        expect(sorted(after(before, events))).toEqual(sorted(asPublished(young)));
      }),
    );
  });

  it('is nothing between equals', () => {
    fc.assert(
      fc.property(generatedDays, (days) => {
        const table = tableOfDays(days);
        expect(timetableEvents(table, table, at, 720)).toEqual([]);
      }),
    );
  });
});
