import type { Rule } from './book.ts';

/** The rate of a rule in words. */
export const rateText = (charge: Rule['charge']): string => {
  if ('nothing' in charge) return '0%';
  if ('percent' in charge) return charge.minus ? `${charge.percent} less ${money(charge.minus)}` : charge.percent;
  if ('fraction' in charge) return charge.fraction.join('/');
  if ('tariff' in charge) return `tariff column ${charge.tariff}`;
  if ('parameter' in charge) return charge.inside ? `${charge.parameter}, inside its own base` : charge.parameter;
  if ('topUpTo' in charge) return `up to ${charge.topUpTo} with ${charge.over.join(', ')}`;
  return `${money(charge)} each ${charge.each}`;
};

/** An amount of a record with its currency. */
export const money = ({ amount, currency }: { readonly amount: string; readonly currency: string }): string =>
  `${currency} ${amount}`;
