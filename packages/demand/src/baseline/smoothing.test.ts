import { generatorOf } from '@crossparcel/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountQuantiles } from './amounts.ts';
import { outlooks } from './smoothing.ts';

const LEVELS = [0.1, 0.5, 0.9];

describe('smoothing', () => {
  it('carries a trend on, and knows less the further it looks', () => {
    const rising = Array.from({ length: 40 }, (_, at) => 100 + 5 * at);
    const ahead = outlooks(rising, 6, 0.1);
    expect(ahead[0]?.mean).toBeGreaterThan(295);
    expect(ahead[5]?.mean).toBeGreaterThan(315);
    for (const [step, { variance }] of ahead.entries())
      expect(variance).toBeGreaterThan(ahead[step - 1]?.variance ?? 0);
  });

  it('stays where a level has no trend, and is wider for a handful of periods than for many', () => {
    const random = generatorOf(3);
    const values = Array.from({ length: 80 }, () => Math.round(30 + 20 * random.unit()));
    const [long] = outlooks(values, 1, 0.3);
    const [short] = outlooks(values.slice(-3), 1, 0.3);
    expect(Math.abs((long?.mean ?? 0) - 40)).toBeLessThan(4);
    expect(short?.variance).toBeGreaterThan(2 * (long?.variance ?? 0));
  });

  it('gives finite means and variances for any history', () => {
    const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e15, noNaN: true }));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), fc.boolean(), (values, counts) => {
        for (const { mean, variance } of outlooks(values, 9, 0.5)) {
          const quantiles = amountQuantiles({ mean, variance, counts }, LEVELS);
          for (const [place, quantile] of quantiles.entries())
            expect(quantile).toBeGreaterThanOrEqual(quantiles[place - 1] ?? 0);
        }
      }),
    );
  });
});

describe('quantiles of an amount', () => {
  it('spread as its variance says, however large it is and whether counted or not', () => {
    // A gamma distribution of shape 1: its quantiles are -log(1 - level) of its mean.
    for (const mean of [1e-3, 7, 5000, 1e12])
      for (const [place, quantile] of amountQuantiles({ mean, variance: mean * mean, counts: false }, LEVELS).entries())
        expect(Math.abs(quantile / mean + Math.log(1 - (LEVELS[place] as number)))).toBeLessThan(0.02);
    const [low = 0, , high = 0] = amountQuantiles({ mean: 200, variance: 4, counts: true }, LEVELS);
    expect(high - low).toBeCloseTo(2 * 1.2816 * 2, 1);
  });
});
