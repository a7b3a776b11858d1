import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGamma, negativeBinomialQuantiles, negativeBinomialTail, normalQuantile } from './counts.ts';

describe('logGamma', () => {
  it('gives factorials', () => {
    let factorial = 1;
    for (let n = 1; n < 20; n += 1) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  });
});

describe('normalQuantile', () => {
  it('gives the values of printed tables', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959_963_985, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090_232_306, 7);
  });
});

const probability = (count: number, mean: number, variance: number): number => {
  const size = mean ** 2 / (variance - mean);
  const log = logGamma(count + size) - logGamma(size) - logGamma(count + 1);
  return Math.exp(log + size * Math.log(mean / variance) + count * Math.log(1 - mean / variance));
};

describe('negativeBinomialQuantiles', () => {
  it('gives the smallest counts that reach their levels', () => {
    const mean = fc.double({ min: 0.05, max: 40, noNaN: true });
    const excess = fc.double({ min: 1.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(mean, excess, fc.double({ min: 0.05, max: 0.99, noNaN: true }), (m, times, level) => {
        const [count = 0] = negativeBinomialQuantiles(m, m * times, [level]);
        let below = 0;
        for (let value = 0; value < count; value += 1) below += probability(value, m, m * times);
        expect(below).toBeLessThan(level + 1e-9);
        expect(below + probability(count, m, m * times)).toBeGreaterThan(level - 1e-9);
      }),
    );
  });

  it('is near the normal for means of thousands, even where the chance of none is no number', () => {
    const [low = 0, middle = 0, high = 0] = negativeBinomialQuantiles(50_000, 60_000, [0.1, 0.5, 0.9]);
    expect(middle).toBeCloseTo(50_000, -2);
    expect(high - low).toBeCloseTo(2 * 1.2816 * Math.sqrt(60_000), -1);
  });

  it('refuses a variance that no such count has', () => {
    expect(() => negativeBinomialQuantiles(2, 2, [0.5])).toThrow(RangeError);
  });
});

describe('negativeBinomialTail', () => {
  it('is what quantiles leave above themselves', () => {
    for (const [mean, variance] of [
      [0.4, 0.6],
      [3, 9],
      [80, 400],
    ] as const) {
      const [high = 0] = negativeBinomialQuantiles(mean, variance, [0.99]);
      expect(negativeBinomialTail(high + 1, mean, variance)).toBeLessThanOrEqual(0.0101);
      expect(negativeBinomialTail(high, mean, variance)).toBeGreaterThan(0.0099);
    }
  });

  it('keeps small chances, ends for large counts, and refuses a variance below the mean', () => {
    expect(negativeBinomialTail(60, 1, 1.5)).toBeGreaterThan(0);
    expect(negativeBinomialTail(60, 1, 1.5)).toBeLessThan(1e-12);
    expect(negativeBinomialTail(0, 5, 9)).toBe(1);
    expect(negativeBinomialTail(10_000, 9000, 1e6)).toBeCloseTo(0.159, 2);
    expect(() => negativeBinomialTail(3, 5, 4)).toThrow(RangeError);
  });
});
