import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Connections, legsOf, startByOf } from './connections.ts';
import type { Departure } from './departure.ts';
import { DepartureTable } from './departure-table.ts';
import { firstAtLeast, orderOf } from './order.ts';
import { type DepartureChange, Timetable } from './timetable.ts';

const departure = (more: Partial<Departure> = {}): Departure => ({
  flight: 'CX1',
  carrier: 'CX',
  kind: 'freighter',
  origin: 'HKG',
  destination: 'ANC',
  departs: 1000,
  arrives: 1600,
  capacityGrams: 5_000_000,
  pricePerKg: 4_000_000_000,
  cutoffMin: 240,
  minConnectMin: 300,
  handlingMin: 60,
  ...more,
});

const timetableOf = (...departures: Departure[]): Timetable => {
  const table = new DepartureTable('USD');
  for (const one of departures) table.add(one);
  return Timetable.of(table);
};

describe('the order of departures', () => {
  it('is that of a stable sort, over the whole range of 32-bit integers', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 }))), (keys) => {
        const expected = keys.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
        expect(Array.from(orderOf(Int32Array.from(keys)))).toEqual(expected);
      }),
    );
  });

  it('finds the first key that is large enough', () => {
    const keys = Int32Array.of(1, 3, 3, 7);
    expect([0, 1, 2, 3, 4, 7, 8].map((value) => firstAtLeast(keys, value))).toEqual([0, 0, 1, 1, 3, 3, 4]);
  });
});

describe('a timetable', () => {
  it('gives departures back as they were put in', () => {
    const one = departure({ minConnectMin: 200 });
    // Goods that change flights need the longer of cut-off and minimum connection.
    expect(timetableOf(one).departure(0)).toEqual({ ...one, minConnectMin: 240 });
  });

  it('joins the legs of flights with stops, and begins a new one where a flight comes back', () => {
    const timetable = timetableOf(
      departure({ origin: 'ANC', destination: 'ORD', departs: 1700, arrives: 2000 }),
      departure(),
      departure({ origin: 'ORD', destination: 'MIA', departs: 2100, arrives: 2300 }),
      departure({ origin: 'MIA', destination: 'ANC', departs: 2400, arrives: 2900 }),
      departure({ flight: 'CX2', origin: 'ANC', destination: 'JFK', departs: 1700, arrives: 2000 }),
    );
    const stretches = timetable.throughFlights.map((_, index) => legsOf(timetable, timetable.table.length + index));
    expect(stretches).toEqual([
      [0, 2],
      [1, 0],
      [1, 0, 2],
      [2, 3],
    ]);
  });

  it('tells nothing of a stop that was missed', () => {
    const timetable = timetableOf(
      departure(),
      departure({ origin: 'ANC', destination: 'ORD', departs: 1700, arrives: 2000 }),
    );
    expect(timetable.connections.numbers.length).toBe(3);
    const late = timetable.changed([{ kind: 'delayed', departure: 0, departs: 1101, arrives: 1701 }]);
    expect(Array.from(late.connections.numbers)).toEqual([0, 1]);
    const both = late.changed([{ kind: 'delayed', departure: 1, departs: 1701, arrives: 2001 }]);
    expect(both.connections.numbers.length).toBe(3);
  });

  it('refuses changes that cannot be', () => {
    const timetable = timetableOf(departure());
    expect(() => timetable.changed([{ kind: 'cancelled', departure: 1 }])).toThrow(RangeError);
    expect(() => timetable.changed([{ kind: 'delayed', departure: 0, departs: 9, arrives: 9 }])).toThrow(RangeError);
  });

  it('is after changes what it would be if it had been made so, and itself stays as it was', () => {
    const some = fc.record({ departs: fc.integer({ min: 0, max: 30 }), minutes: fc.integer({ min: 1, max: 9 }) });
    const change = fc.record({
      departure: fc.nat(),
      kind: fc.constantFrom('cancelled' as const, 'delayed' as const),
      by: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 12 }), fc.array(change), (rows, changes) => {
        const flights = rows.map(({ departs, minutes }, index) =>
          departure({ flight: `CX${index}`, departs, arrives: departs + minutes }),
        );
        const before = timetableOf(...flights);
        const untouched = textOf(before.connections);
        const known = changes.map(({ departure: index, kind, by }): DepartureChange => {
          const at = index % flights.length;
          const { departs = 0, arrives = 0 } = flights[at] ?? {};
          return kind === 'cancelled'
            ? { kind, departure: at }
            : { kind, departure: at, departs: departs + by, arrives: arrives + by };
        });
        const after = before.changed(known);
        const state = new Map(known.map((one) => [one.departure, one]));
        const expected = timetableOf(
          ...flights.map((flight, index) => {
            const last = state.get(index);
            return last?.kind === 'delayed' ? { ...flight, departs: last.departs, arrives: last.arrives } : flight;
          }),
        ).changed([...state.values()].filter(({ kind }) => kind === 'cancelled'));
        expect(textOf(after.connections)).toBe(textOf(expected.connections));
        expect(textOf(before.connections)).toBe(untouched);
      }),
    );
  });
});

const textOf = ({ departs, rows, numbers }: Connections): string =>
  Array.from(numbers, (number, row) => `${number} ${departs[row]} ${startByOf(rows, row * 3)}`).join(', ');
