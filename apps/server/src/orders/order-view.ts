import type { OrderState } from '@crossparcel/api';
import type { ParcelState } from '@crossparcel/trace';
import type { Sql } from '../database/database.ts';
import { factsOf, orderStateOf } from './order-state.ts';
import type { OrderContent } from './version.ts';

/** Locks orders, in one order for all transactions, against other changes of their state. */
export const lockOrders = async (sql: Sql, orderIds: readonly string[]): Promise<void> => {
  await sql.query('SELECT id FROM orders WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [orderIds]);
};

interface OrderParcel {
  readonly order_id: string;
  readonly operator_id: string;
  readonly seller_id: string;
  readonly content: Pick<OrderContent, 'status' | 'lines' | 'holds'>;
  readonly is_held_here: boolean;
  readonly state: ParcelState | null;
}

/**
 * Makes the views of some orders from their latest version, their holds and the views of their parcels; gives the states.
 * The caller has locked or inserted the orders in a statement before, and so has whoever changes a parcel's view: the
 * last to come sees what the others did.
 */
export const updateOrderViews = async (sql: Sql, orderIds: readonly string[]): Promise<Map<string, OrderState>> => {
  if (orderIds.length === 0) return new Map();
  const ids = [...new Set(orderIds)];
  const rows = await sql.query<OrderParcel>(
    `SELECT orders.id AS order_id, orders.operator_id, orders.seller_id, parcel_views.state,
       orders.content, EXISTS (SELECT FROM order_holds WHERE order_holds.order_id = orders.id) AS is_held_here
     FROM orders LEFT JOIN parcel_views ON parcel_views.order_id = orders.id
     WHERE orders.id = ANY ($1::uuid[]) ORDER BY orders.id`,
    [ids],
  );
  const views = Array.from(
    Map.groupBy(rows, (row) => row.order_id),
    ([id, parcels]) => {
      const [row] = parcels as [OrderParcel, ...OrderParcel[]];
      const { isCancelled, isHeld } = factsOf(row.content);
      const facts = { isCancelled, isHeld: isHeld || row.is_held_here };
      const states = parcels.flatMap(({ state }) => (state === null ? [] : [state]));
      const state = orderStateOf(facts, states);
      return { order_id: id, operator_id: row.operator_id, seller_id: row.seller_id, state };
    },
  );
  await sql.query(
    `INSERT INTO order_views (order_id, operator_id, seller_id, state)
     SELECT order_id, operator_id, seller_id, state
     FROM jsonb_to_recordset($1::jsonb) AS row (order_id uuid, operator_id uuid, seller_id uuid, state text)
     ON CONFLICT (order_id) DO UPDATE SET state = excluded.state WHERE order_views.state <> excluded.state`,
    [JSON.stringify(views)],
  );
  return new Map(views.map(({ order_id: id, state }) => [id, state]));
};

/** The states of some orders as their views have them. */
export const orderStates = async (sql: Sql, orderIds: readonly string[]): Promise<Map<string, OrderState>> => {
  if (orderIds.length === 0) return new Map();
  const rows = await sql.query<{ order_id: string; state: OrderState }>(
    'SELECT order_id, state FROM order_views WHERE order_id = ANY ($1::uuid[])',
    [orderIds],
  );
  return new Map(rows.map(({ order_id: id, state }) => [id, state]));
};
