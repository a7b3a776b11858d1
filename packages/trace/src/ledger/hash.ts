import { sha256 } from '@noble/hashes/sha2.js';

/** Bytes of a hash of the log (SHA-256). */
export const HASH_BYTES = 32;

/** SHA-256 of some bytes. */
export const digest = (bytes: Uint8Array): Uint8Array => sha256(bytes);

/** Hash of a leaf: SHA-256 of a zero byte and the entry (RFC 6962, section 2.1). */
export const leafHash = (entry: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(entry.length + 1);
  bytes.set(entry, 1);
  return sha256(bytes);
};

/** Root of the tree without leaves (RFC 6962, section 2.1). */
export const EMPTY_ROOT = sha256(new Uint8Array());

/** Hash of an inner node: SHA-256 of a one byte and both children (RFC 6962, section 2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(1 + 2 * HASH_BYTES);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_BYTES);
  return sha256(bytes);
};
