import type { Topic } from '@crossparcel/api';
import { formatInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { makeWebhookSecret } from './signature.ts';

/** A subscription as it is kept. */
export interface WebhookRow {
  readonly id: string;
  readonly operator_id: string;
  readonly seller_id: string | null;
  readonly url: string;
  readonly topics: Topic[];
  readonly sealed_secret: Uint8Array;
  readonly created_at: Date;
}

const COLUMNS = 'id, operator_id, seller_id, url, topics, sealed_secret, created_at';
const purpose = (id: string): string => `webhook ${id}`;

/** Adds a subscription; gives it and its secret. */
export const insertWebhook = async (
  sql: Sql,
  tenant: Tenant,
  url: string,
  topics: readonly Topic[],
  keyring: Keyring,
): Promise<{ row: WebhookRow; secret: string }> => {
  const id = newId();
  const secret = makeWebhookSecret();
  const [row] = await sql.query<WebhookRow>(
    `INSERT INTO webhooks (id, operator_id, seller_id, url, topics, sealed_secret)
     VALUES ($1, $2, $3, $4, (SELECT array_agg(topic) FROM jsonb_array_elements_text($5::jsonb) AS topic), decode($6, 'hex'))
     RETURNING ${COLUMNS}`,
    [
      id,
      tenant.operator,
      tenant.seller ?? null,
      url,
      JSON.stringify(topics),
      keyring.seal(Buffer.from(secret), purpose(id)).toString('hex'),
    ],
  );
  return { row: row as WebhookRow, secret };
};

export const listWebhooks = (sql: Sql, before: string | undefined, limit: number): Promise<WebhookRow[]> =>
  sql.query<WebhookRow>(
    `SELECT ${COLUMNS} FROM webhooks WHERE ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2`,
    [before ?? null, limit],
  );

/** Ends a subscription; false when there is none. */
export const deleteWebhook = async (sql: Sql, id: string): Promise<boolean> =>
  (await sql.query('DELETE FROM webhooks WHERE id = $1 RETURNING id', [id])).length > 0;

/** One subscription, whoever it belongs to: for delivering. */
export const findWebhook = async (sql: Sql, id: string): Promise<WebhookRow | undefined> => {
  const [row] = await sql.query<WebhookRow>(`SELECT ${COLUMNS} FROM webhooks WHERE id = $1`, [id]);
  return row;
};

/** The secret of a subscription. */
export const webhookSecret = (row: WebhookRow, keyring: Keyring): string =>
  keyring.unseal(row.sealed_secret, purpose(row.id)).toString('utf8');

export const webhookAnswer = (row: WebhookRow) => ({
  id: row.id,
  url: row.url,
  topics: row.topics,
  createdAt: formatInstant(row.created_at.getTime()),
  ...(row.seller_id === null ? {} : { seller: row.seller_id }),
});
