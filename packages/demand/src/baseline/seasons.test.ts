import { generatorOf } from '@crossparcel/numerics';
import { describe, expect, it } from 'vitest';
import { Seasons } from './seasons.ts';

const random = generatorOf(11);
const noisy = (rate: number): number => Math.round(rate * (0.5 + random.unit()));
/** Weeks of days whose sixth is closed and whose first sells twice as much as others. */
const weekly = (days: number): number[] =>
  Array.from({ length: days }, (_, day) => (day % 7 === 5 ? 0 : noisy(day % 7 === 0 ? 40 : 20)));
const flat = (days: number): number[] => Array.from({ length: days }, () => noisy(20));

describe('seasons', () => {
  it('are found in a series by itself: closed days are left out, and the others brought to one level', () => {
    const values = weekly(84);
    const adjusted = new Seasons([values], 7).adjust(values);
    expect(adjusted?.values).toHaveLength(72);
    const factors = adjusted?.factors ?? [];
    expect((factors[0] ?? 0) / (factors[1] ?? 1)).toBeGreaterThan(1.6);
    expect(factors[5]).toBeLessThan(0.02);
  });

  it('are lent to series too short to show one, by the calendar', () => {
    const histories = Array.from({ length: 8 }, () => weekly(70));
    const seasons = new Seasons(histories, 7);
    expect(seasons.adjust([9, 21, 18])?.factors[5]).toBeLessThan(0.05);
    // The same series told two days earlier: what was six days ahead is now eight.
    expect(seasons.adjust([9], -2)?.factors[(5 + 2) % 7]).toBeLessThan(0.05);
  });

  it('are not seen where there are none, in one late bulk order, nor in a handful of sales', () => {
    const steady = flat(84);
    expect(new Seasons([steady], 7).adjust(steady)).toBeUndefined();
    const bulk = [...flat(82), 900, 20];
    expect(new Seasons([bulk], 7).adjust(bulk)).toBeUndefined();
    const few = Array.from({ length: 36 }, (_, month) => (month % 12 === 3 ? 1 : 0));
    expect(new Seasons([few], 12).adjust(few)).toBeUndefined();
  });
});
