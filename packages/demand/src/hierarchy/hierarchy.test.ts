import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaselineModel } from '../baseline/model.ts';
import { CurveForest } from '../trees/curve-forest.ts';
import { forecastHierarchy } from './hierarchy.ts';
import { type NodeMean, reconciled } from './reconcile.ts';

const model: BaselineModel = {
  mostStepsPerYear: 400,
  weights: [0, 1, 1, 1],
  trust: 30,
  mostLevel: 6,
  forest: new CurveForest({ bases: [], trees: [] }),
};
const node = (members: readonly number[], mean: number, variance: number): NodeMean => ({ members, mean, variance });

describe('reconciled means', () => {
  it('share a difference out by variance', () => {
    // 2 + 3 expected apart, 10 together: each moves in proportion to its variance.
    const [one = 0, other = 0] = reconciled(2, [node([0], 2, 1), node([1], 3, 3), node([0, 1], 10, 1)]);
    expect(one).toBeCloseTo(2 + 1 / 1, 9);
    expect(other).toBeCloseTo(3 + 3 / 1, 9);
  });

  it('are those given where these add up already, and never below 0', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(amounts, fc.double({ min: 0.01, max: 1e6, noNaN: true }), (means, variance) => {
        const sum = means.reduce((total, mean) => total + mean, 0);
        const alone = means.map((mean, place) => node([place], mean, variance));
        const found = reconciled(means.length, [...alone, node([...means.keys()], sum, 1)]);
        for (const [place, mean] of means.entries()) expect(Math.abs((found[place] ?? 0) - mean)).toBeLessThan(1e-4);
        const none = reconciled(means.length, [...alone, node([...means.keys()], 0, 0.001)]);
        expect(Math.min(...none)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a forecast of a hierarchy', () => {
  const history = fc.array(fc.nat(20), { minLength: 20, maxLength: 40 });
  const series = fc.array(fc.record({ values: history, product: fc.nat(3), shop: fc.nat(1) }), {
    minLength: 1,
    maxLength: 12,
  });

  it('adds up at every level, and has ascending quantiles that are never negative', () => {
    fc.assert(
      fc.property(series, (drawn) => {
        const bottom = drawn.map(({ values, product, shop }, place) => ({
          id: `S${place}`,
          values,
          groups: [`P${product}`, `X${shop}`],
        }));
        const nodes = forecastHierarchy(model, { perYear: 52, horizon: 3 }, bottom, ['product', 'shop']);
        for (const step of [0, 2]) {
          const sums = new Map<string, number>();
          for (const { level, steps } of nodes) sums.set(level, (sums.get(level) ?? 0) + (steps[step]?.mean ?? 0));
          const total = sums.get('total') ?? 0;
          expect([...sums.keys()]).toEqual(['series', 'product', 'shop', 'total']);
          for (const sum of sums.values()) expect(Math.abs(sum - total)).toBeLessThan(1e-6 * (1 + total));
        }
        for (const { steps } of nodes)
          for (const { mean, curve } of steps) {
            expect(mean).toBeGreaterThanOrEqual(0);
            expect(curve.at(0.1)).toBeGreaterThanOrEqual(0);
            expect(curve.at(0.9)).toBeGreaterThanOrEqual(curve.at(0.1));
          }
      }),
      { numRuns: 40 },
    );
  });
});
