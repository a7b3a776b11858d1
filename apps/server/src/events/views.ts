import { canonicalJson, type IdentifiedEvent, type ParcelState, timelineOf } from '@crossparcel/trace';
import type { Sql } from '../database/database.ts';
import { type OrderFacts, orderStateOf } from '../orders/order-state.ts';

interface ParcelEvent {
  readonly parcel_id: string;
  readonly seller_id: string;
  readonly order_id: string;
  readonly canonical: string | null;
}

/** Makes the views of some parcels from their events: each is a function of the set, whatever was there before. */
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

interface OrderParcel {
  readonly order_id: string;
  readonly operator_id: string;
  readonly seller_id: string;
  readonly facts: OrderFacts;
  readonly state: ParcelState | null;
}

/** Makes the views of some orders from their latest version and the views of their parcels. */
export const updateOrderViews = async (sql: Sql, orderIds: readonly string[]): Promise<void> => {
  if (orderIds.length === 0) return;
  const rows = await sql.query<OrderParcel>(
    `SELECT orders.id AS order_id, orders.operator_id, orders.seller_id, parcel_views.state,
       jsonb_build_object('status', orders.content -> 'status', 'holds', orders.content -> 'holds', 'lines', orders.content -> 'lines') AS facts
     FROM orders LEFT JOIN parcel_views ON parcel_views.order_id = orders.id
     WHERE orders.id = ANY ($1::uuid[])
     ORDER BY orders.id, parcel_views.parcel_id`,
    [[...new Set(orderIds)]],
  );
  const orders = new Map<string, { row: OrderParcel; parcels: ParcelState[] }>();
  for (const row of rows) {
    const entry = orders.get(row.order_id) ?? { row, parcels: [] };
    if (row.state !== null) entry.parcels.push(row.state);
    orders.set(row.order_id, entry);
  }
  const views = Array.from(orders.values(), ({ row, parcels }) => ({
    order_id: row.order_id,
    operator_id: row.operator_id,
    seller_id: row.seller_id,
    state: orderStateOf(row.facts, parcels),
  }));
  await sql.query(
    `INSERT INTO order_views (order_id, operator_id, seller_id, state)
     SELECT order_id, operator_id, seller_id, state
     FROM jsonb_to_recordset($1::jsonb) AS row (order_id uuid, operator_id uuid, seller_id uuid, state text)
     ON CONFLICT (order_id) DO UPDATE SET state = excluded.state`,
    [JSON.stringify(views)],
  );
};

const REBUILD_STEP = 1000;

/** Drops the views that a tenant sees and makes them again; gives how many. */
export const rebuildViews = async (sql: Sql, operator: string): Promise<{ parcels: number; orders: number }> => {
  await sql.query('DELETE FROM parcel_views');
  await sql.query('DELETE FROM order_views');
  const parcels = await sql.query<{ id: string }>('SELECT id FROM parcels ORDER BY id');
  for (let at = 0; at < parcels.length; at += REBUILD_STEP) {
    await writeParcelViews(
      sql,
      operator,
      parcels.slice(at, at + REBUILD_STEP).map(({ id }) => id),
    );
  }
  const orders = await sql.query<{ id: string }>('SELECT id FROM orders ORDER BY id');
  for (let at = 0; at < orders.length; at += REBUILD_STEP) {
    await updateOrderViews(
      sql,
      orders.slice(at, at + REBUILD_STEP).map(({ id }) => id),
    );
  }
  return { parcels: parcels.length, orders: orders.length };
};
