import type { OrderState } from '@crossparcel/api';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { sealedPerson } from '../people/store.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { type Arrival, messageOf, type VersionsByOrder } from './arrival.ts';
import { factsOf, orderStateOf } from './order-state.ts';
import { settle } from './version.ts';

/**
 * One statement, since intake lives by how often it asks the database: nothing of a new order depends on what is there.
 * It takes one row a version; the one that stands bears what there is once an order. What belongs to an order that
 * turns out to be known is dropped.
 */
const INSERT = `
  WITH given AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS row (id uuid, version_hash text, stated_at timestamptz, content jsonb,
      stands boolean, shop text, external_id text, placed_at timestamptz, updated_at timestamptz, state text,
      sealed_key text, sealed text, topic text, payload jsonb)),
  fresh AS (
    INSERT INTO orders (id, operator_id, seller_id, shop, external_id, placed_at, updated_at, version_hash, content, recipient_id)
    SELECT id, $1, $2, shop, external_id, placed_at, updated_at, version_hash, content, CASE WHEN sealed IS NOT NULL THEN id END
    FROM given WHERE stands
    ON CONFLICT (operator_id, seller_id, shop, external_id) DO NOTHING
    RETURNING id),
  versions AS (
    INSERT INTO order_versions (order_id, operator_id, seller_id, version_hash, updated_at, content)
    SELECT id, $1, $2, version_hash, stated_at, content FROM given JOIN fresh USING (id) ON CONFLICT DO NOTHING),
  persons AS (
    INSERT INTO people (id, operator_id, seller_id, sealed_key, sealed)
    SELECT id, $1, $2, decode(sealed_key, 'base64'), decode(sealed, 'base64')
    FROM given JOIN fresh USING (id) WHERE stands AND sealed IS NOT NULL),
  views AS (
    INSERT INTO order_views (order_id, operator_id, seller_id, state)
    SELECT id, $1, $2, state FROM given JOIN fresh USING (id) WHERE stands),
  messages AS (
    INSERT INTO outbox (operator_id, seller_id, topic, subject, payload)
    SELECT $1, $2, topic, id::text, payload FROM given JOIN fresh USING (id) WHERE stands)
  SELECT id FROM fresh`;

const rowsOf = ({ arrival, state }: Newcomer, keyring: Keyring): object[] =>
  arrival.versions.map((version) => ({
    id: arrival.id,
    version_hash: version.hash,
    stated_at: version.updatedAt === undefined ? null : new Date(version.updatedAt),
    content: version.content,
    stands: version === arrival.settled.winner,
    ...(version === arrival.settled.winner && {
      shop: version.shop,
      external_id: version.externalId,
      placed_at: new Date(version.placedAt),
      updated_at: new Date(arrival.settled.standing.updatedAt),
      state,
      ...(version.recipient && sealedPerson({ id: arrival.id, recipient: version.recipient }, keyring)),
      ...messageOf(arrival),
    }),
  }));

/** A new order in the state in which it begins. */
interface Newcomer {
  readonly arrival: Arrival;
  readonly state: OrderState;
}

/** Writes those orders that are new, with all that follows from them. */
export const writeNew = async (
  sql: Sql,
  tenant: Required<Tenant>,
  groups: VersionsByOrder,
  keyring: Keyring,
): Promise<Map<string, Newcomer>> => {
  const now = Date.now();
  // In one order for all transactions, so that two of them do not wait for each other.
  const newcomers = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, versions]): [string, Newcomer] => {
      const id = newId(now);
      const settled = settle(undefined, new Set(), versions);
      const { winner } = settled;
      const arrival = { id, versions, before: undefined, settled, recipientId: winner?.recipient && id };
      return [key, { arrival, state: orderStateOf(factsOf(winner?.content), []) }];
    });
  const rows = await sql.query<{ id: string }>(INSERT, [
    tenant.operator,
    tenant.seller,
    JSON.stringify(newcomers.flatMap(([, newcomer]) => rowsOf(newcomer, keyring))),
  ]);
  const fresh = new Set(rows.map((row) => row.id));
  return new Map(newcomers.filter(([, { arrival }]) => fresh.has(arrival.id)));
};
