import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiscreteDistribution } from './discrete-distribution.ts';
import { generatorOf } from './generator.ts';
import { median, sampleQuantile } from './quantile.ts';

const distribution = fc
  .uniqueArray(fc.record({ value: fc.integer({ min: 0, max: 30 }), weight: fc.integer({ min: 1, max: 100 }) }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ value }) => value,
  })
  .map((points) => {
    const sum = points.reduce((total, { weight }) => total + weight, 0);
    return new DiscreteDistribution(points.map(({ value, weight }) => ({ value, probability: weight / sum })));
  });

const total = (one: DiscreteDistribution) => one.masses.reduce((sum, { probability }) => sum + probability, 0);

describe('discrete distributions', () => {
  it('give the mean and quantiles of a transit time', () => {
    const days = new DiscreteDistribution([
      { value: 8, probability: 0.03 },
      { value: 3, probability: 0.25 },
      { value: 4, probability: 0.45 },
      { value: 5, probability: 0.2 },
      { value: 6, probability: 0.07 },
    ]);
    expect(days.mean).toBeCloseTo(4.21, 10);
    expect(days.quantile(0.5)).toBe(4);
    expect(days.quantile(0.9)).toBe(5);
    expect(days.quantile(1)).toBe(8);
    expect(days.atMost(4)).toBeCloseTo(0.7, 10);
  });

  it('follow one another like independent sums when they do not depend', () => {
    fc.assert(
      fc.property(distribution, distribution, (first, second) => {
        const sum = first.followedBy(
          (a) => new DiscreteDistribution(second.masses.map((b) => ({ ...b, value: a + b.value }))),
        );
        expect(total(sum)).toBeCloseTo(1, 9);
        expect(sum.mean).toBeCloseTo(first.mean + second.mean, 9);
      }),
    );
  });

  it('give the maximum that trying every combination gives', () => {
    fc.assert(
      fc.property(distribution, distribution, (a, b) => {
        const byHand = new Map<number, number>();
        for (const x of a.masses) {
          for (const y of b.masses) {
            const value = Math.max(x.value, y.value);
            byHand.set(value, (byHand.get(value) ?? 0) + x.probability * y.probability);
          }
        }
        const maximum = DiscreteDistribution.maximum([a, b]);
        expect(total(maximum)).toBeCloseTo(1, 9);
        for (const [value, probability] of byHand) {
          expect(maximum.masses.find((mass) => mass.value === value)?.probability ?? 0).toBeCloseTo(probability, 9);
        }
      }),
    );
  });

  it('refuse what is no distribution', () => {
    expect(() => new DiscreteDistribution([{ value: 1, probability: 0.5 }])).toThrow(/add up/);
    expect(() => new DiscreteDistribution([{ value: 1.5, probability: 1 }])).toThrow(RangeError);
    expect(() => new DiscreteDistribution([{ value: 1, probability: -1 }])).toThrow(RangeError);
    expect(() => DiscreteDistribution.maximum([])).toThrow(RangeError);
  });
});

describe('quantiles of a sample', () => {
  it('interpolate between order statistics', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(sampleQuantile([10, 20, 30, 40, 50], 0.9)).toBeCloseTo(46, 10);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('the seeded generator', () => {
  it('repeats itself for a seed, and differs for another', () => {
    const draw = (seed: number) => {
      const generator = generatorOf(seed);
      return Array.from({ length: 20 }, () => generator.integer(0, 1000));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('stays within its bounds', () => {
    const generator = generatorOf(1);
    for (let time = 0; time < 1000; time += 1) {
      expect(generator.integer(-3, 3)).toSatisfy((value: number) => value >= -3 && value <= 3);
      expect(generator.unit()).toSatisfy((value: number) => value >= 0 && value < 1);
    }
  });
});
