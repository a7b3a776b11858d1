import type { PlacementWish } from '@crossparcel/api';
import { parseCsv } from '@crossparcel/files';
import { MS_PER_DAY } from '@crossparcel/units';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePlacements } from '../src/placement/placing.ts';
import { anOrder, KINDS, openTestHouse, type TestHouse } from './support.ts';

const NOW = Date.now();
const daysAgo = (days: number): string => new Date(NOW - days * MS_PER_DAY).toISOString();

/** Units a week of a product, to a country, over so many weeks; the last of them just over. */
const sales = (sku: string, country: string, units: number, weeks: number) =>
  Array.from({ length: weeks }, (_, week) =>
    anOrder({
      externalId: `${sku}-${country}-${week}`,
      placedAt: daysAgo(week * 7 + 2),
      destination: { country, postalPrefix: '787' },
      lines: [{ sku, quantity: units, unitPrice: '29.90', cancelled: false }],
    }),
  );

describe.each(KINDS)('placements on %s', (kind) => {
  let test: TestHouse;
  let facility = '';
  const client = () => test.client();
  const make = async (body: Partial<PlacementWish> = {}) => {
    const { id } = await client().call('placements.create', { body });
    await makePlacements(test.house.database);
    return client().call('placements.get', { params: { id } });
  };
  const proposalsOf = async (id: string, limit = 50) => {
    const all = [];
    let cursor: string | undefined;
    do {
      const page = await client().call('placements.proposals', {
        params: { id },
        query: { limit, ...(cursor !== undefined && { cursor }) },
      });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
  };

  beforeAll(async () => {
    test = await openTestHouse(kind);
  }, 60_000);
  afterAll(() => test.remove());

  it('says why nothing can be proposed before anything was sold', async () => {
    const none = await make();
    expect(none).toMatchObject({ state: 'failed', weeks: 13, fault: { code: 'no-orders' } });
    expect(await proposalsOf(none.id)).toEqual([]);
  });

  it('proposes to stock what sells steadily, the largest saving first, and says by when and why', async () => {
    const items = ['STEADY', 'RARE'].map((sku) => ({
      sku,
      description: 'Hair brush',
      massGrams: 400,
      lengthMm: 250,
      widthMm: 90,
      heightMm: 60,
      hs: '960329',
      origin: 'CN',
      value: '4.10',
      currency: 'USD',
    }));
    await client().call('items.put', { body: { items } });
    const orders = [...sales('STEADY', 'US', 40, 26), ...sales('RARE', 'US', 1, 1)];
    await client().call('orders.submit', { body: { orders } });
    const done = await make({ weeks: 20 });
    expect(done.state).toBe('done');
    expect(done.summary).toMatchObject({ currency: 'USD', items: 2 });
    const proposals = await proposalsOf(done.id, 1);
    expect(proposals.map(({ rank }) => rank)).toEqual(proposals.map((_, index) => index + 1));
    const savings = proposals.map(({ saving }) => Number(saving));
    expect(savings).toEqual([...savings].sort((a, b) => b - a));
    const ordered = proposals.filter(({ quantity }) => quantity > 0);
    expect(done.summary?.units).toBe(ordered.reduce((sum, { quantity }) => sum + quantity, 0));
    expect(Number(done.summary?.saving)).toBeCloseTo(
      ordered.reduce((sum, { saving }) => sum + Number(saving), 0),
      1,
    );
    expect(new Set(ordered.map(({ sku }) => sku))).toEqual(new Set(['STEADY']));
    expect(proposals.find(({ sku }) => sku === 'RARE')).toMatchObject({ mode: 'direct', quantity: 0 });
    for (const { reason } of proposals) expect(reason).not.toBe('');
    const file = parseCsv(await client().call('placements.file', { params: { id: done.id } }), 'proposals.csv');
    expect(file.map(({ sku, facility: where, quantity }) => [sku, where, Number(quantity)])).toEqual(
      ordered.map(({ sku, facility: where, quantity }) => [sku, where, quantity]),
    );
    expect(file.map(({ reason }) => reason)).toEqual(ordered.map(({ reason }) => reason));
    expect(done.summary?.decideBy).toBe(ordered.map(({ decideBy }) => decideBy).sort()[0]);
  });

  it('counts what is there and on its way, and keeps to a budget', async () => {
    const unitsOf = async (body: Partial<PlacementWish>) => (await make(body)).summary?.units ?? Number.NaN;
    const free = await unitsOf({ weeks: 20 });
    [{ facility } = { facility: '' }] = await proposalsOf((await make({ weeks: 20 })).id);
    const arrives = new Date(NOW + 7 * MS_PER_DAY).toISOString().slice(0, 10);
    const coming = await unitsOf({ weeks: 20, inTransit: [{ facility, sku: 'STEADY', quantity: 300, arrives }] });
    expect(coming).toBeLessThan(free);
    const limited = await make({ weeks: 20, limits: { budget: '500' } });
    expect(limited.summary?.units).toBeLessThan(free);
    expect(Number(limited.summary?.limited?.gain)).toBeLessThanOrEqual(Number(limited.summary?.limited?.bound) + 0.01);
    await client().call('stock.put', { body: { stock: [{ facility, sku: 'STEADY', quantity: 5000 }] } });
    expect(await unitsOf({ weeks: 20 })).toBe(0);
  });

  it('counts what was ordered as on its way, until it was not after all', async () => {
    await client().call('stock.put', { body: { stock: [{ facility, sku: 'STEADY', quantity: 0 }] } });
    const before = await make({ weeks: 20 });
    const { id } = before;
    const ordered = (await proposalsOf(id)).filter(({ quantity }) => quantity > 0);
    const direct = (await proposalsOf(id)).find(({ quantity }) => quantity === 0)?.rank ?? 0;
    const mark = (ranks: number[], isOrdered: boolean) =>
      client().call('placements.order', { params: { id }, body: { ranks, ordered: isOrdered } });
    const ranks = ordered.map(({ rank }) => rank);
    await expect(mark([...ranks, direct], true)).rejects.toThrow(String(direct));
    expect((await proposalsOf(id)).some(({ orderedAt }) => orderedAt !== undefined)).toBe(false);
    const { proposals } = await mark(ranks, true);
    expect(proposals.map(({ rank }) => rank)).toEqual(ranks);
    for (const { orderedAt = '', arrives = '' } of proposals) expect(arrives > orderedAt.slice(0, 10)).toBe(true);
    expect(await mark(ranks, true)).toEqual({ proposals });
    expect((await make({ weeks: 20 })).summary?.units).toBeLessThan((before.summary?.units ?? 0) / 4);
    await mark(ranks, false);
    expect((await proposalsOf(id)).some(({ arrives }) => arrives !== undefined)).toBe(false);
    expect((await make({ weeks: 20 })).summary).toEqual(before.summary);
  });

  it('leaves out cancelled orders, and refuses what names no warehouse', async () => {
    const cancelled = sales('GONE', 'US', 90, 20).map((order) => ({ ...order, status: 'cancelled' as const }));
    await client().call('orders.submit', { body: { orders: cancelled } });
    const { summary } = await make();
    expect(summary?.items).toBe(2);
    const elsewhere = { facility: 'MOON', sku: 'STEADY', quantity: 1, arrives: '2030-01-01' };
    await expect(make({ inTransit: [elsewhere] })).rejects.toThrow('MOON');
    await expect(make({ limits: { facilities: { MOON: { units: 4 } } } })).resolves.toMatchObject({
      state: 'failed',
      fault: { field: expect.stringContaining('MOON') },
    });
  });

  it('is left to the next worker when it is called off, and made then', async () => {
    const { id } = await client().call('placements.create', { body: {} });
    const stopping = new AbortController();
    const working = makePlacements(test.house.database, stopping.signal);
    setTimeout(() => stopping.abort(), 200);
    expect(await working).toBe(0);
    expect((await client().call('placements.get', { params: { id } })).state).toBe('running');
    expect(await makePlacements(test.house.database)).toBe(1);
    expect((await client().call('placements.get', { params: { id } })).state).toBe('done');
  });
});
