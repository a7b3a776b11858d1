import { describe, expect, it } from 'vitest';
import { roundTop } from '../parts/round-top.ts';
import { spikeDays } from './spikes.ts';

const daysOf = (...orders: number[]) =>
  orders.map((count, index) => ({ day: `d${index}`, orders: count, units: count }));

describe('spikes', () => {
  it('are days with three times the usual orders', () => {
    expect(spikeDays(daysOf(20, 22, 18, 66, 21)).map(({ day }) => day)).toEqual(['d3']);
  });

  it('are not made of small numbers, nor of the first day', () => {
    expect(spikeDays(daysOf(1, 1, 9))).toEqual([]);
    expect(spikeDays(daysOf(500, 400))).toEqual([]);
  });
});

describe('the top of a chart', () => {
  it('is round and not below the value', () => {
    expect([0, 3, 9, 655, 801].map(roundTop)).toEqual([4, 4, 10, 800, 1000]);
  });
});
