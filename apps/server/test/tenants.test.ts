import { type AnyRoute, ROLES, type RouteName, routes, SCOPES } from '@crossparcel/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { asKeeper, asTenant, type Tenant } from '../src/database/tenant.ts';
import { idOf } from '../src/database/uuid.ts';
import { leaseBlock } from '../src/despatch/number-leases.ts';
import { Jobs } from '../src/jobs/jobs.ts';
import { makePlacements } from '../src/placement/placing.ts';
import { makePlans } from '../src/plans/planning.ts';
import { addOperator } from '../src/tenants/store.ts';
import { anEvent, anOrder, KINDS, openTestHouse, type TestHouse, withParcels } from './support.ts';

/** A seller with one of everything, and the texts by which a leak of it would show. */
interface Estate {
  readonly tenant: Required<Tenant>;
  /** Ids by the collection of the path that names them. */
  readonly ids: Readonly<Record<string, string>>;
  readonly marks: readonly string[];
}

const names = Object.keys(routes) as RouteName[];
const routeOf = (name: RouteName): AnyRoute => routes[name] as unknown as AnyRoute;

/** A post that is over. */
const POST = { platform: 'tiktok', kind: 'video', publishesAt: '2026-11-10T00:00:00Z', skus: [] };

/** A valid body for each route that takes one, aimed at an estate. */
const bodyFor: Partial<Record<RouteName, (target: Estate) => unknown>> = {
  'orders.submit': () => ({ orders: [anOrder({ externalId: 'intruder' })] }),
  'orders.hold': () => ({ code: 'intruder', why: 'intruder', mend: '' }),
  'parcels.register': ({ ids }) => ({
    parcels: [{ orderId: ids.orders, lines: [{ sku: 'A', quantity: 1 }], grossGrams: 1 }],
  }),
  'events.record': ({ marks }) => ({ events: [anEvent('lost', 20, [marks[0] as string])] }),
  'items.put': () => ({ items: [{ sku: 'intruder' }] }),
  'stock.put': () => ({ stock: [{ facility: 'US-E', sku: 'intruder', quantity: 1 }] }),
  'posts.put': ({ marks }) => ({ posts: [{ ...POST, externalId: marks[4] }] }),
  'posts.readings': ({ marks }) => ({
    readings: [
      { platform: POST.platform, externalId: marks[4], metric: 'views', at: '2026-11-11T00:00:00Z', value: 1 },
    ],
  }),
  'placements.create': () => ({ weeks: 4 }),
  'placements.order': () => ({ ranks: [1] }),
  'despatches.create': ({ ids }) => ({ orders: [ids.orders] }),
  'numbers.open': () => ({ form: { kind: 's10', service: 'RX', country: 'CN' }, first: 1, last: 9 }),
  'numbers.lease': () => ({ kind: 's10', count: 1, holder: 'intruder', seconds: 60 }),
  'numbers.close': () => ({ issued: 0, rest: 'returned' }),
  'session.begin': () => ({ key: 'cp_intruder_intruder' }),
  'sellers.create': () => ({ name: 'intruder' }),
  'keys.create': ({ tenant }) => ({ name: 'intruder', role: 'viewer', seller: tenant.seller }),
  'webhooks.create': () => ({ url: 'https://intruder.example', topics: ['order.accepted'] }),
};

/** A request for a route that names what belongs to an estate wherever it can. */
const requestFor = (name: RouteName, target: Estate): { url: string; init: RequestInit } => {
  const route = routeOf(name);
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
    const collection = /\/(\w+)\/\{id\}/.exec(route.path)?.[1] ?? '';
    const value = parameter === 'id' ? target.ids[collection] : target.ids[parameter];
    if (value === undefined) throw new Error(`${name} names a ${collection}: add one to the estates`);
    return value;
  });
  const query = new URLSearchParams();
  if ('seller' in route.query) query.set('seller', target.tenant.seller);
  if ('orderId' in route.query) query.set('orderId', target.ids.orders ?? '');
  if ('epc' in route.query) query.set('epc', target.marks[0] ?? '');
  const takesBody = !(route.body instanceof z.ZodUndefined);
  if (takesBody && !bodyFor[name]) throw new Error(`${name} takes a body: add one to bodyFor`);
  const body = takesBody ? JSON.stringify(bodyFor[name]?.(target)) : undefined;
  return {
    url: `http://localhost${path}?${query}`,
    init: { method: route.method, ...(body === undefined ? {} : { body }) },
  };
};

