import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyDivide } from './rounding.ts';

const integer = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('multiplyDivide', () => {
  it('rounds a half away from zero', () => {
    expect(multiplyDivide(5, 1, 2, 'half-up')).toBe(3);
    expect(multiplyDivide(-5, 1, 2, 'half-up')).toBe(-3);
    expect(multiplyDivide(7, 1, 3, 'up')).toBe(3);
    expect(multiplyDivide(-7, 1, 3, 'up')).toBe(-3);
    expect(multiplyDivide(-7, 1, 3, 'down')).toBe(-2);
  });

  it('is within half a unit of the exact quotient, also where the product is no safe integer', () => {
    fc.assert(
      fc.property(integer, integer, fc.integer({ min: 1, max: 1_000_000_000 }), (a, b, c) => {
        const exact = BigInt(a) * BigInt(b);
        fc.pre((exact < 0n ? -exact : exact) / BigInt(c) < BigInt(Number.MAX_SAFE_INTEGER));
        const rounded = BigInt(multiplyDivide(a, b, c, 'half-up'));
        const twiceOff = (rounded * BigInt(c) - exact) * 2n;
        expect(twiceOff <= BigInt(c) && twiceOff >= -BigInt(c)).toBe(true);
      }),
    );
  });

  it('agrees with itself across the safe and the big path', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000_000 }), fc.integer({ min: 1, max: 90_000_000 }), (a, b) => {
        for (const rounding of ['half-up', 'up', 'down'] as const) {
          expect(multiplyDivide(a, b * 1000, 1000 * 7, rounding)).toBe(multiplyDivide(a, b, 7, rounding));
        }
      }),
    );
  });

  it('throws instead of losing digits', () => {
    expect(() => multiplyDivide(Number.MAX_SAFE_INTEGER, 2, 1, 'down')).toThrow(RangeError);
  });
});
