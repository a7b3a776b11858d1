import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConversionPosterior, type Period } from './conversion.ts';

const conversion = { usual: Math.log(3e-4), between: 0.7, within: 0.06, bases: [0.2, 1, 5] };
const period = fc.record({ orders: fc.nat(5000), views: fc.nat(5_000_000), days: fc.constantFrom(0.5, 1) });

describe('what is likely of orders per view', () => {
  it('is what is usual before anything was seen', () => {
    expect(new ConversionPosterior([], conversion).logPerView).toBeCloseTo(conversion.usual, 6);
  });

  it('comes to the rate of a launch that is seen for long, whatever is usual', () => {
    const seen: Period[] = Array.from({ length: 14 }, () => ({ orders: 4000, views: 1_000_000, days: 1 }));
    expect(new ConversionPosterior(seen, conversion).logPerView).toBeCloseTo(Math.log(4e-3), 0);
  });

  it('puts orders that hold on while views fall away down to a base', () => {
    const days = (orders: number[]): Period[] =>
      [40_000, 4000, 400, 40].map((views, at) => ({ orders: orders[at] as number, views, days: 1 }));
    const held = new ConversionPosterior(days([5, 5, 5, 5]), conversion).orders(0, 10 * 86_400);
    const fell = new ConversionPosterior(days([17, 2, 1, 0]), conversion).orders(0, 10 * 86_400);
    expect(held.mean).toBeGreaterThan(fell.mean);
  });

  it('expects finite orders of any readings, more of more views', () => {
    fc.assert(
      fc.property(
        fc.array(period, { maxLength: 14 }),
        fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
        (seen, base) => {
          const posterior = new ConversionPosterior(seen, conversion, base ?? undefined);
          const [few, many] = [1e3, 1e6].map((views) => posterior.orders(views, 86_400));
          expect(Number.isFinite(few?.mean)).toBe(true);
          expect(few?.deviation).toBeGreaterThanOrEqual(0);
          expect(many?.mean).toBeGreaterThan(few?.mean as number);
        },
      ),
    );
  });
});
