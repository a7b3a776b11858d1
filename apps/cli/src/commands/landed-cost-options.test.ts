import { optionsRequestSchema } from '@crossparcel/trade';
import { describe, expect, it } from 'vitest';
import { landedCost } from './landed-cost.ts';
import { landedCostOptions } from './landed-cost-options.ts';

const answer = landedCostOptions.prepare({});

const tee = (more: object = {}) =>
  optionsRequestSchema.parse({
    id: 'a',
    at: '2026-11-22',
    market: 'US',
    origin: 'CN',
    currency: 'USD',
    lines: [{ id: '1', hs: '610910', quantity: 2, value: '40.00', transferValue: '12.00' }],
    freight: '4.10',
    ...more,
  });

const ways = (more: object = {}) => {
  const result = answer(tee(more));
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
};

const find = (more: object, way: string, terms = 'DDP') =>
  ways(more).options.find((option) => option.way === way && option.terms === terms);

describe('the lawful ways', () => {
  it('come cheapest first, each with what landed-cost says of it', () => {
    const { options } = ways();
    const totals = options.map(({ totals }) => Number(totals.total));
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
    const ask = landedCost.prepare({});
    for (const { channel, entry, totals: own, terms, schemes } of options) {
      const { stock: _, lines, ...request } = tee();
      const goods = lines.map(({ transferValue: __, ...line }) => line);
      const same = ask({
        ...request,
        lines: goods,
        channel: channel as 'express',
        schemes,
        ...(entry && { entry: entry as 'informal' }),
      });
      expect(same.ok && same.value.totals, `${channel} ${terms}`).toEqual(own);
    }
  });

  it('change with the day: what has ended is closed and says when', () => {
    const why = (at: string, way: string) => ways({ at }).closed.find((closed) => closed.way === way)?.why;
    expect(why('2025-05-01', 'us-type-86-cn')).toBeUndefined();
    expect(find({ at: '2025-05-01' }, 'us-type-86-cn')?.totals.total).toBe('0.00');
    expect(why('2025-05-02', 'us-type-86-cn')).toBe('it ended on 2025-05-01');
    expect(why('2026-09-21', 'us-post-type-13')).toBe('it opens on 2026-09-22');
    expect(find({ at: '2026-09-22' }, 'us-post-type-13')).toBeDefined();
  });

  it('close above their limits, and for goods that they do not take', () => {
    const de = { market: 'DE', currency: 'EUR' };
    const line = (value: string, hs = '610910') => ({ ...de, lines: [{ id: '1', hs, quantity: 1, value }] });
    const why = (more: object) => ways(more).closed.find(({ way }) => way === 'eu-ioss-express')?.why;
    expect(why(line('150.00'))).toBeUndefined();
    expect(why(line('150.01'))).toBe('the value of EUR 150.01 is above EUR 150.00');
    expect(why(line('20.00', '240220'))).toBe('these goods are excluded by hs');
    expect(why({ ...line('90.00'), sameOrderValue: '60.01' })).toBe('the value of EUR 150.01 is above EUR 150.00');
  });

  it('say who pays: VAT at checkout is the buyer’s, duty the seller’s unless it is delivered unpaid', () => {
    const de = { market: 'DE', currency: 'EUR' };
    expect(find(de, 'eu-ioss-express')).toMatchObject({ paidBy: { buyer: '8.38', seller: '3.00' } });
    expect(find(de, 'eu-standard', 'DAP')?.paidBy.seller).toBe('0.00');
  });

  it('name what carriers ask for advancing it: the larger of an amount and a share', () => {
    const dk = { market: 'DK', currency: 'DKK', lines: [{ id: '1', hs: '610910', quantity: 1, value: '20000.00' }] };
    const charges = find(dk, 'eu-standard', 'DAP')?.carrierCharges.map(({ carrier, amount }) => [carrier, amount]);
    const total = Number(find(dk, 'eu-standard', 'DAP')?.totals.total);
    expect(charges).toContainEqual(['FedEx', (total * 0.025).toFixed(2)]);
    const small = { ...dk, lines: [{ id: '1', hs: '610910', quantity: 1, value: '200.00' }] };
    expect(find(small, 'eu-standard', 'DAP')?.carrierCharges).toContainEqual(
      expect.objectContaining({ carrier: 'UPS', amount: '182.00' }),
    );
  });

  it('go through stock at the transfer value, fees shared by the orders of a consignment', () => {
    const stock = find({ stock: { orders: 500, freight: '300.00' } }, 'us-stock');
    expect(stock?.totals).toMatchObject({ duty: '4.38', fees: '0.07' });
    const alone = find({ stock: { orders: 1 } }, 'us-stock');
    expect(alone?.totals.fees).toBe('34.58');
    expect(ways().closed.find(({ way }) => way === 'us-stock')?.why).toBe(
      'nothing is told about a consignment into stock',
    );
  });

  it.each([
    ['an unknown market', { market: 'XX' }, 'market'],
    [
      'a transfer value that is missing',
      { lines: [{ hs: '610910', quantity: 1, value: '1.00' }], stock: { orders: 2 } },
      'lines[0].transferValue',
    ],
    ['a day before the book', { at: '2010-01-01' }, 'at'],
    ['a currency without a rate', { currency: 'XAF', freight: '4', lines: [{ quantity: 1, value: '40' }] }, 'currency'],
  ])('name the field of %s', (_, more, field) => {
    const result = answer(tee(more));
    expect(result.ok ? undefined : result.error.field).toBe(field);
  });
});
