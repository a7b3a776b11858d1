import type { Client } from '@crossparcel/api';
import { type EpcisEvent, MILESTONE_NAMES } from '@crossparcel/trace';
import {
  leafHash,
  TileTree,
  utf8,
  verifyCheckpoint,
  verifyConsistency,
  verifyParcelProof,
} from '@crossparcel/trace/ledger';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asKeeper } from '../src/database/tenant.ts';
import { readTile } from '../src/ledger/log.ts';
import { tileBody } from '../src/ledger/tiles.ts';
import { anEvent, anOrder, KINDS, openTestHouse, type TestHouse, withParcels } from './support.ts';

describe.each(KINDS)('events on %s', (kind) => {
  let test: TestHouse;
  let client: Client;
  beforeAll(async () => {
    test = await openTestHouse(kind);
    client = test.client();
  });
  afterAll(() => test.remove());

  const record = async (...events: EpcisEvent[]) => (await client.call('events.record', { body: { events } })).results;
  const parcel = (id: string) => client.call('parcels.get', { params: { id } });
  const timelines = () =>
    test.raw<{ parcel_id: string; timeline: string }>('SELECT * FROM parcel_views ORDER BY parcel_id');
  const views = async () => ({
    parcels: await timelines(),
    orders: await test.raw('SELECT * FROM order_views ORDER BY order_id'),
  });

  it('move a parcel, once however often they come', async () => {
    const { parcels, orderId } = await withParcels(client, 'moves');
    const [{ id, epc } = { id: '', epc: '' }] = parcels;
    const departed = anEvent('departed', 5, [epc]);
    const [first] = await record(departed);
    const again = await Promise.all(Array.from({ length: 5 }, () => record(departed, departed)));
    expect(first?.outcome).toBe('recorded');
    expect(new Set(again.flat().map(({ outcome }) => outcome))).toEqual(new Set(['known']));
    expect((await parcel(id)).timeline).toHaveLength(1);
    expect(await parcel(id)).toMatchObject({ state: 'moving', since: '2026-11-10T05:00:00Z' });
    expect((await client.call('orders.get', { params: { id: orderId } })).state).toBe('despatched');
    const told = await test.raw("SELECT * FROM outbox WHERE topic = 'event.recorded' AND subject = $1", [
      first?.eventID,
    ]);
    expect(told).toHaveLength(1);
  });

  it('give the same views whether they come late, twice or in another order', async () => {
    let run = 0;
    const history = fc.array(
      fc.record({
        milestone: fc.constantFrom(...MILESTONE_NAMES),
        hour: fc.integer({ min: 0, max: 30 }),
        isVoid: fc.boolean(),
      }),
      { minLength: 1, maxLength: 7 },
    );
    await fc.assert(
      fc.asyncProperty(history, fc.infiniteStream(fc.nat()), async (sightings, picks) => {
        const { parcels } = await withParcels(client, `history-${run++}`, 2);
        const [one, other] = parcels;
        if (!one || !other) throw new Error('two parcels were registered');
        // The same history for both, but for their names: ids are given so that they stay comparable.
        const eventsOf = (epc: string) =>
          sightings.flatMap(({ milestone, hour, isVoid }, index) => {
            const event = { ...anEvent(milestone, hour, [epc]), eventID: `urn:example:${run}:${index}:${epc}` };
            const taken = { ...event, errorDeclaration: { declarationTime: '2026-11-20T00:00:00Z' } };
            return isVoid ? [event, taken as EpcisEvent] : [event];
          });
        const straight = eventsOf(one.epc);
        await record(...straight);
        const shuffled = eventsOf(other.epc)
          .map((event) => ({ event, at: picks.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ event }) => event);
        for (const event of shuffled) await record(event);
        await record(...shuffled.slice(0, 3));
        const [first, second] = await Promise.all([parcel(one.id), parcel(other.id)]);
        const shape = ({ state, since, timeline }: typeof first, epc: string) =>
          JSON.stringify({ state, since, timeline }).replaceAll(epc, 'EPC');
        expect(shape(second, other.epc)).toBe(shape(first, one.epc));
      }),
      { numRuns: 15 },
    );
  });

  it('never bring a delivered parcel back on its way', async () => {
    const {
      parcels: [one],
    } = await withParcels(client, 'delivered');
    const epc = one?.epc ?? '';
    await record(anEvent('delivered', 9, [epc]));
    await record(anEvent('departed', 10, [epc]), anEvent('arrived', 2, [epc]));
    const { state, timeline } = await parcel(one?.id ?? '');
    expect(state).toBe('delivered');
    expect(timeline.map(({ milestone, isOverruled }) => [milestone, isOverruled])).toEqual([
      ['arrived', false],
      ['delivered', false],
      ['departed', true],
    ]);
  });

  it('of unknown parcels are refused one by one, and ids that are taken are not given twice', async () => {
    const {
      parcels: [one],
    } = await withParcels(client, 'conflict');
    const event = { ...anEvent('departed', 1, [one?.epc ?? '']), eventID: 'urn:example:mine' };
    const results = await record(
      event,
      { ...event, eventTime: '2026-11-11T00:00:00Z' },
      anEvent('departed', 1, ['urn:uuid:unknown']),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['recorded', 'conflict', 'unknown-parcel']);
    expect((await record({ ...event, bizStep: 'arriving' }))[0]?.outcome).toBe('conflict');
    expect((await parcel(one?.id ?? '')).timeline).toHaveLength(1);
  });

  it('have views that come out byte by byte the same when they are dropped and made again', async () => {
    const before = await views();
    expect(before.parcels.length).toBeGreaterThan(20);
    await test.raw('DELETE FROM parcel_views');
    await test.raw('DELETE FROM order_views');
    expect((await views()).parcels).toEqual([]);
    const made = await client.call('views.rebuild', {});
    expect(made).toEqual({ parcels: before.parcels.length, orders: before.orders.length });
    expect(JSON.stringify(await views())).toBe(JSON.stringify(before));
    await client.call('views.rebuild', {});
    expect(JSON.stringify(await views())).toBe(JSON.stringify(before));
  });

  it('are listed in the order of the log, page by page, each once', async () => {
    await test.house.sequencer.run();
    const [{ events } = { events: 0 }] = await test.raw<{ events: number }>(
      'SELECT count(*)::int AS events FROM events',
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.call('events.list', { query: { limit: 13, ...(cursor && { cursor }) } });
      seen.push(...page.items.map((event) => JSON.stringify(event)));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(events);
    const [
      {
        parcels: [one],
      } = { parcels: [] },
    ] = [await withParcels(client, 'listed')];
    await record(anEvent('collected', 1, [one?.epc ?? '']));
    await test.house.sequencer.run();
    const { items } = await client.call('events.list', { query: { epc: one?.epc ?? '' } });
    expect(items.map((event) => event.bizStep)).toEqual(['accepting']);
  });

  it('are proven: every parcel by a proof of its own, in which every byte counts', async () => {
    await test.house.sequencer.run();
    const policy = await client.call('log.policy', {});
    const parcels = (await timelines()).filter(({ timeline }) => JSON.parse(timeline).steps.length > 0);
    expect(parcels.length).toBeGreaterThan(20);
    const flip = fc.record({ at: fc.nat(), bit: fc.integer({ min: 0, max: 7 }) });
    for (const [index, { parcel_id: id }] of parcels.entries()) {
      const proof = await client.call('parcels.proof', { params: { id } });
      expect(verifyParcelProof(proof, policy)).toEqual({ valid: true });
      const bytes = Buffer.from(proof);
      const changed = (at: number, bit: number): boolean => {
        const copy = Buffer.from(bytes);
        copy[at] = (copy[at] ?? 0) ^ (1 << bit);
        return verifyParcelProof(copy.toString('latin1'), policy).valid;
      };
      // Every byte of one proof, some of each other.
      if (index === 0)
        for (let at = 0; at < bytes.length; at += 1) expect(changed(at, at % 8), `byte ${at}`).toBe(false);
      fc.assert(
        fc.property(flip, ({ at, bit }) => {
          expect(changed(at % bytes.length, bit)).toBe(false);
        }),
        { numRuns: 20 },
      );
    }
    expect(
      verifyParcelProof(
        await client.call('parcels.proof', { params: { id: parcels[0]?.parcel_id ?? '' } }),
        `${policy}x`,
      ).valid,
    ).toBe(false);
  });

  it('grow one log: each checkpoint leads to the next, and its tiles to its root', async () => {
    const policy = await client.call('log.policy', {});
    const sizes: { size: number; root: Uint8Array }[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { parcels } = await withParcels(client, `grow-${round}`, 90);
      await record(...parcels.map(({ epc }, index) => anEvent('collected', index % 24, [epc])));
      await test.house.sequencer.run();
      const verdict = verifyCheckpoint(await client.call('log.checkpoint', {}), policy);
      if (!verdict.valid) throw new Error(verdict.reason);
      sizes.push({ size: Number(verdict.checkpoint.size), root: verdict.checkpoint.root });
    }
    const { size } = sizes.at(-1) ?? { size: 0 };
    expect(size).toBeGreaterThan(270);
    const tree = await asKeeper(test.house.database, async (sql) => {
      const log = new TileTree(size, (level, number) => readTile(sql, level, number));
      const steps = [];
      for (const before of sizes.slice(0, -1)) steps.push(await log.consistencyProof(before.size));
      return steps;
    });
    for (const [index, proof] of tree.entries()) {
      const [from, to] = [sizes[index], sizes.at(-1)];
      if (!from || !to) throw new Error('three checkpoints were made');
      const claim = { size1: from.size, root1: from.root, size2: to.size, root2: to.root, proof };
      expect(verifyConsistency(claim)).toBe(true);
      expect(verifyConsistency({ ...claim, root1: to.root })).toBe(false);
    }
    // What anybody can fetch: entries whose hashes are the leaves of the tile beside them.
    const bundle = await tileBody(test.house.database, { level: 'entries', number: 0, width: 256 });
    const tile = await tileBody(test.house.database, { level: 0, number: 0, width: 256 });
    const entries: Uint8Array[] = [];
    for (let at = 0; bundle && at < bundle.length; ) {
      const length = ((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0);
      entries.push(bundle.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    expect(entries).toHaveLength(256);
    for (const [index, entry] of entries.entries()) {
      expect(leafHash(entry)).toEqual(tile?.subarray(index * 32, index * 32 + 32));
      expect(Buffer.from(entry).includes(Buffer.from(utf8('crossparcel/event/v1\n')))).toBe(true);
      expect(entry).toHaveLength(21 + 32);
    }
    const response = await test.fetch('http://localhost/log/tile/0/000');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect((await test.fetch('http://localhost/log/tile/0/999')).status).toBe(404);
    expect((await test.fetch(`http://localhost/log/tile/0/001.p/${size - 256}`)).status).toBe(200);
    expect((await test.fetch(`http://localhost/log/tile/0/001.p/${size - 255}`)).status).toBe(404);
  });

  it('lets several who believe to be the sequencer make one log', async () => {
    const { parcels } = await withParcels(client, 'several', 60);
    await record(...parcels.map(({ epc }) => anEvent('collected', 2, [epc])));
    const { Sequencer } = await import('../src/ledger/log.ts');
    const others = Array.from({ length: 4 }, () => new Sequencer(test.house.database, test.house.signer));
    await Promise.all([...others, test.house.sequencer].map((one) => one.run()));
    await test.house.sequencer.run();
    const [row] = await test.raw<{ events: number; highest: number; open: number }>(
      'SELECT count(*)::int AS events, max(leaf_index)::int AS highest, count(*) FILTER (WHERE leaf_index IS NULL)::int AS open FROM events',
    );
    expect(row).toEqual({ events: row?.events, highest: (row?.events ?? 0) - 1, open: 0 });
  });

  it('of a bag are told of each of its parcels, and each seller gets its own only', async () => {
    const other = await client.call('sellers.create', { body: { name: 'Second seller' } });
    const sellers = await client.call('sellers.list', { query: {} });
    const first = sellers.items.find(({ id }) => id !== other.id)?.id ?? '';
    const register = async (seller: string, externalId: string) => {
      const { results } = await client.call('orders.submit', {
        query: { seller },
        body: { orders: [anOrder({ externalId })] },
      });
      const body = {
        parcels: [{ orderId: results[0]?.id ?? '', lines: [{ sku: 'A', quantity: 1 }], grossGrams: 100 }],
      };
      return (await client.call('parcels.register', { query: { seller }, body })).parcels[0] as {
        id: string;
        epc: string;
      };
    };
    const mine = await register(first, 'bag-1');
    const theirs = await register(other.id, 'bag-2');
    const [result] = await record(anEvent('bagged', 3, [mine.epc, theirs.epc, 'urn:uuid:elsewhere']));
    expect(result?.outcome).toBe('recorded');
    expect((await parcel(mine.id)).timeline).toHaveLength(1);
    expect((await parcel(theirs.id)).timeline).toHaveLength(1);
    const copies = await test.raw<{ seller_id: string; canonical: string }>(
      'SELECT seller_id, canonical FROM events WHERE event_id = $1',
      [result?.eventID],
    );
    for (const { seller_id: seller, canonical } of copies) {
      expect(canonical.includes(mine.epc)).toBe(seller === first);
      expect(canonical.includes(theirs.epc)).toBe(seller === other.id);
    }
    await client.call('events.record', {
      query: { seller: first },
      body: { events: [anEvent('unbagged', 4, [mine.epc])] },
    });
  });
});
