import { createHash } from 'node:crypto';
import type { OrderSubmission, Recipient } from '@crossparcel/api';
import { canonicalJson } from '@crossparcel/trace';
import { readInstant } from '@crossparcel/units';
import type { Keyring } from '../secrets/keyring.ts';

/** One version of an order: its content without the recipient, the recipient apart, and what orders versions. */
export interface OrderVersion {
  readonly shop: string;
  readonly externalId: string;
  readonly placedAt: Date;
  readonly updatedAt: Date;
  readonly hash: string;
  readonly content: Omit<OrderSubmission, 'recipient'>;
  readonly recipient: Recipient | undefined;
}

const dateOf = (text: string): Date => new Date(readInstant(text)?.instant ?? Number.NaN);

/** Reads a submission as a version. The hash covers the recipient by a fingerprint that nobody can guess from. */
export const versionOf = (submission: OrderSubmission, keyring: Keyring): OrderVersion => {
  const { recipient, ...content } = submission;
  const person = recipient === undefined ? '' : keyring.fingerprint(canonicalJson(recipient));
  return {
    shop: submission.shop,
    externalId: submission.externalId,
    placedAt: dateOf(submission.placedAt),
    updatedAt: dateOf(submission.updatedAt ?? submission.placedAt),
    hash: createHash('sha256').update(canonicalJson(content)).update(person).digest('hex'),
    content,
    recipient,
  };
};

/** Below zero, zero or above as one version is older than, the same as or newer than another: by time, then by hash. */
export const compareVersions = (
  a: Pick<OrderVersion, 'updatedAt' | 'hash'>,
  b: Pick<OrderVersion, 'updatedAt' | 'hash'>,
): number => a.updatedAt.getTime() - b.updatedAt.getTime() || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0);
