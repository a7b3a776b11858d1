import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const FORM = /^cpk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** A key as its holder has it, and what is kept of it. */
export interface MadeKey {
  readonly secret: string;
  readonly prefix: string;
  readonly hash: Buffer;
}

/** What is kept of a key. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Makes a key: 256 random bits behind a prefix by which it is found. Only the hash is kept. */
export const makeKey = (): MadeKey => {
  const prefix = Array.from(randomBytes(12), (byte) => LETTERS[byte % LETTERS.length]).join('');
  const secret = `cpk_${prefix}_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix, hash: hashOf(secret) };
};

/** The prefix of a text that has the form of a key. */
export const prefixOf = (text: string): string | undefined => FORM.exec(text)?.[1];

/** Whether a text is the key of which a hash was kept. */
export const isKey = (text: string, hash: Uint8Array): boolean => timingSafeEqual(hashOf(text), hash);
