import { describe, expect, it } from 'vitest';
import { OrderGatherer } from './gather.ts';

const row = (more: Record<string, string> = {}) => ({
  orderId: 'O1',
  placedAt: '2026-11-22T08:00:00Z',
  shop: 's',
  buyerId: 'b',
  country: 'US',
  postcode3: '787',
  sku: 'A',
  quantity: '2',
  unitPrice: '9.99',
  currency: 'USD',
  ...more,
});

const faultOf = (more: Record<string, string>) => {
  const added = new OrderGatherer().add(row(more));
  return added.ok ? undefined : added.error;
};

describe('gathering order lines', () => {
  it('puts the lines of an order together, wherever they stand', () => {
    const gatherer = new OrderGatherer();
    gatherer.add(row());
    gatherer.add(row({ orderId: 'O2', country: 'GB', postcode3: '', currency: 'GBP' }));
    gatherer.add(row({ sku: 'B', quantity: '1', unitPrice: '3' }));
    const [first, second] = gatherer.orders();
    expect(first).toMatchObject({
      order: {
        id: 'O1',
        placedAt: Date.parse('2026-11-22T08:00:00Z'),
        destination: { country: 'US', postalPrefix: '787' },
        lines: [
          { sku: 'A', quantity: 2, unitPrice: { minor: 999, currency: 'USD' }, cancelled: false },
          { sku: 'B', quantity: 1, unitPrice: { minor: 300, currency: 'USD' } },
        ],
      },
    });
    expect(second).toMatchObject({ order: { id: 'O2', destination: { country: 'GB' } } });
  });

  it('counts taken-back units and cancelled lines, and reads times without offset as UTC', () => {
    const gatherer = new OrderGatherer();
    gatherer.add(row({ quantity: '-2', placedAt: '2010-12-01T08:26' }));
    gatherer.add(row({ cancelled: '1', placedAt: '2010-12-01T08:26' }));
    gatherer.add(row({ cancelled: '0' }));
    const [gathered] = gatherer.orders();
    expect(
      gathered && 'order' in gathered && gathered.order.lines.map((line) => [line.quantity, line.cancelled]),
    ).toEqual([
      [2, true],
      [2, true],
      [2, false],
    ]);
    expect(gatherer.withoutOffset).toBe(2);
  });

  it.each([
    ['orderId', { orderId: '' }],
    ['placedAt', { placedAt: '22/11/2026' }],
    ['country', { country: 'usa' }],
    ['sku', { sku: '' }],
    ['quantity', { quantity: '0' }],
    ['quantity', { quantity: '1.5' }],
    ['quantity', { quantity: 'two' }],
    ['unitPrice', { unitPrice: '-1.00' }],
    ['unitPrice', { unitPrice: '1,99' }],
    ['unitPrice', { unitPrice: '1.999' }],
    ['unitPrice', { unitPrice: '1.5', currency: 'JPY' }],
    ['currency', { currency: 'ZZZ' }],
    ['cancelled', { cancelled: 'maybe' }],
  ])('names %s when it is wrong', (field, more) => {
    const fault = faultOf(more as unknown as Record<string, string>);
    expect(fault).toMatchObject({ field });
    expect(fault?.mend).not.toBe('');
  });

  it('refuses the whole order of a bad line, and counts its lines', () => {
    const gatherer = new OrderGatherer();
    expect(gatherer.add(row()).ok).toBe(true);
    expect(gatherer.add(row({ sku: 'B', quantity: 'two' })).ok).toBe(false);
    expect(gatherer.add(row({ sku: 'C' })).ok).toBe(true);
    gatherer.add(row({ orderId: 'O2' }));
    expect(gatherer.orders()).toMatchObject([{ id: 'O1', fault: { field: 'quantity' }, lines: 3 }, { id: 'O2' }]);
  });

  it('refuses an order that goes to two countries', () => {
    const gatherer = new OrderGatherer();
    gatherer.add(row());
    expect(gatherer.add(row({ country: 'GB' }))).toMatchObject({
      ok: false,
      error: { field: 'country', code: 'conflicting-rows' },
    });
  });
});
