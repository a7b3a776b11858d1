import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret in the form of Standard Webhooks. */
export const makeWebhookSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/** The headers by which a receiver knows who sent a message and that it is fresh (Standard Webhooks 1.0.0). */
export const webhookHeaders = (secret: string, id: string, seconds: number, body: string): Record<string, string> => {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
};
