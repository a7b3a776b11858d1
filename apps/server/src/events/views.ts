import { canonicalJson, type IdentifiedEvent, timelineOf } from '@crossparcel/trace';
import { type Database, type Sql, withRetries } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { updateOrderViews } from '../orders/order-view.ts';

interface ParcelEvent {
  readonly parcel_id: string;
  readonly seller_id: string;
  readonly order_id: string;
  readonly canonical: string | null;
}

/**
 * Makes the views of some parcels from their events: each is a function of the set, whatever was there before. The caller
 * has the parcels locked.
 */
export const writeParcelViews = async (sql: Sql, operator: string, parcelIds: readonly string[]): Promise<void> => {
  if (parcelIds.length === 0) return;
  const rows = await sql.query<ParcelEvent>(
    `SELECT parcels.id AS parcel_id, parcels.seller_id, parcels.order_id, events.canonical
     FROM parcels
     LEFT JOIN event_parcels ON event_parcels.parcel_id = parcels.id
     LEFT JOIN events ON events.position = event_parcels.event_position
     WHERE parcels.id = ANY ($1::uuid[])`,
    [parcelIds],
  );
  const events = new Map<string, { row: ParcelEvent; events: IdentifiedEvent[] }>();
  for (const row of rows) {
    const entry = events.get(row.parcel_id) ?? { row, events: [] };
    if (row.canonical !== null) entry.events.push(JSON.parse(row.canonical) as IdentifiedEvent);
    events.set(row.parcel_id, entry);
  }
  const views = Array.from(events.values(), ({ row, events: set }) => {
    const timeline = timelineOf(set);
    return {
      parcel_id: row.parcel_id,
      seller_id: row.seller_id,
      order_id: row.order_id,
      state: timeline.state,
      timeline: canonicalJson(timeline),
    };
  });
  await sql.query(
    `INSERT INTO parcel_views (parcel_id, operator_id, seller_id, order_id, state, timeline)
     SELECT parcel_id, $2, seller_id, order_id, state, timeline
     FROM jsonb_to_recordset($1::jsonb) AS row (parcel_id uuid, seller_id uuid, order_id uuid, state text, timeline text)
     ON CONFLICT (parcel_id) DO UPDATE SET state = excluded.state, timeline = excluded.timeline`,
    [JSON.stringify(views), operator],
  );
};

const REBUILD_STEP = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Does some work on all ids that a tenant sees in a table, in steps, each in a transaction of its own; gives how many. */
const inSteps = async (
  database: Database,
  tenant: Tenant,
  table: 'parcels' | 'orders',
  work: (sql: Sql, ids: readonly string[]) => Promise<unknown>,
): Promise<number> => {
  let count = 0;
  let last = FIRST;
  for (;;) {
    const ids = await withRetries(() =>
      asTenant(database, tenant, async (sql) => {
        const rows = await sql.query<{ id: string }>(
          `SELECT id FROM ${table} WHERE id > $1 ORDER BY id LIMIT ${REBUILD_STEP} FOR NO KEY UPDATE`,
          [last],
        );
        const found = rows.map(({ id }) => id);
        await work(sql, found);
        return found;
      }),
    );
    const end = ids.at(-1);
    if (end === undefined) return count;
    count += ids.length;
    last = end;
  }
};

/**
 * Drops the views that a tenant sees and makes them again, a few hundred at a time, so that others can work on and an
 * interrupted rebuild can be run again. Gives how many were made.
 */
export const rebuildViews = async (
  database: Database,
  tenant: Tenant,
): Promise<{ readonly parcels: number; readonly orders: number }> => ({
  parcels: await inSteps(database, tenant, 'parcels', async (sql, ids) => {
    await sql.query('DELETE FROM parcel_views WHERE parcel_id = ANY ($1::uuid[])', [ids]);
    await writeParcelViews(sql, tenant.operator, ids);
  }),
  orders: await inSteps(database, tenant, 'orders', async (sql, ids) => {
    await sql.query('DELETE FROM order_views WHERE order_id = ANY ($1::uuid[])', [ids]);
    await updateOrderViews(sql, ids);
  }),
});
