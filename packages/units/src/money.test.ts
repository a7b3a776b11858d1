import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExchangeRates } from './exchange-rate.ts';
import { allocateMinor, formatMinor, parseMinor } from './money.ts';
import { minorOfNanos, nanosOfDecimal, nanosOfMinor, scaleNanos } from './nanos.ts';
import { ratioOfDecimal } from './ratio.ts';

const currency = fc.constantFrom('USD', 'JPY', 'EUR', 'KWD', 'VND');
const minor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('money as text', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(parseMinor(formatMinor(amount, code), code)).toBe(amount);
      }),
    );
  });

  it.each([
    ['12.90', 'USD', 1290],
    ['12.9', 'USD', 1290],
    ['12', 'USD', 1200],
    ['-0.05', 'USD', -5],
    ['12.900', 'USD', 1290],
    ['1000', 'JPY', 1000],
    ['1.234', 'KWD', 1234],
  ])('%s %s is %i minor units', (text, code, amount) => {
    expect(parseMinor(text, code)).toBe(amount);
  });

  it.each([
    ['12.905', 'USD'],
    ['1.5', 'JPY'],
    ['1,000', 'USD'],
    ['', 'USD'],
    ['1e3', 'USD'],
    ['99999999999999999', 'USD'],
  ])('%s %s is no amount', (text, code) => {
    expect(parseMinor(text, code)).toBeUndefined();
  });
});

describe('allocateMinor', () => {
  it('never loses or makes a cent, and gives no share more than a unit off its due', () => {
    fc.assert(
      fc.property(
        minor,
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 }),
        (amount, weights) => {
          const shares = allocateMinor(amount, weights);
          expect(shares.reduce((a, b) => a + b, 0)).toBe(amount);
          const sum = weights.reduce((a, b) => a + b, 0);
          for (const [index, share] of shares.entries()) {
            const due = sum === 0 ? amount / weights.length : (amount * (weights[index] ?? 0)) / sum;
            expect(Math.abs(share - due)).toBeLessThanOrEqual(1.001);
          }
        },
      ),
    );
  });

  it('gives nothing to a weight of nothing', () => {
    expect(allocateMinor(100, [0, 1, 0])).toEqual([0, 100, 0]);
  });
});

describe('nanos', () => {
  it('adds prices per gram exactly and rounds once', () => {
    const freight = scaleNanos(nanosOfDecimal(5.6), 209, 1000) + nanosOfDecimal(0.35);
    expect(freight).toBe(1_520_400_000);
    expect(minorOfNanos(freight, 'USD')).toBe(152);
    expect(minorOfNanos(nanosOfDecimal(0.005), 'USD')).toBe(1);
  });

  it('takes minor units there and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500_000_000, max: 500_000_000 }),
        fc.constantFrom('USD', 'EUR'),
        (amount, code) => {
          expect(minorOfNanos(nanosOfMinor(amount, code), code)).toBe(amount);
        },
      ),
    );
  });
});

describe('exchange rates', () => {
  const rates = new ExchangeRates(
    new Map([
      ['USD', ratioOfDecimal(1)],
      ['GBP', ratioOfDecimal(1.32)],
      ['JPY', ratioOfDecimal(0.0065)],
    ]),
  );

  it('converts between currencies with other numbers of decimals', () => {
    expect(rates.convertMinor(10_000, 'GBP', 'USD')).toBe(13_200);
    expect(rates.convertMinor(65, 'USD', 'JPY')).toBe(100);
    expect(rates.convertMinor(100, 'JPY', 'USD')).toBe(65);
    expect(rates.convertMinor(1, 'JPY', 'GBP')).toBe(0);
    expect(rates.convertMinor(12_345, 'GBP', 'GBP')).toBe(12_345);
  });

  it('names a currency without a rate', () => {
    expect(() => rates.convertMinor(1, 'CHF', 'USD')).toThrow(/no exchange rate for CHF/);
  });
});
