import { marginRequestSchema } from '@crossparcel/planning';
import { describe, expect, it } from 'vitest';
import { margin } from './margin.ts';

const answer = margin.prepare({});

const offer = (more: object = {}) =>
  marginRequestSchema.parse({
    sku: 'SHOE',
    hs: '640299',
    massGrams: '800',
    lengthMm: '320',
    widthMm: '200',
    heightMm: '120',
    origin: 'CN',
    market: 'US',
    at: '2026-11-22',
    currency: 'USD',
    price: '39.00',
    productCost: '9.00',
    platformFee: '6%',
    ...more,
  });

const ask = (more: object = {}) => {
  const result = answer(offer(more));
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.what}`);
  return result.value;
};

const wayOf = ({ mode, facility, service }: { mode: string; facility: string; service: string }) =>
  `${mode} ${facility} ${service}`;

describe('margin', () => {
  it('is the price less everything, best way first', () => {
    const { ways } = ask({ quantity: '3' });
    expect(ways.length).toBeGreaterThan(2);
    const margins = ways.map((way) => Number(way.margin));
    expect(margins).toEqual(margins.toSorted((a, b) => b - a));
    for (const way of ways) {
      const { tax: _, ...costs } = way.costs;
      const spent = Object.values(costs).reduce((sum, cost) => sum + Number(cost), 0);
      const left = Number(way.revenue) - Number(way.productCost) - Number(way.platformFee) - spent;
      expect(Number(way.margin)).toBeCloseTo(left, 6);
      expect(way).toMatchObject({ revenue: '117.00', productCost: '27.00', platformFee: '7.02' });
    }
  });

  it('breaks even at the price that it names, and not a cent below', () => {
    const { breakEvenPrice } = ask();
    const best = (price: string) => Number(ask({ price }).ways[0]?.margin);
    expect(best(breakEvenPrice ?? '')).toBeGreaterThanOrEqual(0);
    expect(best((Number(breakEvenPrice) - 0.01).toFixed(2))).toBeLessThan(0);
  });

  it('changes its way at the prices and quantities that it names, and not just before them', () => {
    let seen = 0;
    for (const more of [{ market: 'GB' }, { market: 'DE' }, { market: 'GB', hs: '330499', massGrams: '180' }, {}]) {
      const { ways, switches } = ask(more);
      const best = ways[0] && wayOf(ways[0]);
      for (const { kind, direction, at, to } of switches) {
        seen += 1;
        const step = direction === 'up' ? -1 : 1;
        const there = kind === 'price' ? { price: at } : { quantity: at };
        const before =
          kind === 'price' ? { price: (Number(at) + step * 0.01).toFixed(2) } : { quantity: String(Number(at) + step) };
        const [first] = ask({ ...more, ...there }).ways;
        expect(first && wayOf(first)).toBe(wayOf(to));
        const [last] = ask({ ...more, ...before }).ways;
        expect(last && wayOf(last)).toBe(best);
      }
    }
    expect(seen).toBeGreaterThan(0);
  });

  it('is asked under another law', () => {
    const then = margin.prepare({ lawAt: '2025-04-01' })(offer());
    const direct = (answered: typeof then) =>
      answered.ok ? answered.value.ways.find(({ mode }) => mode === 'direct')?.costs.duty : undefined;
    expect(direct(then)).toBe('0.00');
    expect(Number(direct(answer(offer())))).toBeGreaterThan(0);
  });

  it.each([
    ['a price of nothing', { price: '0.00' }, 'price'],
    ['a price with too many decimals', { price: '1.005' }, 'price'],
    ['a currency without a rate', { currency: 'XAF' }, 'price'],
  ])('names the field of %s', (_, more, field) => {
    const result = answer(offer(more));
    expect(result.ok ? undefined : result.error.field).toBe(field);
  });
});
