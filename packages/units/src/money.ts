import { type CurrencyCode, minorDigits } from './currency.ts';

/** An amount of money: a safe integer of minor units (cents, yen) and its currency. */
export interface Money {
  readonly minor: number;
  readonly currency: CurrencyCode;
}

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d+))?$/;

/**
 * Reads a decimal text in major units (`12.90`) as minor units of the currency; undefined when it is no such text, has
 * more decimals than the currency (zeros beyond are taken), or is too large to be exact.
 */
export const parseMinor = (text: string, currency: CurrencyCode): number | undefined => {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const digits = minorDigits(currency);
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  if (/[^0]/.test(fraction.slice(digits))) return undefined;
  const minor = Number(whole + kept);
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign && minor !== 0 ? -minor : minor;
};

/** Minor units as a decimal text in major units with all the currency's decimals: `formatMinor(1290, 'USD')` is `12.90`. */
export const formatMinor = (minor: number, currency: CurrencyCode): string => {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

/**
 * Splits an amount by weights so that the shares add up to it to the last minor unit: each share is rounded towards
 * zero and the left-over units go to the largest remainders, ties to the earlier share (Hamilton's method). Weights
 * are non-negative integers; when all are zero the amount is split evenly.
 */
export const allocateMinor = (minor: number, weights: readonly number[]): number[] => {
  if (weights.length === 0) throw new RangeError('no weights to allocate by');
  const sum = weights.reduce((a, b) => a + b, 0);
  const effective = sum === 0 ? weights.map(() => 1) : weights;
  const total = BigInt(sum === 0 ? weights.length : sum);
  const exact = effective.map((weight) => BigInt(Math.abs(minor)) * BigInt(weight));
  const shares = exact.map((product) => Number(product / total));
  const remainders = exact.map((product, index) => ({ index, remainder: product % total }));
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  const left = Math.abs(minor) - shares.reduce((a, b) => a + b, 0);
  for (const { index } of remainders.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares.map((share) => (minor < 0 && share !== 0 ? -share : share));
};