/** The text of an answer; of a stream that does not end, what it says first. */
const textOf = async (response: Response): Promise<string> => {
  if (response.headers.get('content-type') !== 'text/event-stream') return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
};

describe.each(KINDS)('tenants on %s', (kind) => {
  let test: TestHouse;
  const estates: Record<'victim' | 'neighbour' | 'stranger', Estate> = {} as never;
  let tables: string[];

  /** Makes a seller one of everything that a tenant can have. */
  const furnish = async (tenant: Required<Tenant>, mark: string): Promise<Estate> => {
    const key = await test.keyOf(tenant);
    const client = test.client(key);
    const { orderId, parcels } = await withParcels(client, `${mark}-order`);
    const [parcel] = parcels as [{ id: string; epc: string }];
    const hold = { code: 'kept', why: mark, mend: mark };
    const order = await client.call(
      'orders.hold',
      { params: { id: orderId }, body: hold },
      { idempotencyKey: `${mark}-key` },
    );
    await client.call('events.record', { body: { events: [anEvent('departed', 1, [parcel.epc])] } });
    const webhook = await client.call('webhooks.create', {
      body: { url: `https://${mark}.example/`, topics: ['order.accepted'] },
    });
    await client.call('items.put', { body: { items: [{ sku: `${mark}-sku`, massGrams: 100 }] } });
    const { posts } = await client.call('posts.put', { body: { posts: [{ ...POST, externalId: `${mark}-post` }] } });
    const reading = { platform: POST.platform, externalId: `${mark}-post`, metric: 'views', value: 7 };
    await client.call('posts.readings', { body: { readings: [{ ...reading, at: '2026-11-10T09:00:00Z' }] } });
    await client.call('stock.put', { body: { stock: [{ facility: 'US-E', sku: `${mark}-sku`, quantity: 7 }] } });
    await client.call('orders.submit', { body: { orders: [anOrder({ externalId: `${mark}-planned` })] } });
    const plan = await client.call('plans.create', {});
    await makePlans(test.house.database, test.house.atlas);
    const placement = await client.call('placements.create', { body: {} });
    await makePlacements(test.house.database);
    const { items } = await client.call('orders.list', { query: { externalId: `${mark}-planned` } });
    await client.call('despatches.create', { body: { orders: items.map(({ id }) => id) } });
    const lease = await asTenant(test.house.database, tenant, (sql) =>
      leaseBlock(sql, tenant.operator, { kind: 's10', count: 2, holder: `${mark}-line`, seconds: 3600 }),
    );
    const failing = new Jobs(
      test.house.database,
      [
        {
          queue: `fails-${mark}`,
          retries: 0,
          retryDelay: 1,
          steps: [
            { kind: 'database', name: `notes-${mark}`, do: async () => undefined, undo: async () => undefined },
            {
              kind: 'world',
              name: `fails-${mark}`,
              do: () => Promise.reject(new Error(`it fails for ${mark}`)),
              undo: async () => undefined,
            },
          ],
        },
      ],
      () => undefined,
    );
    await failing.start();
    await failing.work(0.5);
    const job = { id: idOf(mark), data: { tenant, key: mark } };
    await asKeeper(test.house.database, (sql) => failing.send(sql, `fails-${mark}`, [job]));
    let dead = await failing.dead(tenant.operator);
    for (let tries = 0; tries < 80 && !dead.some(({ queue }) => queue === `fails-${mark}`); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      dead = await failing.dead(tenant.operator);
    }
    await failing.stop();
    const [{ id: keyId } = { id: '' }] = await test.raw<{ id: string }>('SELECT id FROM api_keys WHERE prefix = $1', [
      key.split('_')[1],
    ]);
    const ids = {
      orders: orderId,
      parcels: parcel.id,
      people: order.recipientId ?? '',
      webhooks: webhook.id,
      keys: keyId,
      dead: dead.find(({ queue }) => queue === `fails-${mark}`)?.id ?? 'no dead job',
      plans: plan.id,
      placements: placement.id,
      leases: lease.id,
      posts: posts[0]?.id ?? '',
      code: 'kept',
      paper: 'label',
    };
    const { code: _, paper: __, ...telling } = ids;
    return {
      tenant,
      ids,
      marks: [
        parcel.epc,
        `${mark}-order`,
        `https://${mark}.example`,
        `${mark}-sku`,
        `${mark}-post`,
        ...Object.values(telling),
      ],
    };
  };

  beforeAll(async () => {
    test = await openTestHouse(kind);
    const { database } = test.house;
    const home = await asKeeper(database, (sql) => addOperator(sql, 'Home'));
    const away = await asKeeper(database, (sql) => addOperator(sql, 'Away'));
    const second = await test
      .client(await test.keyOf({ operator: home.operator }))
      .call('sellers.create', { body: { name: 'Neighbour' } });
    estates.victim = await furnish(home, 'victim');
    estates.neighbour = await furnish({ operator: home.operator, seller: second.id }, 'neighbour');
    estates.stranger = await furnish(away, 'stranger');
    await test.house.sequencer.run();
    const rows = await test.raw<{ relname: string }>(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname",
    );
    tables = rows.map(({ relname }) => relname);
  }, 120_000);
  afterAll(() => test.remove());

  const call = async (name: RouteName, target: Estate, key: string | undefined) => {
    const { url, init } = requestFor(name, target);
    const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
    const response = await test.fetch(url, { ...init, headers });
    return { status: response.status, text: await textOf(response) };
  };

  /** All that belongs to an estate, as text. */
  const belongings = ({ operator, seller }: Required<Tenant>): Promise<Record<string, unknown[]>> =>
    test.rawAll(async (sql) => {
      const found: Record<string, unknown[]> = {};
      for (const table of ownTables()) {
        const text = `SELECT row::text AS text FROM ${table} AS row WHERE ${ownRows(table)} ORDER BY 1`;
        found[table] = await sql.query(text, [operator, seller]);
      }
      return found;
    });
  const sellerOf = (table: string): string => (table === 'sellers' ? 'id' : 'seller_id');
  /** Tables of the operator, which its sellers share, by the column that names it. */
  const SHARED: Readonly<Record<string, string>> = {
    operators: 'id',
    number_leases: 'operator_id',
    number_ranges: 'operator_id',
  };
  /** The condition for rows of a tenant, with its operator and seller as parameters. */
  const ownRows = (table: string): string =>
    table in SHARED ? `${SHARED[table]} = $1 AND $2::uuid IS NOT NULL` : `operator_id = $1 AND ${sellerOf(table)} = $2`;
  /** Tables of the house itself, which hold nothing of a tenant: the log has commitments only. */
  const COMMON = ['log_checkpoints', 'log_identity', 'log_tiles', 'sample_load', 'schema_migrations'];
  const ownTables = (): string[] => tables.filter((table) => !COMMON.includes(table));

  it('each have a row in every table, or the tests below would prove nothing', async () => {
    for (const estate of Object.values(estates)) {
      for (const [table, rows] of Object.entries(await belongings(estate.tenant))) expect(rows, table).not.toEqual([]);
    }
    expect(ownTables().length).toBeGreaterThan(12);
  });

  it.each(names)('%s tells nobody anything without a key that may', async (name) => {
    const route = routeOf(name);
    if (route.scope === 'public') {
      const { status, text } = await call(name, estates.victim, undefined);
      expect([route.status, 401]).toContain(status);
      for (const mark of estates.victim.marks) expect(text).not.toContain(mark);
      return;
    }
    const before = await belongings(estates.victim.tenant);
    const { victim } = estates;
    const revoked = await test.keyOf(victim.tenant);
    await test.raw('UPDATE api_keys SET revoked_at = now() WHERE prefix = $1', [revoked.split('_')[1]]);
    const expired = await test.keyOf(victim.tenant);
    await test.raw("UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE prefix = $1", [
      expired.split('_')[1],
    ]);
    const tampered = `${(await test.keyOf(victim.tenant)).slice(0, -1)}_`;
    for (const key of [undefined, revoked, expired, tampered, 'nonsense']) {
      expect((await call(name, victim, key)).status).toBe(401);
    }
    const others = await test.keyOf(
      victim.tenant,
      SCOPES.filter((scope) => scope !== route.scope),
    );
    if (route.scope !== 'any') expect((await call(name, victim, others)).status).toBe(403);
    await test.raw('DELETE FROM api_keys WHERE name = $1 AND id <> $2 AND operator_id = $3 AND seller_id = $4', [
      'test',
      victim.ids.keys,
      victim.tenant.operator,
      victim.tenant.seller,
    ]);
    expect(await belongings(victim.tenant)).toEqual(before);
  });

  it.each(names.filter((name) => routeOf(name).scope !== 'public'))(
    '%s neither shows nor changes what belongs to another',
    async (name) => {
      const { victim, neighbour, stranger } = estates;
      const before = await belongings(victim.tenant);
      const intruders = [
        await test.keyOf(stranger.tenant),
        await test.keyOf({ operator: stranger.tenant.operator }),
        await test.keyOf(neighbour.tenant),
      ];
      for (const key of intruders) {
        const { status, text } = await call(name, victim, key);
        for (const mark of victim.marks) {
          // An answer may repeat what the request itself said.
          const said = JSON.stringify(requestFor(name, victim));
          if (!said.includes(mark)) expect(text).not.toContain(mark);
        }
        if (routeOf(name).path.includes('{id}')) expect([403, 404]).toContain(status);
        else expect(status).not.toBe(500);
      }
      if (routeOf(name).level === 'operator') {
        expect((await call(name, victim, await test.keyOf(victim.tenant))).status).toBe(403);
      }
      await test.raw(
        "DELETE FROM api_keys WHERE name IN ('test', 'intruder') AND operator_id = $1 AND seller_id = $2 AND id <> $3",
        [victim.tenant.operator, victim.tenant.seller, victim.ids.keys],
      );
      expect(await belongings(victim.tenant)).toEqual(before);
    },
  );

  it('see in every table their own rows only, and the house has no table without a guard', async () => {
    const guards = await test.raw<{ relname: string; forced: boolean; policies: number }>(
      `SELECT relname, relrowsecurity AND true AS forced,
         (SELECT count(*)::int FROM pg_policy WHERE polrelid = pg_class.oid) AS policies
       FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    for (const { relname, forced, policies } of guards) {
      if (COMMON.includes(relname)) continue;
      expect(forced, relname).toBe(true);
      expect(policies, relname).toBeGreaterThan(0);
    }
    const [unforced] = await test.house.database.transaction((sql) =>
      sql.query<{ tables: number }>(
        "SELECT count(*)::int AS tables FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity AND relnamespace = 'public'::regnamespace",
      ),
    );
    expect(unforced?.tables).toBe(0);
    const { database } = test.house;
    for (const { tenant } of Object.values(estates)) {
      for (const scope of [tenant, { operator: tenant.operator }]) {
        for (const table of ownTables()) {
          const rows = await asTenant(database, scope, (sql) =>
            sql.query<Record<string, string>>(`SELECT * FROM ${table}`),
          );
          for (const row of rows) {
            expect(row[SHARED[table] ?? 'operator_id'], table).toBe(tenant.operator);
            if ('seller' in scope && !(table in SHARED)) expect(row[sellerOf(table)], table).toBe(tenant.seller);
          }
        }
      }
    }
  });

  it('cannot write, change or take over rows of another in any table', async () => {
    const { victim, neighbour, stranger } = estates;
    const { database } = test.house;
    const before = await belongings(victim.tenant);
    const attempts: string[] = [];
    for (const table of ownTables()) {
      const own = ownRows(table);
      const [row] = await test.raw<{ json: unknown }>(
        `SELECT to_jsonb(row) AS json FROM ${table} AS row WHERE ${own} LIMIT 1`,
        [victim.tenant.operator, victim.tenant.seller],
      );
      // What sellers of an operator share, a neighbour may use: numbers are leased from one range.
      const intruders = table.startsWith('number_') ? [stranger.tenant] : [stranger.tenant, neighbour.tenant];
      for (const tenant of intruders) {
        const attempt = (text: string, values: unknown[]) =>
          asTenant(database, tenant, (sql) => sql.query(text, values)).then(
            (rows) => `${rows.length} rows`,
            (error: { code?: string }) => error.code ?? String(error),
          );
        const insert = `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record(NULL::${table}, $1) RETURNING 1`;
        expect(await attempt(insert, [JSON.stringify(row?.json)]), `insert into ${table}`).toBe('42501');
        // The operator itself is shared by its sellers, and no tenant may change it.
        for (const text of [
          `UPDATE ${table} SET ${table === 'operators' ? 'name = name' : `operator_id = operator_id`} WHERE ${own} RETURNING 1`,
          `DELETE FROM ${table} WHERE ${own} RETURNING 1`,
        ]) {
          expect(['0 rows', '42501']).toContain(await attempt(text, [victim.tenant.operator, victim.tenant.seller]));
        }
        attempts.push(table);
      }
    }
    expect(attempts).toHaveLength(2 * ownTables().length - 2);
    expect(await belongings(victim.tenant)).toEqual(before);
  });

  it('are hidden from who has no role, and the keeper sees no goods, buyers or events', async () => {
    const { database } = test.house;
    const denied = (table: string) =>
      asKeeper(database, (sql) => sql.query(`SELECT * FROM ${table}`)).then(
        () => 'read',
        (error: { code?: string }) => error.code,
      );
    for (const table of ['people', 'orders', 'order_versions', 'order_holds', 'parcels', 'events', 'parcel_views']) {
      expect(await denied(table), table).toBe('42501');
    }
    if (kind === 'pglite') return;
    for (const table of ownTables()) {
      expect(await database.transaction((sql) => sql.query(`SELECT 1 FROM ${table}`)), table).toEqual([]);
    }
  });

  it('give their keys no more than they have themselves, and none for sellers of others', async () => {
    const { victim, stranger } = estates;
    const limited = test.client(
      await test.keyOf({ operator: stranger.tenant.operator }, ['keys:admin', 'orders:read']),
    );
    await expect(limited.call('keys.create', { body: { name: 'more', role: 'owner' } })).rejects.toMatchObject({
      problem: { status: 403 },
    });
    await expect(
      limited.call('keys.create', { body: { name: 'theirs', scopes: ['orders:read'], seller: victim.tenant.seller } }),
    ).rejects.toMatchObject({ problem: { status: 404 } });
    const made = await limited.call('keys.create', { body: { name: 'mine', scopes: ['orders:read'] } });
    expect((await test.client(made.secret).call('orders.list', {})).items.length).toBeGreaterThan(0);
    await limited.call('keys.revoke', { params: { id: made.id } });
    await expect(test.client(made.secret).call('orders.list', {})).rejects.toMatchObject({ problem: { status: 401 } });
    expect(Object.keys(ROLES).length).toBeGreaterThan(3);
  });
});
