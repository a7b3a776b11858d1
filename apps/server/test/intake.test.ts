import { ApiProblem, type Client, type OrderSubmission } from '@crossparcel/api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Intake } from '../src/orders/intake.ts';
import { anEvent, anOrder, KINDS, openTestHouse, type TestHouse, withParcels } from './support.ts';

describe.each(KINDS)('intake on %s', (kind) => {
  let test: TestHouse;
  let client: Client;
  beforeAll(async () => {
    test = await openTestHouse(kind);
    client = test.client();
  });
  afterAll(() => test.remove());

  const submit = async (...orders: OrderSubmission[]) =>
    (await client.call('orders.submit', { body: { orders } })).results;
  const order = (id: string) => client.call('orders.get', { params: { id } });

  it('takes an order in once, however often it is sent, also at the same time', async () => {
    const orders = Array.from({ length: 40 }, (_, index) => anOrder({ externalId: `twice-${index}` }));
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit(...orders)));
    const outcomes = answers.flat().map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(40);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(200);
    expect(new Set(answers.flat().map(({ id }) => id)).size).toBe(40);
    const [row] = await test.raw<{ orders: number; versions: number; people: number; told: number }>(
      `SELECT (SELECT count(*)::int FROM orders WHERE external_id LIKE 'twice-%') AS orders,
         (SELECT count(*)::int FROM order_versions JOIN orders ON orders.id = order_id WHERE external_id LIKE 'twice-%') AS versions,
         (SELECT count(*)::int FROM people JOIN orders ON recipient_id = people.id WHERE external_id LIKE 'twice-%') AS people,
         (SELECT count(*)::int FROM outbox JOIN orders ON orders.id::text = subject WHERE external_id LIKE 'twice-%') AS told`,
    );
    expect(row).toEqual({ orders: 40, versions: 40, people: 40, told: 40 });
  });

  it('takes an order in once when several processes get it at the same time', async () => {
    const [seller] = await test.raw<{ id: string; operator_id: string }>('SELECT id, operator_id FROM sellers');
    const tenant = { operator: seller?.operator_id ?? '', seller: seller?.id ?? '' };
    const { database, keyring } = test.house;
    const processes = Array.from({ length: 4 }, () => new Intake(database, keyring));
    const orders = Array.from({ length: 60 }, (_, index) => anOrder({ externalId: `everywhere-${index}` }));
    const turned = [...orders].reverse();
    const answers = await Promise.all(
      processes.map((intake, index) => intake.submit(tenant, index % 2 === 0 ? orders : turned)),
    );
    const outcomes = answers.flat().map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(60);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(180);
  });

  it('ends with the latest version in whatever order and batches versions come', async () => {
    const versions = [1, 2, 3, 4].map((day) =>
      anOrder({
        updatedAt: `2026-11-0${day}T10:00:00Z`,
        lines: [{ sku: `SKU-${day}`, quantity: day, unitPrice: '1.00', cancelled: false }],
      }),
    );
    let run = 0;
    const plan = fc.record({
      order: fc.shuffledSubarray([0, 1, 2, 3, 3, 0], { minLength: 6 }),
      together: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ order: sequence, together }) => {
        const externalId = `moving-${run++}`;
        const sent = sequence.map((index) => ({ ...(versions[index] as OrderSubmission), externalId }));
        if (together) await submit(...sent);
        else for (const version of sent) await submit(version);
        const [last] = await submit(sent[0] as OrderSubmission);
        const kept = await order(last?.id ?? '');
        expect(kept.lines).toEqual(versions[3]?.lines);
        expect(kept.updatedAt).toBe('2026-11-04T10:00:00Z');
        expect(kept.versions).toBe(4);
      }),
      { numRuns: 12 },
    );
  });

  it('keeps senders apart who race with different versions of one order', async () => {
    const versions = Array.from({ length: 12 }, (_, index) =>
      anOrder({ externalId: 'raced', updatedAt: new Date(Date.UTC(2026, 10, 1 + index)).toISOString() }),
    ).map((version, index) => ({
      ...version,
      lines: [{ sku: `V${index}`, quantity: 1, unitPrice: '1.00', cancelled: false }],
    }));
    const answers = await Promise.all(versions.map((version) => submit(version)));
    const [first] = answers.flat();
    expect((await order(first?.id ?? '')).lines[0]?.sku).toBe('V11');
    expect(answers.flat().filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
  });

  it('follows an order through hold, release, cancellation and despatch', async () => {
    const why = { code: 'buyer-may-cancel', why: 'the buyer may still cancel', mend: 'wait an hour' };
    const [held] = await submit(anOrder({ externalId: 'life', holds: [why] }));
    expect(held).toMatchObject({ outcome: 'accepted', state: 'held' });
    const id = held?.id ?? '';
    const parcel = { orderId: id, lines: [{ sku: 'LASH-KIT', quantity: 1 }], grossGrams: 200 };
    const register = () => client.call('parcels.register', { body: { parcels: [parcel] } });
    await expect(register()).rejects.toMatchObject({ code: 'order-held', field: 'parcels[0].orderId' });

    const [released] = await submit(anOrder({ externalId: 'life', updatedAt: '2026-11-01T09:00:00Z' }));
    expect(released).toMatchObject({ outcome: 'updated', state: 'ready' });
    const own = { code: 'check-address', why: 'the street is missing', mend: 'ask the buyer' };
    expect((await client.call('orders.hold', { params: { id }, body: own })).state).toBe('held');
    expect((await order(id)).holds).toEqual([own]);
    await expect(register()).rejects.toMatchObject({ code: 'order-held' });
    const params = { id, code: 'check-address' };
    expect((await client.call('orders.release', { params })).state).toBe('ready');
    await expect(client.call('orders.release', { params })).rejects.toMatchObject({ problem: { status: 404 } });

    const {
      parcels: [made],
    } = await register();
    await client.call('events.record', { body: { events: [anEvent('departed', 1, [made?.epc ?? ''])] } });
    expect((await order(id)).state).toBe('despatched');
    const cancelled = anOrder({ externalId: 'life', updatedAt: '2026-11-02T09:00:00Z', status: 'cancelled' });
    expect((await submit(cancelled))[0]).toMatchObject({ outcome: 'updated', state: 'despatched' });
    await client.call('events.record', { body: { events: [anEvent('delivered', 9, [made?.epc ?? ''])] } });
    expect((await order(id)).state).toBe('delivered');

    const [gone] = await submit(anOrder({ externalId: 'gone', status: 'cancelled', holds: [why] }));
    expect(gone?.state).toBe('cancelled');
  });

  it('lets an order be cancelled before it has left, also when its parcel is registered', async () => {
    const { orderId } = await withParcels(client, 'late-cancel');
    await submit(anOrder({ externalId: 'late-cancel', updatedAt: '2026-11-09T00:00:00Z', status: 'cancelled' }));
    expect((await order(orderId)).state).toBe('cancelled');
  });

  it('keeps people sealed and apart, and erases them for good', async () => {
    const [taken] = await submit(anOrder({ externalId: 'person' }));
    const kept = await order(taken?.id ?? '');
    const params = { id: kept.recipientId ?? '' };
    expect((await client.call('people.get', { params })).name).toBe('Ada Example');
    const rows = await test.raw<{ text: string }>(
      'SELECT orders::text AS text FROM orders UNION ALL SELECT order_versions::text FROM order_versions UNION ALL SELECT outbox::text FROM outbox UNION ALL SELECT people::text FROM people',
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { text } of rows) expect(text).not.toMatch(/Ada|Sample Street|(?<![0-9a-f])78701(?![0-9a-f])|buyer-1/);

    await client.call('people.erase', { params });
    await expect(client.call('people.get', { params })).rejects.toMatchObject({ problem: { status: 404 } });
    await submit(
      anOrder({
        externalId: 'person',
        updatedAt: '2026-11-05T00:00:00Z',
        recipient: { name: 'Ada Again', lines: ['3 Street'] },
      }),
    );
    await expect(client.call('people.get', { params })).rejects.toMatchObject({ problem: { status: 404 } });
  });

  it('keeps a recipient who is known when a later version names none', async () => {
    const [taken] = await submit(anOrder({ externalId: 'masked' }));
    const { recipient: _, ...masked } = anOrder({ externalId: 'masked', updatedAt: '2026-11-06T00:00:00Z' });
    expect((await submit(masked))[0]?.outcome).toBe('updated');
    const { recipientId } = await order(taken?.id ?? '');
    expect((await client.call('people.get', { params: { id: recipientId ?? '' } })).name).toBe('Ada Example');
  });

  it.each([
    ['a quantity of nothing', { lines: [{ ...anOrder().lines[0], quantity: 0 }] }, 'orders[1].lines[0].quantity'],
    ['a price that is none', { lines: [{ ...anOrder().lines[0], unitPrice: '1,99' }] }, 'orders[1].lines[0].unitPrice'],
    ['a time without offset', { placedAt: '2026-11-01T08:00:00' }, 'orders[1].placedAt'],
    ['a country that is none', { destination: { country: 'USA' } }, 'orders[1].destination.country'],
    ['a field that is not known', { colour: 'red' }, 'orders[1].colour'],
    ['a character that is none', { recipient: { name: 'A\u0000', lines: ['x'] } }, 'orders[1].recipient.name'],
    ['half a pair', { lines: [{ ...anOrder().lines[0], description: '\ud83d' }] }, 'orders[1].lines[0].description'],
  ])('refuses a request with %s whole, and names the field', async (_, change, field) => {
    const good = anOrder({ externalId: 'beside-a-bad-one' });
    const bad = { ...anOrder({ externalId: 'bad' }), ...change } as OrderSubmission;
    const failure = await submit(good, bad).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiProblem);
    expect((failure as ApiProblem).problem).toMatchObject({ status: expect.toSatisfy((code) => code < 500), field });
    const { items } = await client.call('orders.list', { query: { externalId: 'beside-a-bad-one' } });
    expect(items).toEqual([]);
  });

  it('lists orders page by page, each once, latest first', async () => {
    await submit(...Array.from({ length: 25 }, (_, index) => anOrder({ shop: 'paged', externalId: `page-${index}` })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.call('orders.list', { query: { limit: 7, ...(cursor && { cursor }) } });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...seen].sort().reverse());
    const [count] = await test.raw<{ orders: number }>('SELECT count(*)::int AS orders FROM orders');
    expect(seen.length).toBe(count?.orders);
    await expect(client.call('orders.list', { query: { cursor: 'bm9uc2Vuc2U' } })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
  });
});
