import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ListEntry } from './list.ts';

/** What a party is known by. */
export interface FingerprintedParty {
  readonly name: string;
  readonly country?: string | undefined;
  readonly birthDate?: string | undefined;
}

const folded = (text: string | undefined): string =>
  (text ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * A party's fingerprint, which tells it again without telling who it is: HMAC-SHA-256 under a key of the operator's own. A
 * plain hash would not do, since names can be guessed and tried.
 */
export const partyFingerprint = (key: Uint8Array, { name, country, birthDate }: FingerprintedParty): string => {
  const text = JSON.stringify([folded(name), folded(country), folded(birthDate)]);
  return bytesToHex(hmac(sha256, key, utf8ToBytes(text)));
};

/** A fingerprint of all that a list says of an entry, whatever the order of its aliases; it changes when the entry does. */
export const entryFingerprint = ({ id, kind, names, countries, birthDates, programs }: ListEntry): string => {
  const sorted = (texts: readonly string[]) => [...texts].sort();
  const named = names.map(({ name, weak }) => `${weak ? '~' : ''}${name}`);
  const text = JSON.stringify([id, kind, sorted(named), sorted(countries), sorted(birthDates), sorted(programs)]);
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16);
};
