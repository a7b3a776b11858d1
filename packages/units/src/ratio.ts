import { multiplyDivide, type Rounding } from './rounding.ts';

/** An exact fraction of two safe integers, the denominator positive: a tax rate, an exchange rate, a share. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d{1,12}))?$/;

const greatestCommonDivisor = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x || 1;
};

/** A fraction in lowest terms. Throws a RangeError unless both are safe integers and the denominator is positive. */
export const ratio = (numerator: number, denominator = 1): Ratio => {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0) {
    throw new RangeError(`not a ratio of safe integers: ${numerator}/${denominator}`);
  }
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
};

/** Reads `7.5%`, `0.3464%`, `1.32` or `12`; undefined when the text is anything else. */
export const parseRatio = (text: string): Ratio | undefined => {
  const percent = text.endsWith('%');
  const match = DECIMAL.exec(percent ? text.slice(0, -1) : text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const numerator = Number(`${sign}${whole}${fraction}`);
  const denominator = 10 ** fraction.length * (percent ? 100 : 1);
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return undefined;
  return ratio(numerator, denominator);
};

/** A decimal number of a JSON file (`5.6`, `0.00095`) as the exact fraction that its shortest text names. */
export const ratioOfDecimal = (decimal: number): Ratio => {
  const text = Math.abs(decimal) < 1e-6 && decimal !== 0 ? decimal.toFixed(12).replace(/0+$/, '') : String(decimal);
  const parsed = parseRatio(text);
  if (!parsed) throw new RangeError(`not a plain decimal: ${decimal}`);
  return parsed;
};

/** `amount × ratio`, rounded once. The amount is a safe integer in whatever unit; the result is in the same unit. */
export const applyRatio = (amount: number, by: Ratio, rounding: Rounding = 'half-up'): number =>
  multiplyDivide(amount, by.numerator, by.denominator, rounding);

/** The product of two fractions, exact. */
export const multiplyRatios = (a: Ratio, b: Ratio): Ratio => {
  const cross = greatestCommonDivisor(a.numerator, b.denominator);
  const other = greatestCommonDivisor(b.numerator, a.denominator);
  return ratio((a.numerator / cross) * (b.numerator / other), (a.denominator / other) * (b.denominator / cross));
};

/** The fraction turned upside down. Throws a RangeError for zero and negative fractions. */
export const invertRatio = (a: Ratio): Ratio => ratio(a.denominator, a.numerator);

/** Less than zero, zero or more than zero as `a` is smaller than, equal to or larger than `b`. */
export const compareRatios = (a: Ratio, b: Ratio): number => {
  const difference = BigInt(a.numerator) * BigInt(b.denominator) - BigInt(b.numerator) * BigInt(a.denominator);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The fraction as a percentage for people, for example `7.5%`; at most six decimals. */
export const formatPercent = (a: Ratio): string => `${Number(((a.numerator / a.denominator) * 100).toFixed(6))}%`;
