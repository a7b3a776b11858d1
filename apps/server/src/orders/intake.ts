import type { IntakeResult, OrderSubmission } from '@crossparcel/api';
import type { ParcelState } from '@crossparcel/trace';
import { MicroBatcher } from '../batching/micro-batcher.ts';
import { type Database, isPassing, type Sql } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { type Message, tell } from '../outbox/outbox.ts';
import { keepPeople, type Person } from '../people/store.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { orderStateOf } from './order-state.ts';
import { compareVersions, type OrderVersion, versionOf } from './version.ts';

const BATCH = { most: 500, waitMs: 5 };
const ATTEMPTS = 3;

interface KnownOrder {
  readonly id: string;
  readonly shop: string;
  readonly external_id: string;
  readonly version_hash: string;
  readonly updated_at: Date;
  readonly recipient_id: string | null;
}

interface Written {
  readonly id: string;
  readonly outcome: IntakeResult['outcome'];
  readonly version: OrderVersion;
  readonly recipientId: string | undefined;
}

const keyOf = (shop: string, externalId: string): string => JSON.stringify([shop, externalId]);

/**
 * Takes orders in. An order is acknowledged when the transaction that holds it has been committed, and not before; sent
 * again it is the same order; of several versions the latest counts, in whatever order they come. Orders that arrive
 * within a few milliseconds share a transaction.
 */
export class Intake {
  readonly #database: Database;
  readonly #keyring: Keyring;
  readonly #batchers = new Map<string, MicroBatcher<OrderSubmission, IntakeResult>>();

  constructor(database: Database, keyring: Keyring) {
    this.#database = database;
    this.#keyring = keyring;
  }

