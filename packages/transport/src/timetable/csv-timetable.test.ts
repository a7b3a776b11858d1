import { describe, expect, it } from 'vitest';
import { readCsvTimetable } from './csv-timetable.ts';
import type { LineFault } from './faults.ts';

const HEADER =
  'flight,carrier,origin,destination,departure,arrival,capacityKg,pricePerKg,currency,cutoffMin,minConnectMin';
const LINE = 'CX880,CX,HKG,LAX,2026-11-22T16:30:00+08:00,2026-11-22T13:25:00-08:00,1500,4.85,USD,360,300';

const rims = {
  knowsAirport: (code: string) => ['HKG', 'LAX', 'ANC'].includes(code),
  convert: (price: number, from: string, to: string) => (from === 'HKD' && to === 'USD' ? price / 8 : Number.NaN),
};

const read = (...lines: string[]) => {
  const faults: LineFault[] = [];
  const bytes = new TextEncoder().encode(lines.join('\n'));
  return { table: readCsvTimetable(bytes, rims, (fault) => faults.push(fault)), faults };
};

/** The line with one field set. */
const withField = (name: string, value: string): string => {
  const fields = LINE.split(',');
  fields[HEADER.split(',').indexOf(name)] = value;
  return fields.join(',');
};

describe('a timetable in CSV', () => {
  it('is read with its times in their own offsets', () => {
    const { table, faults } = read(HEADER, LINE, '');
    expect(faults).toEqual([]);
    expect(table?.length).toBe(1);
    expect(table?.departs[0]).toBe(Date.parse('2026-11-22T08:30:00Z') / 60_000);
    expect(table?.arrives[0]).toBe(Date.parse('2026-11-22T21:25:00Z') / 60_000);
    expect(table?.capacityGrams[0]).toBe(1_500_000);
    expect(table?.pricePerKg[0]).toBe(4_850_000_000);
    expect([table?.cutoffMin[0], table?.changeMin[0]]).toEqual([360, 360]);
  });

  it('is read with a byte order mark, Windows line ends, quotes and columns in any order', () => {
    const turned = (line: string) =>
      line
        .split(',')
        .reverse()
        .map((field) => `"${field}"`)
        .join(',');
    const { table, faults } = read(`\ufeff${turned(HEADER)}\r`, `${turned(LINE)}\r`, '\r');
    expect(faults).toEqual([]);
    expect(table?.departs[0]).toBe(Date.parse('2026-11-22T08:30:00Z') / 60_000);
  });

  it('comes into one currency', () => {
    const { table } = read(HEADER, LINE, withField('flight', 'CX1').replace('USD', 'HKD'));
    expect(table?.currency).toBe('USD');
    expect(table?.pricePerKg[1]).toBe(4_850_000_000 / 8);
  });

  it('leaves out the load', () => {
    const { table } = read(`${HEADER},loadKg`, `${LINE},400.5`, `${withField('flight', 'CX1')},`);
    expect([table?.capacityGrams[0], table?.capacityGrams[1]]).toEqual([1_099_500, 1_500_000]);
  });

  it.each([
    ['flight', '', 'no designator'],
    ['carrier', 'C X', 'no designator'],
    ['origin', 'HKX', 'no airport'],
    ['destination', 'lax', 'no airport'],
    ['destination', 'HKG', 'is the origin'],
    ['departure', '2026-11-22T16:30:00', 'no time'],
    ['departure', '2026-02-30T16:30:00Z', 'no time'],
    ['departure', '2026-11-22T16:30:20Z', 'no time'],
    ['departure', '2026-11-22T24:30:00Z', 'no time'],
    ['departure', '22.11.2026 16:30', 'no time'],
    ['arrival', '2026-11-22T16:30:00+08:00', 'not after the departure'],
    ['arrival', '2027-11-22T16:30:00+08:00', 'weeks after'],
    ['capacityKg', '-1', 'no amount'],
    ['capacityKg', '1.0005', 'no amount'],
    ['pricePerKg', '', 'no amount'],
    ['pricePerKg', '1,5', 'fields'],
    ['currency', 'XX', 'no currency'],
    ['cutoffMin', '6h', 'no time in minutes'],
    ['minConnectMin', '99999', 'no time in minutes'],
  ])('with a wrong %s (%s) names line and field, and keeps the rest', (field, value, what) => {
    const { table, faults } = read(
      HEADER,
      withField('flight', 'CX1'),
      withField(field, value),
      withField('flight', 'CX2'),
    );
    expect(faults).toHaveLength(1);
    expect(faults[0]?.line).toBe(3);
    expect(faults[0]?.fault.what).toContain(what);
    if (what !== 'fields') expect(faults[0]?.fault.field).toBe(field);
    expect(table?.length).toBe(2);
  });

  it('names a load above capacity, a departure that is told twice, and cut-offs that contradict each other', () => {
    const more = (line: string) => `${line},`;
    const { table, faults } = read(
      `${HEADER},loadKg`,
      more(LINE),
      `${withField('flight', 'CX1')},1500.001`,
      more(LINE),
      more(withField('cutoffMin', '300')),
    );
    expect(faults.map(({ line, fault }) => [line, fault.field])).toEqual([
      [3, 'capacityKg'],
      [4, 'flight'],
      [5, 'cutoffMin'],
    ]);
    expect(faults[2]?.fault.what).toBe('is 300 where line 2 says 360 of the same departure');
    expect(table?.length).toBe(1);
  });

  it('without the columns, or without lines, is none', () => {
    const { table, faults } = read('flight,origin', 'CX1,HKG');
    expect(table).toBeUndefined();
    expect(faults[0]).toMatchObject({ line: 1, fault: { field: 'carrier' } });
    expect(read(HEADER)).toEqual({ table: undefined, faults: [] });
  });
});
