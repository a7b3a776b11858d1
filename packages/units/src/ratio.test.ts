import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyRatio,
  compareRatios,
  formatPercent,
  invertRatio,
  multiplyRatios,
  parseRatio,
  ratio,
  ratioOfDecimal,
} from './ratio.ts';

const part = fc.integer({ min: 1, max: 100_000 });

describe('ratios', () => {
  it('reads percentages and decimals exactly', () => {
    expect(parseRatio('7.5%')).toEqual({ numerator: 3, denominator: 40 });
    expect(parseRatio('0.3464%')).toEqual({ numerator: 433, denominator: 125_000 });
    expect(parseRatio('1.32')).toEqual({ numerator: 33, denominator: 25 });
    expect(parseRatio('seven')).toBeUndefined();
    expect(ratioOfDecimal(0.00095)).toEqual({ numerator: 19, denominator: 20_000 });
    expect(ratioOfDecimal(5e-7)).toEqual({ numerator: 1, denominator: 2_000_000 });
  });

  it('rounds a share half up, once', () => {
    expect(applyRatio(3500, ratio(75, 1000))).toBe(263);
    expect(applyRatio(4000, ratio(1, 8))).toBe(500);
  });

  it('multiplies, turns over and compares like fractions do', () => {
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const [x, y] = [ratio(a, b), ratio(c, d)];
        expect(multiplyRatios(x, invertRatio(x))).toEqual({ numerator: 1, denominator: 1 });
        expect(multiplyRatios(x, y)).toEqual(multiplyRatios(y, x));
        expect(compareRatios(x, y)).toBe(Math.sign(a * d - c * b));
      }),
    );
  });

  it('shows itself as a percentage', () => {
    expect(formatPercent(ratio(165, 1000))).toBe('16.5%');
    expect(formatPercent(ratio(255, 1000))).toBe('25.5%');
  });
});
