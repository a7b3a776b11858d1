import type { OrderAnswer, OrderState } from '@crossparcel/api';
import { formatInstant, type Hold } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { OrderContent } from './version.ts';

/** An order with its state, as the lists read it. */
export interface OrderRow {
  readonly id: string;
  readonly seller_id: string;
  readonly state: OrderState;
  readonly updated_at: Date;
  readonly content: OrderContent;
  readonly own_holds: readonly Hold[];
  readonly recipient_id: string | null;
  readonly versions: number;
}

const COLUMNS = `orders.id, orders.seller_id, order_views.state, orders.updated_at, orders.content, orders.recipient_id,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('code', code, 'why', why, 'mend', mend) ORDER BY code), '[]')
   FROM order_holds WHERE order_holds.order_id = orders.id) AS own_holds,
  (SELECT count(*) FROM order_versions WHERE order_versions.order_id = orders.id)::integer AS versions`;

/** An order as the interface shows it. */
export const orderAnswer = (row: OrderRow): OrderAnswer => {
  const { status: _, holds, ...shown } = row.content;
  return {
    ...shown,
    holds: [...holds, ...row.own_holds],
    id: row.id,
    seller: row.seller_id,
    state: row.state,
    updatedAt: formatInstant(row.updated_at.getTime()),
    versions: row.versions,
    ...(row.recipient_id === null ? {} : { recipientId: row.recipient_id }),
  };
};

/** What a list of orders is narrowed to. */
export interface OrderFilter {
  readonly before: string | undefined;
  readonly state: OrderState | undefined;
  readonly externalId: string | undefined;
  readonly limit: number;
}

/** Orders, latest first. */
export const listOrders = (sql: Sql, filter: OrderFilter): Promise<OrderRow[]> =>
  sql.query<OrderRow>(
    `SELECT ${COLUMNS} FROM orders JOIN order_views ON order_views.order_id = orders.id
     WHERE ($1::uuid IS NULL OR orders.id < $1) AND ($2::text IS NULL OR order_views.state = $2)
       AND ($3::text IS NULL OR orders.external_id = $3)
     ORDER BY orders.id DESC LIMIT $4`,
    [filter.before ?? null, filter.state ?? null, filter.externalId ?? null, filter.limit],
  );

/** One order. */
export const findOrder = async (sql: Sql, id: string): Promise<OrderRow | undefined> => {
  const [row] = await sql.query<OrderRow>(
    `SELECT ${COLUMNS} FROM orders JOIN order_views ON order_views.order_id = orders.id WHERE orders.id = $1`,
    [id],
  );
  return row;
};
