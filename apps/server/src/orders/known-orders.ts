import type { OrderState } from '@crossparcel/api';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { tell } from '../outbox/outbox.ts';
import { keepPeople, type Person } from '../people/store.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { type Arrival, keyOf, messageOf, type VersionsByOrder } from './arrival.ts';
import { orderStates, updateOrderViews } from './order-view.ts';
import { type Standing, settle, versionName } from './version.ts';

/** Writes what came for orders that are known: which version stands now, whom it is for, and what follows from it. */
export const writeKnown = async (
  sql: Sql,
  tenant: Required<Tenant>,
  groups: VersionsByOrder,
  keyring: Keyring,
): Promise<{ readonly arrivals: Map<string, Arrival>; readonly states: Map<string, OrderState> }> => {
  if (groups.size === 0) return { arrivals: new Map(), states: new Map() };
  const arrivals = await settleKnown(sql, tenant, groups);
  const all = [...arrivals.values()];
  await updateKnown(sql, all);
  const changed = all.filter(({ settled }) => settled.winner !== undefined);
  await keepPeople(sql, tenant, changed.flatMap(personOf), keyring);
  await keepVersions(sql, tenant, all);
  await updateOrderViews(
    sql,
    changed.map(({ id }) => id),
  );
  await tell(sql, tenant, changed.map(messageOf));
  const states = await orderStates(
    sql,
    all.map(({ id }) => id),
  );
  return { arrivals, states };
};

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
  groups: VersionsByOrder,
): Promise<Map<string, Arrival>> => {
  const names = Array.from(groups.keys(), (key) => JSON.parse(key) as [string, string]);
  // Two lists rather than pairs: with those the planner of a database that was never analysed reads the whole index.
  const orders = await sql.query<KnownOrder>(
    `SELECT id, shop, external_id, version_hash, updated_at, recipient_id FROM orders
     WHERE seller_id = $1 AND shop = ANY ($2::text[]) AND external_id = ANY ($3::text[])
     ORDER BY id FOR NO KEY UPDATE`,
    [tenant.seller, [...new Set(names.map(([shop]) => shop))], names.map(([, externalId]) => externalId)],
  );
  const came = orders.flatMap((row) => {
    const key = keyOf({ shop: row.shop, externalId: row.external_id });
    const before: Standing = { hash: row.version_hash, updatedAt: row.updated_at.getTime() };
    const versions = groups.get(key);
    return versions === undefined ? [] : [{ key, row, before, versions }];
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
     WHERE order_id = ANY ($1::uuid[]) AND version_hash = ANY ($2::text[])`,
    [versions.map(({ orderId }) => orderId), versions.map(({ hash }) => hash)],
  );
  for (const { order_id: orderId, version_hash: hash, updated_at: at } of rows) {
    const names = seen.get(orderId) ?? new Set();
    seen.set(orderId, names.add(versionName({ hash, updatedAt: at?.getTime() })));
  }
  return seen;
};

const ORDER_COLUMNS = `id uuid, shop text, external_id text, placed_at timestamptz, updated_at timestamptz,
  version_hash text, content jsonb, recipient_id uuid`;

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

const VERSION_COLUMNS = 'order_id uuid, version_hash text, updated_at timestamptz, content jsonb';

/** The versions that came, as the database takes them: every one is kept, also those that did not count. */
const versionRows = ({ id, versions }: Arrival): object[] =>
  versions.map(({ hash, updatedAt, content }) => ({
    order_id: id,
    version_hash: hash,
    updated_at: updatedAt === undefined ? null : new Date(updatedAt),
    content,
  }));

/** The recipient whom the version that stands now names, if it is new and names one. */
const personOf = ({ settled, recipientId }: Arrival): Person[] =>
  settled.winner?.recipient && recipientId !== undefined
    ? [{ id: recipientId, recipient: settled.winner.recipient }]
    : [];

const updateKnown = async (sql: Sql, arrivals: readonly Arrival[]): Promise<void> => {
  const rows = arrivals.flatMap(orderRow);
  if (rows.length > 0) {
    await sql.query(
      `UPDATE orders SET placed_at = row.placed_at, updated_at = row.updated_at, version_hash = row.version_hash,
         content = row.content, recipient_id = row.recipient_id
       FROM jsonb_to_recordset($1::jsonb) AS row (${ORDER_COLUMNS}) WHERE orders.id = row.id`,
      [JSON.stringify(rows)],
    );
  }
  // The same content, made later than was known.
  const later = arrivals.filter(({ before, settled: { winner, standing } }) => !winner && standing !== before);
  if (later.length > 0) {
    await sql.query(
      `UPDATE orders SET updated_at = row.updated_at FROM unnest($1::uuid[], $2::timestamptz[]) AS row (id, updated_at)
       WHERE orders.id = row.id`,
      [later.map(({ id }) => id), later.map(({ settled }) => new Date(settled.standing.updatedAt))],
    );
  }
};

const keepVersions = async (sql: Sql, tenant: Required<Tenant>, arrivals: readonly Arrival[]): Promise<void> => {
  await sql.query(
    `INSERT INTO order_versions (order_id, operator_id, seller_id, version_hash, updated_at, content)
     SELECT order_id, $2, $3, version_hash, updated_at, content
     FROM jsonb_to_recordset($1::jsonb) AS row (${VERSION_COLUMNS}) ON CONFLICT DO NOTHING`,
    [JSON.stringify(arrivals.flatMap(versionRows)), tenant.operator, tenant.seller],
  );
};
