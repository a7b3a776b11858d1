import type { Topic } from '@crossparcel/api';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';

/** Something that subscribers are to be told. */
export interface Message {
  readonly topic: Topic;
  /** What it is about, by id. */
  readonly subject: string;
  readonly payload: object;
}

/** Writes messages in the transaction of what they tell of: told if and only if it happened. */
export const tell = async (sql: Sql, tenant: Required<Tenant>, messages: readonly Message[]): Promise<void> => {
  if (messages.length === 0) return;
  await sql.query(
    `INSERT INTO outbox (operator_id, seller_id, topic, subject, payload)
     SELECT $2, $3, topic, subject, payload
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (topic text, subject text, payload jsonb)) WITH ORDINALITY AS row
     ORDER BY row.ordinality`,
    [JSON.stringify(messages), tenant.operator, tenant.seller],
  );
};