  /** Takes some orders of a seller in; one result each, in order. */
  submit(tenant: Required<Tenant>, orders: readonly OrderSubmission[]): Promise<IntakeResult[]> {
    const key = `${tenant.operator}|${tenant.seller}`;
    let batcher = this.#batchers.get(key);
    if (!batcher) {
      batcher = new MicroBatcher({ ...BATCH, width: this.#database.width }, (items) => this.#commit(tenant, items));
      this.#batchers.set(key, batcher);
    }
    return Promise.all(orders.map((order) => batcher.add(order)));
  }

  async #commit(tenant: Required<Tenant>, orders: readonly OrderSubmission[]): Promise<IntakeResult[]> {
    const versions = orders.map((order) => versionOf(order, this.#keyring));
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await asTenant(this.#database, tenant, (sql) => writeVersions(sql, tenant, versions, this.#keyring));
      } catch (error) {
        if (attempt >= ATTEMPTS || !isPassing(error)) throw error;
      }
    }
  }
}

/** Writes versions of orders in one transaction; one result each, in order. */
const writeVersions = async (
  sql: Sql,
  tenant: Required<Tenant>,
  versions: readonly OrderVersion[],
  keyring: Keyring,
): Promise<IntakeResult[]> => {
  const best = new Map<string, OrderVersion>();
  for (const version of versions) {
    const key = keyOf(version.shop, version.externalId);
    const rival = best.get(key);
    if (!rival || compareVersions(version, rival) > 0) best.set(key, version);
  }
  // In one order for all transactions, so that two of them cannot wait for each other.
  const newest = [...best.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
  const inserted = await insertNew(sql, tenant, newest, keyring);
  const updated = await updateKnown(
    sql,
    tenant,
    newest.filter((version) => !inserted.has(keyOf(version.shop, version.externalId))),
    keyring,
  );
  const written = new Map([...inserted, ...updated]);
  await keepVersions(sql, tenant, versions, written);
  const states = await writeOrderViews(sql, tenant, [...written.values()]);
  await tell(sql, tenant, [...written.values()].flatMap(messagesOf));
  return versions.map((version) => resultOf(version, written, states));
};

const recipientOf = (version: OrderVersion, id: string): Person[] =>
  version.recipient === undefined ? [] : [{ id, recipient: version.recipient }];

const insertNew = async (
  sql: Sql,
  tenant: Required<Tenant>,
  versions: readonly OrderVersion[],
  keyring: Keyring,
): Promise<Map<string, Written>> => {
  const now = Date.now();
  const candidates = versions.map((version) => {
    const id = newId(now);
    return { id, version, recipientId: version.recipient === undefined ? undefined : id };
  });
  // Who is new is only known after the insert, and orders refer to people: people go first, strays are taken back.
  await keepPeople(
    sql,
    tenant,
    candidates.flatMap(({ id, version }) => recipientOf(version, id)),
    keyring,
  );
  const rows = await sql.query<{ id: string }>(
    `INSERT INTO orders (id, operator_id, seller_id, shop, external_id, placed_at, updated_at, version_hash, content, recipient_id)
     SELECT id, $2, $3, shop, external_id, placed_at, updated_at, version_hash, content, recipient_id
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, shop text, external_id text, placed_at timestamptz,
       updated_at timestamptz, version_hash text, content jsonb, recipient_id uuid)
     ON CONFLICT (operator_id, seller_id, shop, external_id) DO NOTHING
     RETURNING id`,
    [
      JSON.stringify(
        candidates.map(({ id, version, recipientId }) => ({
          id,
          shop: version.shop,
          external_id: version.externalId,
          placed_at: version.placedAt,
          updated_at: version.updatedAt,
          version_hash: version.hash,
          content: version.content,
          recipient_id: recipientId ?? null,
        })),
      ),
      tenant.operator,
      tenant.seller,
    ],
  );
  const fresh = new Set(rows.map((row) => row.id));
  const strays = candidates.flatMap(({ id, recipientId }) => (!fresh.has(id) && recipientId ? [recipientId] : []));
  if (strays.length > 0) await sql.query('DELETE FROM people WHERE id = ANY ($1::uuid[])', [strays]);
  return new Map(
    candidates
      .filter(({ id }) => fresh.has(id))
      .map(({ id, version, recipientId }) => [
        keyOf(version.shop, version.externalId),
        { id, outcome: 'accepted' as const, version, recipientId },
      ]),
  );
};

const updateKnown = async (
  sql: Sql,
  tenant: Required<Tenant>,
  versions: readonly OrderVersion[],
  keyring: Keyring,
): Promise<Map<string, Written>> => {
  if (versions.length === 0) return new Map();
  const known = await sql.query<KnownOrder>(
    `SELECT id, shop, external_id, version_hash, updated_at, recipient_id FROM orders
     WHERE (seller_id, shop, external_id) IN (SELECT $2::uuid, shop, external_id FROM jsonb_to_recordset($1::jsonb) AS row (shop text, external_id text))
     ORDER BY id FOR UPDATE`,
    [JSON.stringify(versions.map(({ shop, externalId }) => ({ shop, external_id: externalId }))), tenant.seller],
  );
  const byKey = new Map(known.map((row) => [keyOf(row.shop, row.external_id), row]));
  const written = new Map<string, Written>();
  for (const version of versions) {
    const key = keyOf(version.shop, version.externalId);
    const row = byKey.get(key);
    if (!row) throw new Error(`order ${version.externalId} was neither new nor known`);
    const order = compareVersions(version, { updatedAt: row.updated_at, hash: row.version_hash });
    const outcome = order === 0 ? 'unchanged' : order > 0 ? 'updated' : 'outdated';
    const recipientId = row.recipient_id ?? (version.recipient === undefined ? undefined : row.id);
    written.set(key, { id: row.id, outcome, version, recipientId });
  }
  const newer = [...written.values()].filter(({ outcome }) => outcome === 'updated');
  await keepPeople(
    sql,
    tenant,
    newer.flatMap(({ version, id, recipientId }) => recipientOf(version, recipientId ?? id)),
    keyring,
  );
  if (newer.length > 0) {
    await sql.query(
      `UPDATE orders SET placed_at = row.placed_at, updated_at = row.updated_at, version_hash = row.version_hash,
         content = row.content, recipient_id = coalesce(orders.recipient_id, row.recipient_id)
       FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, placed_at timestamptz, updated_at timestamptz, version_hash text,
         content jsonb, recipient_id uuid)
       WHERE orders.id = row.id`,
      [
        JSON.stringify(
          newer.map(({ id, version, recipientId }) => ({
            id,
            placed_at: version.placedAt,
            updated_at: version.updatedAt,
            version_hash: version.hash,
            content: version.content,
            recipient_id: recipientId ?? null,
          })),
        ),
      ],
    );
  }
  return written;
};

/** Every version that came is kept, also those that did not count. */
const keepVersions = async (
  sql: Sql,
  tenant: Required<Tenant>,
  versions: readonly OrderVersion[],
  written: ReadonlyMap<string, Written>,
): Promise<void> => {
  const rows = versions.map((version) => ({
    order_id: written.get(keyOf(version.shop, version.externalId))?.id,
    version_hash: version.hash,
    updated_at: version.updatedAt,
    content: version.content,
  }));
  await sql.query(
    `INSERT INTO order_versions (order_id, operator_id, seller_id, version_hash, updated_at, content)
     SELECT order_id, $2, $3, version_hash, updated_at, content
     FROM jsonb_to_recordset($1::jsonb) AS row (order_id uuid, version_hash text, updated_at timestamptz, content jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), tenant.operator, tenant.seller],
  );
};

/** The state of new and changed orders, kept as their view; and of all that were written, for the answer. */
const writeOrderViews = async (
  sql: Sql,
  tenant: Required<Tenant>,
  written: readonly Written[],
): Promise<Map<string, IntakeResult['state']>> => {
  const changed = written.filter(({ outcome }) => outcome === 'accepted' || outcome === 'updated');
  const updated = changed.filter(({ outcome }) => outcome === 'updated').map(({ id }) => id);
  const parcels = updated.length === 0 ? new Map<string, ParcelState[]>() : await parcelStates(sql, updated);
  const rows = changed.map(({ id, version }) => ({
    order_id: id,
    state: orderStateOf(version.content, parcels.get(id) ?? []),
  }));
  if (rows.length > 0) {
    await sql.query(
      `INSERT INTO order_views (order_id, operator_id, seller_id, state)
       SELECT order_id, $2, $3, state FROM jsonb_to_recordset($1::jsonb) AS row (order_id uuid, state text)
       ON CONFLICT (order_id) DO UPDATE SET state = excluded.state`,
      [JSON.stringify(rows), tenant.operator, tenant.seller],
    );
  }
  const states = new Map(rows.map(({ order_id, state }) => [order_id, state]));
  const others = written.flatMap(({ id }) => (states.has(id) ? [] : [id]));
  if (others.length === 0) return states;
  const kept = await sql.query<{ order_id: string; state: IntakeResult['state'] }>(
    'SELECT order_id, state FROM order_views WHERE order_id = ANY ($1::uuid[])',
    [others],
  );
  for (const { order_id: id, state } of kept) states.set(id, state);
  return states;
};

/** States of the parcels of some orders. */
export const parcelStates = async (sql: Sql, orderIds: readonly string[]): Promise<Map<string, ParcelState[]>> => {
  const rows = await sql.query<{ order_id: string; state: ParcelState }>(
    'SELECT order_id, state FROM parcel_views WHERE order_id = ANY ($1::uuid[]) ORDER BY parcel_id',
    [orderIds],
  );
  const states = new Map<string, ParcelState[]>();
  for (const row of rows) states.set(row.order_id, [...(states.get(row.order_id) ?? []), row.state]);
  return states;
};

const messagesOf = ({ id, outcome, version }: Written): Message[] => {
  if (outcome !== 'accepted' && outcome !== 'updated') return [];
  const payload = { orderId: id, shop: version.shop, externalId: version.externalId };
  return [{ topic: outcome === 'accepted' ? 'order.accepted' : 'order.updated', subject: id, payload }];
};

const resultOf = (
  version: OrderVersion,
  written: ReadonlyMap<string, Written>,
  states: ReadonlyMap<string, IntakeResult['state']>,
): IntakeResult => {
  const found = written.get(keyOf(version.shop, version.externalId)) as Written;
  // Of several versions in one batch only the newest was written; an older one is outdated from the start.
  const outcome = compareVersions(version, found.version) < 0 ? 'outdated' : found.outcome;
  return {
    shop: version.shop,
    externalId: version.externalId,
    id: found.id,
    outcome,
    state: states.get(found.id) ?? 'ready',
  };
};
