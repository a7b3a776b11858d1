import { type CurrencyCode, minorDigits } from './currency.ts';
import { type Ratio, ratioOfDecimal } from './ratio.ts';
import { multiplyDivide, type Rounding } from './rounding.ts';

/**
 * An amount in billionths of a currency's major unit, a safe integer: fine enough for prices per gram and per litre-day,
 * so that the parts of a bill add up exactly and are rounded to minor units once, at the end. Holds up to 9 million
 * major units; beyond, the arithmetic throws instead of losing a digit.
 */
export type Nanos = number;

const NANOS_PER_MAJOR = 1_000_000_000;

/** A decimal price in major units, as files print it (`5.6`), in nanos. Throws a RangeError past nine decimals. */
export const nanosOfDecimal = (decimal: number): Nanos => {
  const { numerator, denominator } = ratioOfDecimal(decimal);
  if (NANOS_PER_MAJOR % denominator !== 0) throw new RangeError(`finer than a billionth: ${decimal}`);
  return numerator * (NANOS_PER_MAJOR / denominator);
};

/** Minor units in nanos. */
export const nanosOfMinor = (minor: number, currency: CurrencyCode): Nanos =>
  minor * (NANOS_PER_MAJOR / 10 ** minorDigits(currency));

/** Nanos rounded to minor units of the currency. */
export const minorOfNanos = (nanos: Nanos, currency: CurrencyCode, rounding: Rounding = 'half-up'): number =>
  multiplyDivide(nanos, 1, NANOS_PER_MAJOR / 10 ** minorDigits(currency), rounding);

/** A price per unit times a measured quantity in parts of that unit: `scaleNanos(perKg, grams, 1000)`. Rounded half up to a nano. */
export const scaleNanos = (price: Nanos, quantity: number, parts: number): Nanos =>
  multiplyDivide(price, quantity, parts, 'half-up');

/** Nanos of one currency in nanos of another, by units of the other per unit of the one; rounded half up to a nano. */
export const convertNanos = (nanos: Nanos, rate: Ratio): Nanos =>
  multiplyDivide(nanos, rate.numerator, rate.denominator, 'half-up');
