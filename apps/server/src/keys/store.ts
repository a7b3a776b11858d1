import type { Scope } from '@crossparcel/api';
import { formatInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';

/** A key as it is kept. */
export interface KeyRow {
  readonly id: string;
  readonly operator_id: string;
  readonly seller_id: string | null;
  readonly name: string;
  readonly prefix: string;
  readonly secret_hash: Uint8Array;
  readonly scopes: Scope[];
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

/** A key to be kept. */
export interface NewKey {
  readonly id: string;
  readonly tenant: Tenant;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Uint8Array;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | undefined;
}

const COLUMNS = 'id, operator_id, seller_id, name, prefix, secret_hash, scopes, created_at, expires_at, revoked_at';

export const insertKey = async (sql: Sql, key: NewKey): Promise<KeyRow> => {
  const [row] = await sql.query<KeyRow>(
    `INSERT INTO api_keys (id, operator_id, seller_id, name, prefix, secret_hash, scopes, expires_at)
     VALUES ($1, $2, $3, $4, $5, decode($6, 'hex'), (SELECT array_agg(scope) FROM jsonb_array_elements_text($7::jsonb) AS scope), $8)
     RETURNING ${COLUMNS}`,
    [
      key.id,
      key.tenant.operator,
      key.tenant.seller ?? null,
      key.name,
      key.prefix,
      Buffer.from(key.hash).toString('hex'),
      JSON.stringify(key.scopes),
      key.expiresAt ?? null,
    ],
  );
  return row as KeyRow;
};

/** The key with a prefix, whoever it belongs to: for checking who is calling. */
export const findKey = async (sql: Sql, prefix: string): Promise<KeyRow | undefined> => {
  const [row] = await sql.query<KeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE prefix = $1`, [prefix]);
  return row;
};

export const listKeys = (sql: Sql, before: string | undefined, limit: number): Promise<KeyRow[]> =>
  sql.query<KeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2`, [
    before ?? null,
    limit,
  ]);

/** Revokes a key; gives its prefix, or undefined when there is none. */
export const revokeKey = async (sql: Sql, id: string): Promise<string | undefined> => {
  const [row] = await sql.query<{ prefix: string }>(
    'UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING prefix',
    [id],
  );
  return row?.prefix;
};

/** A key as the interface shows it, without its secret. */
export const keyAnswer = (row: KeyRow) => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  createdAt: formatInstant(row.created_at.getTime()),
  ...(row.seller_id === null ? {} : { seller: row.seller_id }),
  ...(row.expires_at === null ? {} : { expiresAt: formatInstant(row.expires_at.getTime()) }),
  ...(row.revoked_at === null ? {} : { revokedAt: formatInstant(row.revoked_at.getTime()) }),
});
