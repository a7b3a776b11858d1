import { formatMinor, minorOfNanos } from '@crossparcel/units';

const NANOS = 1e9;

/** An amount in major units as decimal text with the digits of its currency. */
export const amountText = (amount: number, currency: string): string =>
  formatMinor(minorOfNanos(Math.round(amount * NANOS), currency), currency);
