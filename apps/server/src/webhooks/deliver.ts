import type { Database, Sql } from '../database/database.ts';
import { asKeeper } from '../database/tenant.ts';
import { idOf } from '../database/uuid.ts';
import type { JobKind, Jobs } from '../jobs/jobs.ts';
import type { StepInput } from '../jobs/step.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { post } from './post.ts';
import { webhookHeaders } from './signature.ts';
import { findWebhook, webhookSecret } from './store.ts';

const QUEUE = 'webhook.deliver';
const RELAY_BATCH = 500;

/** One message for one subscriber. The payload names things by id; it holds no personal data. */
export interface Delivery extends StepInput {
  readonly webhookId: string;
  readonly topic: string;
  readonly createdAt: string;
  readonly payload: object;
}

/** What delivering needs. */
export interface Delivering {
  readonly database: Database;
  readonly keyring: Keyring;
  /** Whether subscribers may name addresses in private networks. */
  readonly allowInside: boolean;
}

const deliver = async ({ database, keyring, allowInside }: Delivering, delivery: Delivery): Promise<void> => {
  const webhook = await asKeeper(database, (sql) => findWebhook(sql, delivery.webhookId));
  // A subscription that has ended is owed nothing.
  if (!webhook) return;
  const body = JSON.stringify({ type: delivery.topic, timestamp: delivery.createdAt, data: delivery.payload });
  const seconds = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    ...webhookHeaders(webhookSecret(webhook, keyring), delivery.key, seconds, body),
  };
  const status = await post(webhook.url, headers, body, allowInside);
  if (status < 200 || status > 299) throw new Error(`the subscriber answered ${status}`);
};

/**
 * The job that delivers a message to a subscriber: at least once, with an id by which the receiver can tell a repeat. What
 * was told cannot be untold, so there is nothing to undo.
 */
export const deliveryJob = (delivering: Delivering): JobKind<Delivery> => ({
  queue: QUEUE,
  retries: 8,
  retryDelay: 5,
  steps: [
    {
      kind: 'world',
      name: QUEUE,
      do: (delivery) => deliver(delivering, delivery),
      undo: async () => undefined,
    },
  ],
});

interface Waiting {
  readonly position: number;
  readonly operator_id: string;
  readonly seller_id: string;
  readonly topic: string;
  readonly payload: object;
  readonly created_at: Date;
  readonly webhook_id: string | null;
}

/**
 * Hands messages of the outbox over to jobs, one for each subscriber, in the transaction that marks them as handed over:
 * none twice, none never. Gives the number of messages.
 */
export const relayOutbox = (database: Database, jobs: Jobs): Promise<number> =>
  asKeeper(database, async (sql) => {
    const messages = await takeMessages(sql);
    const deliveries = messages.flatMap((message) => {
      if (message.webhook_id === null) return [];
      const key = `msg_${message.position}_${message.webhook_id}`;
      const data: Delivery = {
        tenant: { operator: message.operator_id, seller: message.seller_id },
        key,
        webhookId: message.webhook_id,
        topic: message.topic,
        createdAt: message.created_at.toISOString(),
        payload: message.payload,
      };
      return [{ id: idOf(key), data }];
    });
    await jobs.send(sql, QUEUE, deliveries);
    const positions = [...new Set(messages.map(({ position }) => position))];
    await sql.query('UPDATE outbox SET relayed_at = now() WHERE position = ANY ($1::bigint[])', [positions]);
    return positions.length;
  });

const takeMessages = (sql: Sql): Promise<Waiting[]> =>
  sql.query<Waiting>(
    `WITH taken AS (
       SELECT position, operator_id, seller_id, topic, payload, created_at FROM outbox
       WHERE relayed_at IS NULL ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED)
     SELECT taken.*, webhooks.id AS webhook_id FROM taken
     LEFT JOIN webhooks ON webhooks.operator_id = taken.operator_id
       AND (webhooks.seller_id IS NULL OR webhooks.seller_id = taken.seller_id)
       AND taken.topic = ANY (webhooks.topics)
     ORDER BY taken.position, webhooks.id`,
    [RELAY_BATCH],
  );
