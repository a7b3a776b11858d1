import type { ItemSubmission, StockRow } from '@crossparcel/api';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';

/** The last of rows with the same key: what is said later in one request counts. */
const lastOf = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] => [
  ...new Map(rows.map((row) => [keyOf(row), row])).values(),
];

/** Keeps what is said of SKUs; gives how many. */
export const putItems = async (
  sql: Sql,
  tenant: Required<Tenant>,
  items: readonly ItemSubmission[],
): Promise<number> => {
  const rows = lastOf(items, ({ sku }) => sku);
  await sql.query(
    `INSERT INTO items (operator_id, seller_id, sku, content)
     SELECT $2, $3, sku, content FROM jsonb_to_recordset($1::jsonb) AS row (sku text, content jsonb) ORDER BY sku
     ON CONFLICT (operator_id, seller_id, sku) DO UPDATE SET content = excluded.content`,
    [JSON.stringify(rows.map((item) => ({ sku: item.sku, content: item }))), tenant.operator, tenant.seller],
  );
  return rows.length;
};

/** An item with the seller whose it is. */
export interface ItemRow {
  readonly seller_id: string;
  readonly sku: string;
  readonly content: ItemSubmission;
}

/** Items by seller and SKU, after a place in that order. */
export const listItems = (sql: Sql, after: readonly string[] | undefined, limit: number): Promise<ItemRow[]> =>
  sql.query<ItemRow>(
    `SELECT seller_id, sku, content FROM items WHERE $1::uuid IS NULL OR (seller_id, sku) > ($1::uuid, $2::text)
     ORDER BY seller_id, sku LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit],
  );

/** All items of the tenant. */
export const allItems = async (sql: Sql): Promise<ItemSubmission[]> =>
  (await sql.query<{ content: ItemSubmission }>('SELECT content FROM items')).map(({ content }) => content);

/** Keeps how many units are on hand; gives how many rows. */
export const putStock = async (sql: Sql, tenant: Required<Tenant>, stock: readonly StockRow[]): Promise<number> => {
  const rows = lastOf(stock, ({ facility, sku }) => JSON.stringify([facility, sku]));
  await sql.query(
    `INSERT INTO stock (operator_id, seller_id, facility, sku, quantity)
     SELECT $2, $3, facility, sku, quantity
     FROM jsonb_to_recordset($1::jsonb) AS row (facility text, sku text, quantity integer) ORDER BY facility, sku
     ON CONFLICT (operator_id, seller_id, facility, sku) DO UPDATE SET quantity = excluded.quantity`,
    [JSON.stringify(rows), tenant.operator, tenant.seller],
  );
  return rows.length;
};

/** Stock with the seller whose it is. */
export interface StockOnHand extends StockRow {
  readonly seller_id: string;
}

/** Stock by seller, facility and SKU, after a place in that order. */
export const listStock = (sql: Sql, after: readonly string[] | undefined, limit: number): Promise<StockOnHand[]> =>
  sql.query<StockOnHand>(
    `SELECT seller_id, facility, sku, quantity FROM stock
     WHERE $1::uuid IS NULL OR (seller_id, facility, sku) > ($1::uuid, $2::text, $3::text)
     ORDER BY seller_id, facility, sku LIMIT $4`,
    [after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit],
  );

/** All stock of the tenant. */
export const allStock = (sql: Sql): Promise<StockRow[]> =>
  sql.query<StockRow>('SELECT facility, sku, quantity FROM stock');

/**
 * Takes units out of stock, all of them or none. False when there is too little of one, and then nothing is taken.
 */
export const takeStock = async (sql: Sql, wanted: readonly StockRow[]): Promise<boolean> => {
  if (wanted.length === 0) return true;
  const rows = await sql.query<StockRow>(
    `SELECT stock.facility, stock.sku, stock.quantity FROM stock
     WHERE facility = ANY ($1::text[]) AND sku = ANY ($2::text[]) ORDER BY facility, sku FOR UPDATE`,
    [wanted.map(({ facility }) => facility), wanted.map(({ sku }) => sku)],
  );
  const onHand = new Map(rows.map((row) => [JSON.stringify([row.facility, row.sku]), row.quantity]));
  const isShort = wanted.some(({ facility, sku, quantity }) => {
    return (onHand.get(JSON.stringify([facility, sku])) ?? 0) < quantity;
  });
  if (isShort) return false;
  await sql.query(
    `UPDATE stock SET quantity = stock.quantity - row.quantity
     FROM jsonb_to_recordset($1::jsonb) AS row (facility text, sku text, quantity integer)
     WHERE stock.facility = row.facility AND stock.sku = row.sku`,
    [JSON.stringify(wanted)],
  );
  return true;
};
