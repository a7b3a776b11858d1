import { concatBytes, utf8 } from './bytes.ts';
import { digest } from './hash.ts';

/** Bytes of the random salt of a commitment. */
export const SALT_BYTES = 32;

const TAG = utf8('crossparcel/event/v1\n');

/**
 * What stands in the log for an event: a tag with the version, and a commitment to the event, SHA-256 of a random salt
 * and the event's canonical bytes. The entry says nothing about the event; once the salt is erased nobody can find out.
 */
export const entryOf = (salt: Uint8Array, canonicalEvent: string): Uint8Array =>
  concatBytes(TAG, digest(concatBytes(salt, utf8(canonicalEvent))));
