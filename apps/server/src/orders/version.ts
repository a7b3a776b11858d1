import { createHash } from 'node:crypto';
import type { IntakeResult, OrderSubmission, Recipient } from '@crossparcel/api';
import { canonicalJson } from '@crossparcel/trace';
import { formatInstant, type Instant, readInstant } from '@crossparcel/units';
import type { Keyring } from '../secrets/keyring.ts';

/** What is kept of an order in the clear: the submission without its personal data. */
export type OrderContent = Omit<OrderSubmission, 'recipient' | 'buyerId' | 'updatedAt'> & {
  /** The buyer by a fingerprint: orders of one buyer can be told, the buyer cannot. */
  readonly buyer?: string;
};

/** One version of an order: its content, the recipient apart, and what tells versions from each other. */
export interface OrderVersion {
  readonly shop: string;
  readonly externalId: string;
  readonly placedAt: Instant;
  /** When the sender says that it was made; undefined when the sender does not say. */
  readonly updatedAt: Instant | undefined;
  readonly hash: string;
  readonly content: OrderContent;
  readonly recipient: Recipient | undefined;
}

/** The version that stands for an order. */
export interface Standing {
  readonly hash: string;
  readonly updatedAt: Instant;
}

/** As much of a postal code as zones are made of; the whole of it is the recipient's and stands with them. */
const POSTAL_CHARACTERS = 4;

const shortened = ({ postalPrefix, ...place }: OrderContent['destination']): OrderContent['destination'] =>
  postalPrefix === undefined ? place : { ...place, postalPrefix: postalPrefix.slice(0, POSTAL_CHARACTERS) };

const instantOf = (text: string): Instant => readInstant(text)?.instant ?? Number.NaN;

/** Reads a submission as a version. Its hash covers the recipient by a fingerprint that nobody can guess from. */
export const versionOf = (submission: OrderSubmission, operator: string, keyring: Keyring): OrderVersion => {
  const { recipient, buyerId, updatedAt, ...rest } = submission;
  const placedAt = instantOf(rest.placedAt);
  const content: OrderContent = {
    ...rest,
    placedAt: formatInstant(placedAt),
    destination: shortened(rest.destination),
    ...(buyerId === undefined ? {} : { buyer: keyring.fingerprint(`buyer ${operator} ${buyerId}`) }),
  };
  const person = recipient === undefined ? '' : keyring.fingerprint(`recipient ${canonicalJson(recipient)}`);
  return {
    shop: rest.shop,
    externalId: rest.externalId,
    placedAt,
    updatedAt: updatedAt === undefined ? undefined : instantOf(updatedAt),
    hash: createHash('sha256').update(canonicalJson(content)).update(person).digest('hex'),
    content,
    recipient,
  };
};

/** Name of a version among those of its order. */
export const versionName = ({ hash, updatedAt }: Pick<OrderVersion, 'hash' | 'updatedAt'>): string =>
  `${hash} ${updatedAt ?? ''}`;

/** What became of some versions of one order. */
export interface Settled<Version> {
  readonly outcomes: IntakeResult['outcome'][];
  readonly standing: Standing;
  /** The version that stands now, when it is one of those that came. */
  readonly winner: Version | undefined;
}

/**
 * Decides which version of an order stands after some more have come. Among versions that say when they were made it is
 * the latest (ties by hash), in whatever order they came. One that does not say comes after all that came before it.
 * One that came before changes nothing, however late it is sent again. `seen` has the names of the versions that came
 * before.
 */
export const settle = <Version extends Pick<OrderVersion, 'hash' | 'updatedAt' | 'placedAt'>>(
  before: Standing | undefined,
  seen: ReadonlySet<string>,
  versions: readonly Version[],
): Settled<Version> => {
  let standing = before;
  let winner: Version | undefined;
  const known = new Set(seen);
  const outcomes = versions.map((version): IntakeResult['outcome'] => {
    const { hash, updatedAt } = version;
    const isKnown = known.has(versionName(version));
    known.add(versionName(version));
    if (standing?.hash === hash) {
      if (updatedAt !== undefined && updatedAt > standing.updatedAt) standing = { hash, updatedAt };
      return 'unchanged';
    }
    if (standing && (isKnown || (updatedAt !== undefined && !isLater({ hash, updatedAt }, standing))))
      return 'outdated';
    const outcome = standing ? 'updated' : 'accepted';
    standing = { hash, updatedAt: updatedAt ?? standing?.updatedAt ?? version.placedAt };
    winner = version;
    return outcome;
  });
  if (!standing) throw new RangeError('there is no version to settle');
  return { outcomes, standing, winner };
};

const isLater = (a: Standing, b: Standing): boolean =>
  a.updatedAt > b.updatedAt || (a.updatedAt === b.updatedAt && a.hash > b.hash);
