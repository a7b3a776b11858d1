/** How an exact amount becomes an integer. `half-up` rounds a half away from zero. */
export type Rounding = 'half-up' | 'up' | 'down';

const roundBig = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const away = numerator < 0n ? -1n : 1n;
  if (rounding === 'down') return quotient;
  if (rounding === 'up') return quotient + away;
  const twice = remainder < 0n ? -remainder * 2n : remainder * 2n;
  return twice >= denominator ? quotient + away : quotient;
};

const roundSafe = (product: number, divisor: number, rounding: Rounding): number => {
  const remainder = product % divisor;
  const quotient = (product - remainder) / divisor;
  if (remainder === 0) return quotient;
  const away = product < 0 ? -1 : 1;
  if (rounding === 'down') return quotient;
  if (rounding === 'up') return quotient + away;
  return Math.abs(remainder) * 2 >= divisor ? quotient + away : quotient;
};

/**
 * `multiplicand × multiplier ÷ divisor`, rounded once and exact before that. All three are safe integers, the divisor
 * positive. Stays in machine numbers while the product is a safe integer, else goes through big integers. `down` is
 * towards zero, `up` away from it. Throws a RangeError when the result is not a safe integer.
 */
export const multiplyDivide = (
  multiplicand: number,
  multiplier: number,
  divisor: number,
  rounding: Rounding,
): number => {
  const product = multiplicand * multiplier;
  if (Number.isSafeInteger(product)) return roundSafe(product, divisor, rounding);
  const exact = Number(roundBig(BigInt(multiplicand) * BigInt(multiplier), BigInt(divisor), rounding));
  if (!Number.isSafeInteger(exact)) throw new RangeError(`amount out of range: ${exact}`);
  return exact;
};
