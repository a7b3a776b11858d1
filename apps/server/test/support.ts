import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient, ROLES, type Scope } from '@crossparcel/api';
import { pino } from 'pino';
import { inject } from 'vitest';
import { makeDatabase } from '../../../test/support/postgres-server.ts';
import type { Sql } from '../src/database/database.ts';
import { asKeeper, type Tenant } from '../src/database/tenant.ts';
import { newId } from '../src/database/uuid.ts';
import { type House, type HouseConfig, openHouse } from '../src/house.ts';
import { createApp } from '../src/http/app.ts';
import { makeKey } from '../src/keys/api-key.ts';
import { insertKey } from '../src/keys/store.ts';
import { anOrder } from './records.ts';

export { anEvent, anOrder } from './records.ts';

/** The two kinds of database; what holds for one holds for the other. */
export const KINDS = ['pglite', 'postgres'] as const;
export type Kind = (typeof KINDS)[number];

/** An installation for tests. */
export interface TestHouse {
  readonly kind: Kind;
  readonly config: HouseConfig;
  readonly house: House;
  readonly fetch: typeof globalThis.fetch;
  /** A client with the owner's key, or another. */
  client(key?: string): Client;
  /** A new key of a tenant. */
  keyOf(tenant: Tenant, scopes?: readonly Scope[]): Promise<string>;
  /** Runs statements as who owns the tables but is no superuser where there is one, with no tenant set. */
  raw<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs several statements that way in one transaction. */
  rawAll<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  remove(): Promise<void>;
}

/** A configuration on fresh ground: a folder of its own, and a database of its own. */
export const freshConfig = async (kind: Kind): Promise<HouseConfig> => ({
  dataFolder: await mkdtemp(join(tmpdir(), 'crossparcel-house-')),
  databaseUrl:
    kind === 'pglite'
      ? undefined
      : await makeDatabase(inject('postgresAdminUrl'), `house_${randomBytes(6).toString('hex')}`),
  secret: undefined,
  logKey: undefined,
  logOrigin: undefined,
  webhooksInside: true,
});

export const silent = pino({ level: 'silent' });

/** Opens an installation on fresh ground. */
export const openTestHouse = async (kind: Kind): Promise<TestHouse> => {
  const config = await freshConfig(kind);
  const house = await openHouse(config, silent);
  const app = createApp(house);
  const inProcess: typeof globalThis.fetch = async (input, init) => app.request(input as string, init);
  return {
    kind,
    config,
    house,
    fetch: inProcess,
    client: (key = house.ownerKey) => createClient('http://localhost', key, inProcess),
    async keyOf(tenant, scopes = ROLES.owner) {
      const { secret, prefix, hash } = makeKey();
      const key = { id: newId(), tenant, name: 'test', prefix, hash, scopes, expiresAt: undefined };
      await asKeeper(house.database, (sql) => insertKey(sql, key));
      return secret;
    },
    raw: (text, values) => house.database.transaction((sql) => seeingAll(sql, () => sql.query(text, values))),
    rawAll: (work) => house.database.transaction((sql) => seeingAll(sql, () => work(sql))),
    async remove() {
      await house.close();
      await rm(config.dataFolder, { recursive: true, force: true });
    },
  };
};

const TABLES_WITH_POLICIES =
  "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relnamespace = 'public'::regnamespace";

/** Lets the owner of the tables see all rows for a while, as someone who repairs a database would. */
export const seeingAll = async <Result>(sql: Sql, work: () => Promise<Result>): Promise<Result> => {
  const tables = await sql.query<{ relname: string }>(TABLES_WITH_POLICIES);
  for (const { relname } of tables) await sql.run(`ALTER TABLE ${relname} NO FORCE ROW LEVEL SECURITY`);
  const result = await work();
  for (const { relname } of tables) await sql.run(`ALTER TABLE ${relname} FORCE ROW LEVEL SECURITY`);
  return result;
};

/** Takes one order in and registers parcels of it; gives the ids and names. */
export const withParcels = async (
  client: Client,
  externalId: string,
  count = 1,
): Promise<{ orderId: string; parcels: { id: string; epc: string }[] }> => {
  const { results } = await client.call('orders.submit', { body: { orders: [anOrder({ externalId })] } });
  const orderId = results[0]?.id ?? '';
  const parcel = { orderId, lines: [{ sku: 'LASH-KIT', quantity: 1 }], grossGrams: 240 };
  const { parcels } = await client.call('parcels.register', {
    body: { parcels: Array.from({ length: count }, () => parcel) },
  });
  return { orderId, parcels };
};
