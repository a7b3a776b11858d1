import { formatInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import { newId } from '../database/uuid.ts';

/** A seller as it is kept. */
export interface SellerRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
}

export const insertSeller = async (sql: Sql, operator: string, name: string): Promise<SellerRow> => {
  const [row] = await sql.query<SellerRow>(
    'INSERT INTO sellers (id, operator_id, name) VALUES ($1, $2, $3) RETURNING id, name, created_at',
    [newId(), operator, name],
  );
  return row as SellerRow;
};

export const listSellers = (sql: Sql, before: string | undefined, limit: number): Promise<SellerRow[]> =>
  sql.query<SellerRow>(
    'SELECT id, name, created_at FROM sellers WHERE ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2',
    [before ?? null, limit],
  );

/** The seller whom a tenant means when it names none: its only one. */
export const onlySeller = async (sql: Sql): Promise<string | undefined> => {
  const rows = await sql.query<{ id: string }>('SELECT id FROM sellers LIMIT 2');
  return rows.length === 1 ? rows[0]?.id : undefined;
};

export const sellerAnswer = ({ id, name, created_at: at }: SellerRow) => ({
  id,
  name,
  createdAt: formatInstant(at.getTime()),
});

/** Adds an operator with its first seller. A lone seller is an operator of one. */
export const addOperator = async (sql: Sql, name: string): Promise<{ operator: string; seller: string }> => {
  const operator = newId();
  await sql.query('INSERT INTO operators (id, name) VALUES ($1, $2)', [operator, name]);
  const seller = await insertSeller(sql, operator, name);
  return { operator, seller: seller.id };
};
