import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isS10, isSscc } from '@crossparcel/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barcodesOf, textOf } from '../../../packages/documents/src/test/reading.ts';
import { makePlans } from '../src/plans/planning.ts';
import { anEvent, anOrder, KINDS, openTestHouse, type TestHouse } from './support.ts';

const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
const decoder = new Uint8Array(wasm).buffer;

describe.each(KINDS)('plans and despatch on %s', (kind) => {
  let test: TestHouse;
  beforeAll(async () => {
    test = await openTestHouse(kind);
    await client().call('items.put', { body: { items: [{ ...item, hs: '670420', origin: 'CN', value: '4.10' }] } });
  }, 60_000);
  afterAll(() => test.remove());

  const client = () => test.client();
  const submit = async (...orders: Parameters<typeof anOrder>[0][]) => {
    const { results } = await client().call('orders.submit', { body: { orders: orders.map(anOrder) } });
    return results.map(({ id }) => id);
  };
  const plan = async () => {
    const { id } = await client().call('plans.create', {});
    await makePlans(test.house.database, test.house.atlas);
    return client().call('plans.get', { params: { id } });
  };
  const despatch = (...orders: string[]) => client().call('despatches.create', { body: { orders } });
  const item = { sku: 'LASH-KIT', description: 'Eyelash kit', lengthMm: 120, widthMm: 80, heightMm: 30, massGrams: 90 };

  it('plans what is ready, says why, and leaves alone what is held or has a parcel', async () => {
    const [ready = '', held = ''] = await submit(
      { externalId: 'p-ready' },
      { externalId: 'p-held', holds: [{ code: 'fraud-review', why: 'x', mend: 'y' }] },
    );
    const done = await plan();
    expect([done.state, done.orders, done.summary?.orders]).toEqual(['done', 1, 1]);
    const decision = await client().call('orders.plan', { params: { id: ready } });
    expect(decision.plan).toBe(done.id);
    expect(decision.losers.length).toBeGreaterThan(0);
    for (const loser of decision.losers) expect(loser.why).not.toBe('');
    const sum = Object.entries(decision.costs).reduce(
      (cents, [kind, amount]) => (kind === 'total' ? cents : cents + Math.round(Number(amount) * 100)),
      0,
    );
    expect(sum).toBe(Math.round(Number(decision.costs.total) * 100));
    await expect(client().call('orders.plan', { params: { id: held } })).rejects.toThrow('plan');
    await despatch(ready);
    expect((await plan()).orders).toBe(0);
  });

  it('gives parcels numbers of their own, also to many at once, and the same ones when asked again', async () => {
    const orders = await submit(...Array.from({ length: 40 }, (_, index) => ({ externalId: `n-${index}` })));
    await plan();
    const quarters = [0, 1, 2, 3].map((part) => orders.slice(part * 10, part * 10 + 10));
    const answers = await Promise.all(quarters.map((some) => despatch(...some)));
    const made = answers.flatMap(({ parcels }) => parcels);
    expect(answers.flatMap(({ refused }) => refused)).toEqual([]);
    expect(made.length).toBeGreaterThanOrEqual(40);
    expect(new Set(made.map(({ number }) => number)).size).toBe(made.length);
    for (const { number } of made) expect(isS10(number) || isSscc(number)).toBe(true);
    expect(await despatch(...orders)).toEqual({
      parcels: expect.arrayContaining(made),
      refused: [],
    });
    const [first] = made;
    const parcel = await client().call('parcels.get', { params: { id: first?.id ?? '' } });
    expect(parcel.timeline.map(({ milestone }) => milestone)).toEqual(['announced']);
    const found = await client().call('parcels.list', { query: { number: first?.number ?? '' } });
    expect(found.items.map(({ id }) => id)).toEqual([first?.id]);
  });

  it('declares what the buyer pays and what the goods weigh, to the cent and the gram', async () => {
    const lines = [
      { sku: 'LASH-KIT', quantity: 3, unitPrice: '12.90', cancelled: false },
      { sku: 'LASH-KIT', quantity: 1, unitPrice: '11.15', cancelled: false },
      { sku: 'GONE', quantity: 9, unitPrice: '1.00', cancelled: true },
    ];
    const [order = ''] = await submit({ externalId: 'd-1', lines });
    await plan();
    const { parcels } = await despatch(order);
    const rows = await Promise.all(parcels.map(({ id }) => client().call('parcels.get', { params: { id } })));
    const goods = rows.flatMap((row) => row.despatch?.goods ?? []);
    const cents = goods.reduce((sum, { value }) => sum + Math.round(Number(value) * 100), 0);
    expect(cents).toBe(3 * 1290 + 1115);
    expect(goods.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4);
    expect(goods.reduce((sum, { netGrams }) => sum + netGrams, 0)).toBe(4 * item.massGrams);
    for (const { grossGrams, despatch: given } of rows) {
      expect(grossGrams).toBeGreaterThan(given?.goods.reduce((sum, { netGrams }) => sum + netGrams, 0) ?? 0);
    }
  });

  it('takes units out of stock once, and makes no parcel of what is not there', async () => {
    const sku = 'SHELF-1';
    await client().call('items.put', {
      body: { items: [{ ...item, sku, hs: '670420', origin: 'CN', value: '4.10' }] },
    });
    await client().call('stock.put', { body: { stock: [{ facility: 'US-E', sku, quantity: 1 }] } });
    const [order = ''] = await submit({
      externalId: 's-1',
      destination: { country: 'US', postalPrefix: '100' },
      lines: [{ sku, quantity: 1, unitPrice: '25.00', cancelled: false }],
    });
    await plan();
    expect((await client().call('orders.plan', { params: { id: order } })).mode).toBe('local');
    await client().call('stock.put', { body: { stock: [{ facility: 'US-E', sku, quantity: 0 }] } });
    expect((await despatch(order)).refused.map(({ code }) => code)).toEqual(['too-little-stock']);
    await client().call('stock.put', { body: { stock: [{ facility: 'US-E', sku, quantity: 1 }] } });
    const [one, two] = await Promise.all([despatch(order), despatch(order)]);
    expect(one.parcels).toEqual(two.parcels);
    expect(isSscc(one.parcels[0]?.number ?? '')).toBe(true);
    const left = await client().call('stock.list', {});
    expect(left.items.filter((row) => row.sku === sku)).toEqual([{ facility: 'US-E', sku, quantity: 0 }]);
  });

  it('refuses, and says why, what is unknown, held, cancelled, unplanned or changed since', async () => {
    const [changed = '', cancelled = ''] = await submit({ externalId: 'r-changed' }, { externalId: 'r-cancelled' });
    await plan();
    await submit(
      {
        externalId: 'r-changed',
        updatedAt: '2026-11-12T00:00:00Z',
        lines: [{ sku: 'LASH-KIT', quantity: 3, unitPrice: '12.90', cancelled: false }],
      },
      { externalId: 'r-cancelled', updatedAt: '2026-11-12T00:00:00Z', status: 'cancelled' },
    );
    const [unplanned = ''] = await submit({ externalId: 'r-unplanned' });
    const unknown = '01a20000-0000-7000-8000-000000000000';
    const { parcels, refused } = await despatch(changed, cancelled, unplanned, unknown);
    expect(parcels).toEqual([]);
    expect(refused.map(({ orderId, code }) => [orderId, code])).toEqual([
      [changed, 'plan-outdated'],
      [cancelled, 'order-held'],
      [unplanned, 'order-unplanned'],
      [unknown, 'unknown-order'],
    ]);
    for (const { what, mend } of refused) expect(what && mend).toBeTruthy();
  });

  it('prints papers that say what was planned, and none once the recipient is erased', async () => {
    const [order = ''] = await submit({ externalId: 'paper-1' });
    await plan();
    const { parcels } = await despatch(order);
    const id = parcels[0]?.id ?? '';
    for (const paper of ['label', 'customs-form', 'packing-slip'] as const) {
      const pdf = await client().call('parcels.paper', { params: { id, paper } });
      expect(Buffer.from(pdf).subarray(0, 5).toString('latin1'), paper).toBe('%PDF-');
    }
    const { recipientId = '' } = await client().call('orders.get', { params: { id: order } });
    await client().call('people.erase', { params: { id: recipientId } });
    await expect(client().call('parcels.paper', { params: { id, paper: 'label' } })).rejects.toThrow(/recipient/);
  });

  it('prints on the customs form what was declared, to the cent and the gram, under a barcode that reads as the number', async () => {
    const [order = ''] = await submit({
      externalId: 'paper-2',
      lines: [
        { sku: 'LASH-KIT', quantity: 40, unitPrice: '12.93', cancelled: false },
        { sku: 'LASH-KIT', quantity: 1, unitPrice: '0.07', cancelled: false },
      ],
    });
    await plan();
    const { parcels } = await despatch(order);
    for (const { id, number } of parcels) {
      const { grossGrams, despatch: given } = await client().call('parcels.get', { params: { id } });
      const form = await client().call('parcels.paper', { params: { id, paper: 'customs-form' } });
      const text = (await textOf(form)).join(' ');
      for (const { value, netGrams } of given?.goods ?? []) {
        expect(text).toContain(value);
        expect(text).toContain((netGrams / 1000).toFixed(3));
      }
      expect(text).toContain((grossGrams / 1000).toFixed(3));
      expect(text).toMatch(grossGrams > 2000 || Number(given?.goods[0]?.value) > 420 ? /CN 23/ : /CN 22/);
      const label = await client().call('parcels.paper', { params: { id, paper: 'label' } });
      expect((await barcodesOf(label, 300, decoder)).map(({ text: read }) => read)).toEqual([number]);
    }
  });

  it('says what burns, and stops saying so when it is mended', async () => {
    const [order = ''] = await submit({ externalId: 'burns', placedAt: '2026-11-20T08:00:00Z' });
    await plan();
    const { parcels } = await despatch(order);
    const [parcel] = parcels;
    // After its announcement, which was just now.
    const soon = Math.ceil((Date.now() - Date.parse('2026-11-10T00:00:00Z')) / 3_600_000) + 1;
    await client().call('events.record', { body: { events: [anEvent('departed', soon, [parcel?.epc ?? ''])] } });
    await test.raw("UPDATE parcels SET due_at = now() - interval '1 day' WHERE id = $1", [parcel?.id]);
    const late = async () => {
      const { concerns } = await client().call('today.get', {});
      return (
        concerns.find(({ kind: what }) => what === 'parcels-late')?.examples.map(({ parcel: which }) => which) ?? []
      );
    };
    expect(await late()).toContain(parcel?.id);
    await client().call('events.record', { body: { events: [anEvent('delivered', soon + 5, [parcel?.epc ?? ''])] } });
    expect(await late()).not.toContain(parcel?.id);
    const { days } = await client().call('today.get', {});
    expect(days).toHaveLength(60);
  });

  it('tells those who listen that something changed', async () => {
    const response = await test.fetch('http://localhost/v1/stream', {
      headers: { authorization: `Bearer ${test.house.ownerKey}` },
    });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let heard = '';
    const hear = async (what: string) => {
      while (!heard.includes(what)) heard += decoder.decode((await reader.read()).value);
    };
    await hear('listening');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await submit({ externalId: `heard-${kind}` });
    await hear('order.accepted');
    expect(heard).toMatch(/event: change\ndata: \{"topics":\[.*"order\.accepted"/);
    await reader.cancel();
  });

  it('goes on with a plan that a process left unfinished', async () => {
    await submit({ externalId: 'left' });
    const { id } = await client().call('plans.create', {});
    await test.raw("UPDATE plans SET claimed_until = now() + interval '10 minutes' WHERE id = $1", [id]);
    expect(await makePlans(test.house.database, test.house.atlas)).toBe(0);
    await test.raw("UPDATE plans SET claimed_until = now() - interval '1 second' WHERE id = $1", [id]);
    expect(await makePlans(test.house.database, test.house.atlas)).toBe(1);
    expect((await client().call('plans.get', { params: { id } })).state).toBe('done');
  });

  it('signs a browser in with a key, and out', async () => {
    const post = (body: object, headers: Record<string, string> = {}) =>
      test.fetch('http://localhost/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    expect((await post({ key: 'cp_no_key' })).status).toBe(401);
    const signedIn = await post({ key: test.house.ownerKey });
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const [pair = ''] = cookie.split(';');
    const who = (headers: Record<string, string>) => test.fetch('http://localhost/v1/session', { headers });
    expect((await who({ cookie: pair })).status).toBe(200);
    expect((await who({ cookie: pair, 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect((await who({})).status).toBe(401);
    const out = await test.fetch('http://localhost/v1/session', { method: 'DELETE', headers: { cookie: pair } });
    expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/);
  });
});
