import { describe, expect, it } from 'vitest';
import { generatorOf } from './generator.ts';
import { quantileRegression } from './quantile-regression.ts';

describe('a quantile regression', () => {
  const random = generatorOf(7);
  const rows = Array.from({ length: 3000 }, () => Float64Array.from([1, 2 * random.unit() - 1]));
  // The spread grows with the feature: uniform between 0 and 2 + x above the line 3 + x.
  const values = rows.map(([, x = 0]) => 3 + x + (2 + x) * random.unit());

  it.each([0.1, 0.5, 0.9])('finds the line at %d', (level) => {
    const [constant = 0, slope = 0] = quantileRegression(rows, values, level, 0);
    expect(constant).toBeCloseTo(3 + 2 * level, 0.5);
    expect(slope).toBeCloseTo(1 + level, 0.5);
    const below = rows.filter(([, x = 0], row) => (values[row] ?? 0) <= constant + slope * x).length;
    expect(below / rows.length).toBeCloseTo(level, 2);
  });

  it('is drawn towards no slope by a ridge', () => {
    const [, free = 0] = quantileRegression(rows, values, 0.5, 0);
    const [, held = 0] = quantileRegression(rows, values, 0.5, 1e7);
    expect(Math.abs(held)).toBeLessThan(Math.abs(free) / 10);
  });
});
