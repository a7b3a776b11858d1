import type { OrderAnswer } from '@crossparcel/api';
import { describe, expect, it } from 'vitest';
import { goodsValueOf, unitsOf } from './amounts.ts';
import { differencesOf } from './differences.ts';

const line = (quantity: number, unitPrice: string, cancelled = false) => ({ sku: 'A', quantity, unitPrice, cancelled });
const order = { lines: [line(3, '0.1'), line(1, '12.905'), line(9, '1', true)] } as unknown as OrderAnswer;

describe('amounts of an order', () => {
  it('are exact, and leave out cancelled lines', () => {
    expect(goodsValueOf(order)).toBe('13.2050');
    expect(unitsOf(order)).toBe(4);
  });
});

describe('differences of costs', () => {
  it('are the seller’s, the largest first', () => {
    const chosen = { freight: '5.00', tax: '1.00', lateness: '0.50', total: '6.50' };
    const loser = { freight: '4.90', tax: '9.00', lateness: '2.00', total: '15.90' };
    expect(differencesOf(loser, chosen)).toEqual([
      { kind: 'lateness', more: 1.5 },
      { kind: 'freight', more: -0.1 },
    ]);
  });
});
