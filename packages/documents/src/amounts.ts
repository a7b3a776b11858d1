import { formatMinor, type Money } from '@crossparcel/units';

/** Grams as kilograms with three decimals, exact: 240 is `0.240`. Grams are a whole number, not negative. */
export const kilogramDigits = (grams: number): string => {
  const digits = String(grams).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
};

/** Grams as kilograms with their unit: 240 is `0.240 kg`. */
export const kilograms = (grams: number): string => `${kilogramDigits(grams)} kg`;

/** An amount with all decimals of its currency and the currency's code: `12.90 USD`. */
export const amount = ({ minor, currency }: Money): string => `${formatMinor(minor, currency)} ${currency}`;
