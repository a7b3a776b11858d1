import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importOrder } from './import.ts';
import { tikTokOrdersAnswerSchema } from './order.ts';

const orders = (name: string): readonly unknown[] => {
  const file = new URL(`../../fixtures/tiktok-shop/${name}`, import.meta.url);
  return tikTokOrdersAnswerSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).data.orders;
};
const list = orders('order-list-response.json');
const detail = orders('order-detail-response.json');

const imported = (raw: unknown, asNew = false) => {
  const result = importOrder(raw, { asNew });
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.what}`);
  return result.value;
};
const lines = (raw: unknown, asNew = false) =>
  imported(raw, asNew).order.lines.map((line) => [
    line.sku,
    line.quantity,
    line.unitPrice.minor,
    line.unitPrice.currency,
  ]);
const change = (raw: unknown, more: object): unknown => ({ ...(raw as object), ...more });

describe('orders of TikTok Shop', () => {
  it('count equal units, which come one by one', () => {
    expect(lines(list[0])).toEqual([
      ['CASE-15-BLK', 2, 999, 'USD'],
      ['CBL-C1M-WHT', 1, 800, 'USD'],
    ]);
  });

  it('keep what a mask leaves of the postal code, and ids as text', () => {
    const { order } = imported(list[0]);
    expect(order.destination).toEqual({ country: 'US', postalPrefix: '78' });
    expect(order.id).toBe('580000000000000101');
    expect(order.placedAt).toBe(1_794_849_151_000);
  });

  it('leave out what has been sent, and count it', () => {
    expect(lines(list[1])).toEqual([
      ['COAST-4', 1, 725, 'GBP'],
      ['TEA-SMP', 1, 0, 'GBP'],
    ]);
    expect(imported(list[1]).linesShipped).toBe(1);
  });

  it('are held when all of it has been sent, and planned as new for a replay', () => {
    expect(imported(list[2]).order.holds.map((hold) => hold.code)).toEqual(['already-shipped']);
    expect(imported(list[2], true).order.holds).toEqual([]);
    expect(lines(list[2], true)).toContainEqual(['LED-MOON', 3, 1700, 'MYR']);
  });

  it('take virtual bundles apart and share their price to the cent', () => {
    expect(lines(detail[0])).toEqual(
      [
        ['PRESS-350', 1, 1164, 'EUR'],
        ['BEANS-250', 1, 1163, 'EUR'],
        ['BEANS-250', 1, 1163, 'EUR'],
        ['FILT-100', 2, 1250, 'EUR'],
      ].reduce<unknown[]>((grouped, line) => {
        const known = grouped.find((one) => (one as unknown[])[0] === line[0] && (one as unknown[])[2] === line[2]) as
          | unknown[]
          | undefined;
        if (known) known[1] = (known[1] as number) + (line[1] as number);
        else grouped.push([...line]);
        return grouped;
      }, []),
    );
  });

  it('read currencies without decimals', () => {
    expect(lines(detail[1], true).every(([, , , currency]) => currency === 'JPY')).toBe(true);
    expect(lines(detail[1], true)).toContainEqual(['UMB-95-BEI', expect.any(Number), 1800, 'JPY']);
  });

  it.each([
    ['ON_HOLD', 'buyer-may-cancel'],
    ['UNPAID', 'unpaid'],
    ['SOMETHING_NEW', 'unknown-status'],
  ])('with status %s are held: %s', (status, code) => {
    expect(imported(change(list[0], { status })).order.holds.map((hold) => hold.code)).toEqual([code]);
  });

  it.each(['CANCEL', 'CANCELLED'])('with status %s count as cancelled', (status) => {
    expect(imported(change(list[0], { status })).order.lines.every((line) => line.cancelled)).toBe(true);
  });

  it('are held when the buyer asks to cancel or the platform fills them', () => {
    expect(imported(detail[0]).order.holds.map((hold) => hold.code)).toEqual(['cancel-requested']);
    const filled = change(list[0], { fulfillment_type: 'FULFILLMENT_BY_TIKTOK' });
    expect(imported(filled).order.holds.map((hold) => hold.code)).toEqual(['filled-by-platform']);
  });

  it('name the field that cannot be read', () => {
    const [first] = (list[0] as { line_items: object[] }).line_items;
    const broken = change(list[0], { line_items: [{ ...first, sale_price: 'free' }] });
    expect(importOrder(broken, { asNew: false })).toMatchObject({
      ok: false,
      error: { field: 'line_items[0].sale_price' },
    });
    const rounded = change(list[0], { id: Number('580000000000000101') });
    expect(importOrder(rounded, { asNew: false })).toMatchObject({ ok: false, error: { field: 'id' } });
  });
});
