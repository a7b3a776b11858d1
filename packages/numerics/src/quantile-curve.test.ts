import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, QuantileCurve } from './quantile-curve.ts';

describe('a quantile curve', () => {
  const curve = new QuantileCurve([0.1, 0.5, 0.9], [1, 4, 9]);

  it('meets its levels and is straight between them', () => {
    expect(curve.at(0.1)).toBe(1);
    expect(curve.at(0.3)).toBeCloseTo(2.5);
    expect(curve.at(0.9)).toBe(9);
  });

  it('goes to 0 below and has an exponential tail above', () => {
    expect(curve.at(0.05)).toBeCloseTo(0.5);
    // The tail falls by the same factor over the same amount: from 0.5 to 0.1 in 5, so to 0.02 in 5 more.
    expect(curve.at(0.98)).toBeCloseTo(14);
  });

  it('never falls', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 });
    const level = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(values, level, level, (drawn, one, other) => {
        const drawnCurve = new QuantileCurve([0.1, 0.5, 0.9], ascending(drawn));
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(drawnCurve.at(high)).toBeGreaterThanOrEqual(drawnCurve.at(low) - 1e-6);
      }),
    );
  });

  it('refuses levels without values', () => {
    expect(() => new QuantileCurve([0.1, 0.5], [1])).toThrow(RangeError);
  });
});
