import { parseDay } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodText, stepsPerYear } from './grid.ts';
import { type DemandFile, SeriesBook, type SeriesRules } from './series-book.ts';

const read = (text: string, rules?: SeriesRules): DemandFile<number> => {
  const book = new SeriesBook<number>(rules);
  for (const [place, line] of text.trim().split('\n').entries()) {
    const [series = '', period = '', value = ''] = line.split(',');
    book.add({ series, period, value }, place);
  }
  return book.close();
};

const refusal = (text: string, rules?: SeriesRules) => {
  const entry = read(text, rules).entries.find((one) => 'fault' in one);
  return entry && 'fault' in entry ? [entry.id, entry.place, entry.fault.field, entry.fault.what] : undefined;
};

describe('series of a file', () => {
  it('are put in order of time and kept in order of the file', () => {
    const { entries, grid } = read('B,2024-02,5\nA,2024-01,1\nB,2024-01,4\nA,2024-02,2');
    expect(grid).toEqual({ kind: 'months' });
    expect(entries).toEqual([
      { id: 'B', firstDay: parseDay('2024-01-01'), values: [4, 5] },
      { id: 'A', firstDay: parseDay('2024-01-01'), values: [1, 2] },
    ]);
  });

  it.each([
    ['days', 'A,2024-02-28,1\nA,2024-02-29,1\nA,2024-03-01,1', 365.25, '2024-03-02'],
    ['weeks', 'A,2024-01-01,1\nA,2024-01-08,1\nA,2024-01-15,1', 365.25 / 7, '2024-01-22'],
    ['months', 'A,2023-11,1\nA,2023-12,1\nA,2024-01,1', 12, '2024-02'],
    ['months dated on a day', 'A,2023-11-15,1\nA,2023-12-15,1\nA,2024-01-15,1', 12, '2024-02-15'],
    ['months dated on their last day', 'A,2023-12-31,1\nA,2024-01-31,1\nA,2024-02-29,1', 12, '2024-03-31'],
    ['quarters', 'A,2023-07,1\nA,2023-10,1\nA,2024-01,1', 4, '2024-04'],
    ['years dated on a day', 'A,2022-01-01,1\nA,2023-01-01,1\nA,2024-01-01,1\nA,2025-01-01,1', 1, '2026-01-01'],
  ])('may be of %s', (_, text, perYear, next) => {
    const { grid, entries } = read(text);
    const [entry] = entries;
    if (!entry || 'fault' in entry) throw new Error('refused');
    expect(stepsPerYear(grid)).toBeCloseTo(perYear);
    expect(periodText(grid, entry.firstDay, entry.values.length)).toBe(next);
  });

  it.each([
    ['a missing value', 'A,2024-01,1\nA,2024-02,', ['A', 1, 'value', 'is missing']],
    ['a word', 'A,2024-01,one', ['A', 0, 'value', 'is not a number: one']],
    ['a number that is not decimal', 'A,2024-01,0x10', ['A', 0, 'value', 'is not a number: 0x10']],
    ['more than can be told apart', 'A,2024-01,1e16', ['A', 0, 'value', 'is too large: 1e16']],
    [
      'a gap between quarters',
      'A,2023-01,1\nA,2023-04,1\nA,2023-10,1',
      ['A', 2, 'period', '2023-07 is missing before 2023-10'],
    ],
    ['a negative value', 'A,2024-01,-2', ['A', 0, 'value', 'is negative: -2']],
    ['a gap', 'A,2024-01,1\nA,2024-02,1\nA,2024-04,1', ['A', 2, 'period', '2024-03 is missing before 2024-04']],
    ['a period twice', 'A,2024-01,1\nA,2024-02,1\nA,2024-02,3', ['A', 2, 'period', 'is there twice: 2024-02']],
    ['a day that does not exist', 'A,2024-02-30,1', ['A', 0, 'period', 'is not a period: 2024-02-30']],
    ['months among days', 'A,2024-01-01,1\nB,2024-01,1', ['B', 1, 'period', 'mixes months and days: 2024-01']],
    ['no name', ',2024-01,1', ['', 0, 'series', 'is missing']],
    [
      'a day off the grid',
      'A,2024-01-01,1\nA,2024-01-08,1\nA,2024-01-18,1',
      ['A', 2, 'period', 'is not evenly spaced: 2024-01-18'],
    ],
  ])('are refused by name for %s', (_, text, expected) => {
    expect(refusal(text)).toEqual(expected);
  });

  it('are refused for a period in the future only when told what day it is', () => {
    const text = 'A,2024-01-01,1\nA,2024-01-02,1';
    expect(refusal(text)).toBeUndefined();
    expect(refusal(text, { now: parseDay('2024-01-01') ?? 0 })).toEqual([
      'A',
      1,
      'period',
      'is in the future: 2024-01-02',
    ]);
  });

  it('have gaps filled where that is asked for', () => {
    const [entry] = read('A,2024-01,1\nA,2024-02,7\nA,2024-05,2', { fillZero: true }).entries;
    expect(entry).toMatchObject({ values: [1, 7, 0, 0, 2] });
  });

  it('keep the good ones beside a bad one', () => {
    const { entries } = read('A,2024-01,1\nB,2024-01,-1\nA,2024-02,2');
    expect(entries[0]).toMatchObject({ id: 'A', values: [1, 2] });
    expect(entries[1]).toHaveProperty('fault');
  });

  it('come back whatever the order of rows', () => {
    const values = fc.array(fc.nat(50), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat()), (drawn, keys) => {
        const rows = drawn.map((value, step) => ({
          series: 'A',
          period: periodText({ kind: 'days', step: 7 }, 19_000, step),
          value: String(value),
          key: keys.next().value as number,
        }));
        const book = new SeriesBook<number>();
        for (const row of rows.toSorted((one, other) => one.key - other.key)) book.add(row, 0);
        expect(book.close().entries).toEqual([{ id: 'A', firstDay: 19_000, values: drawn }]);
      }),
    );
  });
});
