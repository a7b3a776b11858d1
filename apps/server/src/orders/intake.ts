import type { IntakeResult, OrderSubmission } from '@crossparcel/api';
import { MicroBatcher } from '../batching/micro-batcher.ts';
import { type Database, isOfOneItem, type Sql, withRetries } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { type Message, tell } from '../outbox/outbox.ts';
import { keepPeople, type Person } from '../people/store.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { orderStates, updateOrderViews } from './order-view.ts';
import { type OrderVersion, type Settled, type Standing, settle, versionName, versionOf } from './version.ts';

const BATCH = { most: 500, waitMs: 5, mostWaiting: 20_000, isOfOneItem };

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

  /** Takes some orders of a seller in; one result each, in order. Throws `busy` when too many are waiting already. */
  submit(tenant: Required<Tenant>, orders: readonly OrderSubmission[]): Promise<IntakeResult[]> {
    const key = `${tenant.operator}|${tenant.seller}`;
    let batcher = this.#batchers.get(key);
    if (!batcher) {
      batcher = new MicroBatcher({ ...BATCH, width: this.#database.width }, (items) => this.#commit(tenant, items));
      this.#batchers.set(key, batcher);
    }
    return batcher.addAll(orders);
  }

  #commit(tenant: Required<Tenant>, orders: readonly OrderSubmission[]): Promise<IntakeResult[]> {
    const versions = orders.map((order) => versionOf(order, tenant.operator, this.#keyring));
    return withRetries(() =>
      asTenant(this.#database, tenant, (sql) => writeVersions(sql, tenant, versions, this.#keyring)),
    );
  }
}

type NameableOrder = Pick<OrderVersion, 'shop' | 'externalId'>;

const keyOf = ({ shop, externalId }: NameableOrder): string => JSON.stringify([shop, externalId]);

/** The versions of one order that came together, and what is known of the order. */
interface Arrival {
  readonly id: string;
  readonly versions: readonly OrderVersion[];
  readonly before: Standing | undefined;
  readonly settled: Settled<OrderVersion>;
  /** The person for whom it is; one who is known stays when the version that stands names none. */
  readonly recipientId: string | undefined;
}

/** Writes versions of orders in one transaction; one result each, in order. */
const writeVersions = async (
  sql: Sql,
  tenant: Required<Tenant>,
  versions: readonly OrderVersion[],
  keyring: Keyring,
): Promise<IntakeResult[]> => {
  const groups = Map.groupBy(versions, keyOf);
  const known = await settleKnown(sql, tenant, groups);
  const unknown = without(groups, known);
  const inserted = await insertNew(sql, tenant, unknown);
  // Another transaction may have inserted an order in the meantime; now it is known.
  const raced = await settleKnown(sql, tenant, without(unknown, inserted));
  const arrivals = new Map([...known, ...inserted, ...raced]);
  await updateKnown(sql, [...known.values(), ...raced.values()]);
  const all = [...arrivals.values()];
  const changed = all.filter(({ settled }) => settled.winner !== undefined);
  await keepPeople(sql, tenant, changed.flatMap(personOf), keyring);
  await keepVersions(sql, tenant, all);
  const changedStates = await updateOrderViews(sql, changed.map(idOf));
  const states = new Map([...(await orderStates(sql, unchangedOf(all).map(idOf))), ...changedStates]);
  await tell(sql, tenant, changed.map(messageOf));
  const outcomes = new Map(Array.from(arrivals, ([key, { settled }]) => [key, settled.outcomes.values()]));
  return versions.map((version) => {
    const key = keyOf(version);
    const { id } = arrivals.get(key) as Arrival;
    const outcome = outcomes.get(key)?.next().value as IntakeResult['outcome'];
    const state = states.get(id) as IntakeResult['state'];
    return { shop: version.shop, externalId: version.externalId, id, outcome, state };
  });
};

const idOf = ({ id }: Arrival): string => id;
const unchangedOf = (arrivals: readonly Arrival[]): Arrival[] =>
  arrivals.filter(({ settled }) => settled.winner === undefined);
const without = <Value>(map: ReadonlyMap<string, Value>, taken: ReadonlyMap<string, unknown>): Map<string, Value> =>
  new Map([...map].filter(([key]) => !taken.has(key)));

interface KnownOrder {
  readonly id: string;
  readonly shop: string;
  readonly external_id: string;
  readonly version_hash: string;
  readonly updated_at: Date;
  readonly recipient_id: string | null;
}

/** Locks the orders that are known already, in one order for all transactions, and settles what came for them. */
const settleKnown = async (
  sql: Sql,
  tenant: Required<Tenant>,
  groups: ReadonlyMap<string, readonly OrderVersion[]>,
): Promise<Map<string, Arrival>> => {
  if (groups.size === 0) return new Map();
  const names = Array.from(groups.keys(), (key) => JSON.parse(key) as [string, string]);
  const orders = await sql.query<KnownOrder>(
    `SELECT id, orders.shop, orders.external_id, version_hash, updated_at, recipient_id FROM orders
     JOIN unnest($2::text[], $3::text[]) AS name (shop, external_id)
       ON orders.shop = name.shop AND orders.external_id = name.external_id
     WHERE seller_id = $1 ORDER BY id FOR NO KEY UPDATE OF orders`,
    [tenant.seller, names.map(([shop]) => shop), names.map(([, externalId]) => externalId)],
  );
  const came = orders.map((row) => {
    const key = keyOf({ shop: row.shop, externalId: row.external_id });
    const before: Standing = { hash: row.version_hash, updatedAt: row.updated_at.getTime() };
    return { key, row, before, versions: groups.get(key) ?? [] };
  });
  const seen = await seenVersions(
    sql,
    came.flatMap(({ row, before, versions }) =>
      versions.filter(({ hash }) => hash !== before.hash).map(({ hash }) => ({ orderId: row.id, hash })),
    ),
  );
  return new Map(
    came.map(({ key, row, before, versions }): [string, Arrival] => {
      const settled = settle(before, seen.get(row.id) ?? new Set(), versions);
      const recipientId = row.recipient_id ?? (settled.winner?.recipient && row.id);
      return [key, { id: row.id, versions, before, settled, recipientId }];
    }),
  );
};

/** Names of those versions that came before, by order. */
const seenVersions = async (
  sql: Sql,
  versions: readonly { readonly orderId: string; readonly hash: string }[],
): Promise<Map<string, Set<string>>> => {
  const seen = new Map<string, Set<string>>();
  if (versions.length === 0) return seen;
  const rows = await sql.query<{ order_id: string; version_hash: string; updated_at: Date | null }>(
    `SELECT order_id, version_hash, updated_at FROM order_versions
     WHERE (order_id, version_hash) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
    [versions.map(({ orderId }) => orderId), versions.map(({ hash }) => hash)],
  );
  for (const { order_id: orderId, version_hash: hash, updated_at: at } of rows) {
    const names = seen.get(orderId) ?? new Set();
    seen.set(orderId, names.add(versionName({ hash, updatedAt: at?.getTime() })));
  }
  return seen;
};

const insertNew = async (
  sql: Sql,
  tenant: Required<Tenant>,
  groups: ReadonlyMap<string, readonly OrderVersion[]>,
): Promise<Map<string, Arrival>> => {
  if (groups.size === 0) return new Map();
  const now = Date.now();
  // In one order for all transactions, so that two of them do not wait for each other.
  const candidates = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, versions]): [string, Arrival] => {
      const id = newId(now);
      const settled = settle(undefined, new Set(), versions);
      return [key, { id, versions, before: undefined, settled, recipientId: settled.winner?.recipient && id }];
    });
  const rows = await sql.query<{ id: string }>(
    `INSERT INTO orders (id, operator_id, seller_id, shop, external_id, placed_at, updated_at, version_hash, content, recipient_id)
     SELECT id, $2, $3, shop, external_id, placed_at, updated_at, version_hash, content, recipient_id FROM ${ORDER_ROWS}
     ON CONFLICT (operator_id, seller_id, shop, external_id) DO NOTHING
     RETURNING id`,
    [JSON.stringify(candidates.flatMap(([, arrival]) => orderRow(arrival))), tenant.operator, tenant.seller],
  );
  const fresh = new Set(rows.map((row) => row.id));
  return new Map(candidates.filter(([, { id }]) => fresh.has(id)));
};

const ORDER_ROWS = `jsonb_to_recordset($1::jsonb) AS row (id uuid, shop text, external_id text, placed_at timestamptz,
  updated_at timestamptz, version_hash text, content jsonb, recipient_id uuid)`;

/** The version that stands for an order now, as the database takes it; nothing when it stood before. */
const orderRow = ({ id, settled: { winner, standing }, recipientId }: Arrival): object[] =>
  winner === undefined
    ? []
    : [
        {
          id,
          shop: winner.shop,
          external_id: winner.externalId,
          placed_at: new Date(winner.placedAt),
          updated_at: new Date(standing.updatedAt),
          version_hash: standing.hash,
          content: winner.content,
          recipient_id: recipientId ?? null,
        },
      ];

const updateKnown = async (sql: Sql, arrivals: readonly Arrival[]): Promise<void> => {
  const rows = arrivals.flatMap(orderRow);
  if (rows.length > 0) {
    await sql.query(
      `UPDATE orders SET placed_at = row.placed_at, updated_at = row.updated_at, version_hash = row.version_hash,
         content = row.content, recipient_id = row.recipient_id
       FROM ${ORDER_ROWS} WHERE orders.id = row.id`,
      [JSON.stringify(rows)],
    );
  }
  // The same content, made later than was known.
  const later = unchangedOf(arrivals).filter(({ before, settled }) => settled.standing !== before);
  if (later.length > 0) {
    await sql.query(
      `UPDATE orders SET updated_at = row.updated_at FROM unnest($1::uuid[], $2::timestamptz[]) AS row (id, updated_at)
       WHERE orders.id = row.id`,
      [later.map(idOf), later.map(({ settled }) => new Date(settled.standing.updatedAt))],
    );
  }
};

const personOf = ({ settled, recipientId }: Arrival): Person[] =>
  settled.winner?.recipient && recipientId !== undefined
    ? [{ id: recipientId, recipient: settled.winner.recipient }]
    : [];

/** Every version that came is kept, also those that did not count. */
const keepVersions = async (sql: Sql, tenant: Required<Tenant>, arrivals: readonly Arrival[]): Promise<void> => {
  const rows = arrivals.flatMap(({ id, versions }) =>
    versions.map(({ hash, updatedAt, content }) => ({
      order_id: id,
      version_hash: hash,
      updated_at: updatedAt === undefined ? null : new Date(updatedAt),
      content,
    })),
  );
  await sql.query(
    `INSERT INTO order_versions (order_id, operator_id, seller_id, version_hash, updated_at, content)
     SELECT order_id, $2, $3, version_hash, updated_at, content
     FROM jsonb_to_recordset($1::jsonb) AS row (order_id uuid, version_hash text, updated_at timestamptz, content jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), tenant.operator, tenant.seller],
  );
};

const messageOf = ({ id, before, versions: [version] }: Arrival): Message => ({
  topic: before === undefined ? 'order.accepted' : 'order.updated',
  subject: id,
  payload: { orderId: id, shop: version?.shop, externalId: version?.externalId },
});
