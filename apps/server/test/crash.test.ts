import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { canonicalJson, type IdentifiedEvent, timelineOf } from '@crossparcel/trace';
import { TreeEdge, verifyCheckpoint } from '@crossparcel/trace/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tenant } from '../src/database/tenant.ts';
import { WRITE_STEPS } from '../src/events/writer.ts';
import { openHouse } from '../src/house.ts';
import { policyOf, SEQUENCER_STEPS } from '../src/ledger/log.ts';
import { KINDS, openTestHouse, seeingAll, silent, type TestHouse } from './support.ts';
import type { Orders } from './victim.ts';

const VICTIM = fileURLToPath(new URL('./victim.ts', import.meta.url));
/** Deaths at each step. */
const TIMES = 4;

/** What victims have said before they died. */
interface Said {
  readonly orders: string[];
  readonly events: string[];
  readonly checkpoints: string[];
}

describe.each(KINDS)('after SIGKILL on %s', (kind) => {
  let config: TestHouse['config'];
  let tenant: Required<Tenant>;
  const said: Said = { orders: [], events: [], checkpoints: [] };
  let deaths = 0;

  beforeAll(async () => {
    const test = await openTestHouse(kind);
    ({ config } = test);
    const [seller] = await test.raw<{ id: string; operator_id: string }>('SELECT id, operator_id FROM sellers');
    tenant = { operator: seller?.operator_id ?? '', seller: seller?.id ?? '' };
    await test.house.close();
  });
  afterAll(() => rm(config.dataFolder, { recursive: true, force: true }));

  /** Lets a victim work until it dies: at a step, or when its time is up. */
  const kill = async (step: string, nth: number, afterMs?: number): Promise<void> => {
    const { dataFolder, databaseUrl } = config;
    deaths += 1;
    const orders: Orders = { dataFolder, databaseUrl, tenant, name: `victim-${deaths}`, step, nth };
    const child = spawn(process.execPath, [VICTIM, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      if (text === '' && afterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), afterMs);
      text += part.toString('utf8');
    });
    const signal = await new Promise((resolve) => child.on('close', (_, how) => resolve(how)));
    expect(signal).toBe('SIGKILL');
    for (const line of text.split('\n').slice(0, -1)) {
      const word = JSON.parse(line) as { orders?: string[]; events?: string[]; checkpoint?: string };
      said.orders.push(...(word.orders ?? []));
      said.events.push(...(word.events ?? []));
      if (word.checkpoint) said.checkpoints.push(word.checkpoint);
    }
  };

  /** Opens the installation again and looks at everything. */
  const inspect = async (): Promise<void> => {
    const house = await openHouse(config, silent);
    try {
      await house.sequencer.run();
      const read = <Row>(text: string): Promise<Row[]> =>
        house.database.transaction((sql) => seeingAll(sql, () => sql.query<Row>(text)));

      const orders = await read<{ external_id: string; versions: number; views: number; told: number }>(
        `SELECT external_id, (SELECT count(*)::int FROM order_versions WHERE order_id = orders.id) AS versions,
           (SELECT count(*)::int FROM order_views WHERE order_id = orders.id) AS views,
           (SELECT count(*)::int FROM outbox WHERE subject = orders.id::text) AS told FROM orders`,
      );
      const byId = new Map(orders.map((order) => [order.external_id, order]));
      expect(byId.size).toBe(orders.length);
      for (const id of said.orders) expect(byId.get(id), id).toBeDefined();
      for (const order of orders) expect(order).toMatchObject({ versions: 1, views: 1, told: 1 });

      const events = await read<{ event_id: string; leaf_index: number; leaf_hash: Uint8Array; told: number }>(
        `SELECT event_id, leaf_index, leaf_hash,
           (SELECT count(*)::int FROM outbox WHERE topic = 'event.recorded' AND subject = event_id) AS told
         FROM events ORDER BY leaf_index`,
      );
      const ids = new Set(events.map(({ event_id: id }) => id));
      expect(ids.size).toBe(events.length);
      for (const id of said.events) expect(ids.has(id), id).toBe(true);
      expect(events.map(({ leaf_index: index }) => index)).toEqual(events.map((_, index) => index));
      for (const { told } of events) expect(told).toBe(1);

      const views = await read<{ id: string; timeline: string; events: string[] }>(
        `SELECT parcels.id, timeline, (SELECT coalesce(jsonb_agg(canonical), '[]') FROM event_parcels
           JOIN events ON position = event_position WHERE parcel_id = parcels.id) AS events
         FROM parcels JOIN parcel_views ON parcel_id = parcels.id`,
      );
      const [{ parcels } = { parcels: -1 }] = await read<{ parcels: number }>(
        'SELECT count(*)::int AS parcels FROM parcels',
      );
      expect(views).toHaveLength(parcels);
      for (const view of views) {
        expect(view.timeline).toBe(
          canonicalJson(timelineOf(view.events.map((text) => JSON.parse(text) as IdentifiedEvent))),
        );
      }

      await inspectLog(house.signer, events, await read('SELECT size, root, note FROM log_checkpoints ORDER BY size'));
    } finally {
      await house.close();
    }
  };

  /** Every checkpoint that was ever seen has the one root that its leaves have. */
  const inspectLog = async (
    signer: Parameters<typeof policyOf>[0],
    events: readonly { leaf_hash: Uint8Array }[],
    checkpoints: readonly { size: number; root: Uint8Array; note: string | null }[],
  ): Promise<void> => {
    const edge = new TreeEdge(0, []);
    const roots = new Map<number, string>();
    for (const { size, root, note } of checkpoints) {
      edge.append(events.slice(edge.size, size).map(({ leaf_hash: hash }) => new Uint8Array(hash)));
      const hex = Buffer.from(edge.root()).toString('hex');
      expect(Buffer.from(root).toString('hex'), `root of ${size}`).toBe(hex);
      roots.set(size, hex);
      expect(note, `signature of ${size}`).not.toBeNull();
      said.checkpoints.push(note ?? '');
    }
    expect(edge.size).toBe(events.length);
    const policy = policyOf(signer);
    for (const note of new Set(said.checkpoints)) {
      const verdict = verifyCheckpoint(note, policy);
      if (!verdict.valid) throw new Error(verdict.reason);
      const { size, root } = verdict.checkpoint;
      expect(Buffer.from(root).toString('hex'), `the root said for ${size}`).toBe(roots.get(Number(size)));
    }
  };

  it.each([...WRITE_STEPS, ...SEQUENCER_STEPS, 'orders-sent'])(
    `at ${'%s'} nothing acknowledged is lost, nothing doubled, and no size has two roots`,
    async (step) => {
      for (let time = 1; time <= TIMES; time += 1) await kill(step, time);
      await inspect();
    },
    120_000,
  );

  it('at any moment, the same', async () => {
    for (let time = 0; time < TIMES; time += 1) await kill('never', 0, 7 + 61 * time);
    await inspect();
    expect(said.orders.length).toBeGreaterThan(100);
    expect(said.events.length).toBeGreaterThan(200);
    expect(new Set(said.checkpoints).size).toBeGreaterThan(20);
  }, 120_000);
});
