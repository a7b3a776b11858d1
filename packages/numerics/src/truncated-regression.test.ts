import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatorOf } from './generator.ts';
import { ridgeRegression } from './ridge-regression.ts';
import { truncatedChance, truncatedQuantile, truncatedRegression } from './truncated-regression.ts';

describe('a truncated regression', () => {
  const random = generatorOf(11);
  const all = Array.from({ length: 3000 }, () => {
    const x = 4 * random.unit() - 2;
    const level = random.unit();
    return { row: Float64Array.from([1, x]), value: 1 + x + 0.5 * Math.log(level / (1 - level)) };
  });
  const seen = all.filter(({ value }) => value >= 1);
  const data = {
    rows: seen.map(({ row }) => row),
    values: seen.map(({ value }) => value),
    least: seen.map(() => 1),
    weights: seen.map(() => 1),
    ridges: [0, 0],
  };

  it('finds the line that was there before a part was cut off, where least squares find a flatter one', () => {
    const { coefficients, scale } = truncatedRegression(data);
    for (const [found, drawn] of [
      [coefficients[0], 1],
      [coefficients[1], 1],
      [scale, 0.5],
    ] as const)
      expect(Math.abs((found ?? 0) - drawn)).toBeLessThan(0.1);
    const [, slope = 0] = ridgeRegression(data.rows, data.values, data.weights, [0, 0]);
    expect(slope).toBeLessThan(0.8);
  });

  it('is an ordinary one where nothing is cut off, and is drawn towards no slope by a ridge', () => {
    const whole = {
      rows: all.map(({ row }) => row),
      values: all.map(({ value }) => value),
      least: all.map(() => Number.NEGATIVE_INFINITY),
      weights: all.map(() => 1),
    };
    expect(truncatedRegression({ ...whole, ridges: [0, 0] }).coefficients[1]).toBeCloseTo(1, 1);
    expect(truncatedRegression({ ...whole, ridges: [0, 1e6] }).coefficients[1]).toBeCloseTo(0, 1);
  });
});

describe('a truncated logistic distribution', () => {
  const number = fc.double({ min: -50, max: 50, noNaN: true });
  const drawn = fc.record({ middle: number, scale: fc.double({ min: 0.01, max: 10, noNaN: true }), least: number });

  it('has quantiles that rise from its least value on, and holds at each level what it says', () => {
    fc.assert(
      fc.property(drawn, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (one, level) => {
        const value = truncatedQuantile(level, one);
        expect(value).toBeGreaterThanOrEqual(one.least - 1e-9);
        expect(truncatedQuantile(level / 2, one)).toBeLessThanOrEqual(value);
        const chance = truncatedChance(one);
        fc.pre(chance > 1e-6);
        expect(truncatedChance({ ...one, least: value }) / chance).toBeCloseTo(1 - level, 6);
      }),
    );
  });
});
