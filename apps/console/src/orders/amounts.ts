import type { OrderAnswer } from '@crossparcel/api';

/** Lines that still stand. */
const standing = ({ lines }: OrderAnswer) => lines.filter(({ cancelled }) => !cancelled);

export const unitsOf = (order: OrderAnswer): number => standing(order).reduce((sum, { quantity }) => sum + quantity, 0);

/** Value of the lines that still stand, as decimal text with four decimals at most. */
export const goodsValueOf = (order: OrderAnswer): string => {
  const tenThousandths = standing(order).reduce((sum, { quantity, unitPrice }) => {
    const [whole = '0', fraction = ''] = unitPrice.split('.');
    return sum + BigInt(whole + fraction.padEnd(4, '0')) * BigInt(quantity);
  }, 0n);
  const text = String(tenThousandths).padStart(5, '0');
  return `${text.slice(0, -4)}.${text.slice(-4)}`;
};
