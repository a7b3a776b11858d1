import type { Hold } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import { lockOrders, updateOrderViews } from './order-view.ts';

/** An order as far as a hold is concerned; undefined when the tenant sees none with that id. */
const findHeld = async (sql: Sql, id: string): Promise<{ seller_id: string; operator_id: string } | undefined> => {
  await lockOrders(sql, [id]);
  const [row] = await sql.query<{ seller_id: string; operator_id: string }>(
    'SELECT operator_id, seller_id FROM orders WHERE id = $1',
    [id],
  );
  return row;
};

/** Puts a hold on an order, or says it anew where one with that code stands. False when there is no such order. */
export const putHold = async (sql: Sql, orderId: string, hold: Hold): Promise<boolean> => {
  const order = await findHeld(sql, orderId);
  if (!order) return false;
  await sql.query(
    `INSERT INTO order_holds (order_id, operator_id, seller_id, code, why, mend) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (order_id, code) DO UPDATE SET why = excluded.why, mend = excluded.mend`,
    [orderId, order.operator_id, order.seller_id, hold.code, hold.why, hold.mend],
  );
  await updateOrderViews(sql, [orderId]);
  return true;
};

/** Releases a hold that was put here. False when there is none with that code; the shop's own holds the shop releases. */
export const releaseHold = async (sql: Sql, orderId: string, code: string): Promise<boolean> => {
  if (!(await findHeld(sql, orderId))) return false;
  const released = await sql.query('DELETE FROM order_holds WHERE order_id = $1 AND code = $2 RETURNING code', [
    orderId,
    code,
  ]);
  await updateOrderViews(sql, [orderId]);
  return released.length > 0;
};
