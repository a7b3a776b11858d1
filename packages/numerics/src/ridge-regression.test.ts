import { describe, expect, it } from 'vitest';
import { generatorOf } from './generator.ts';
import { ridgeRegression } from './ridge-regression.ts';

describe('a ridge regression', () => {
  const random = generatorOf(5);
  const rows = Array.from({ length: 200 }, () => Float64Array.from([1, random.unit() - 0.5, random.unit() - 0.5]));
  const values = rows.map(([, x = 0, y = 0]) => 2 + 3 * x - y);
  const ones = rows.map(() => 1);

  it('finds a plane that values lie on', () => {
    const [constant = 0, first = 0, second = 0] = ridgeRegression(rows, values, ones, [0, 0, 0]);
    expect([constant, first, second].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([2, 3, -1]);
  });

  it('goes by the rows that weigh, and is drawn to no slope by a ridge', () => {
    const other = values.map((value, at) => (at % 2 === 0 ? value : -50));
    const even = rows.map((_, at) => (at % 2 === 0 ? 1 : 0));
    expect(ridgeRegression(rows, other, even, [0, 0, 0])[1]).toBeCloseTo(3);
    expect(Math.abs(ridgeRegression(rows, values, ones, [0, 1e6, 0])[1] ?? 9)).toBeLessThan(0.01);
  });
});
