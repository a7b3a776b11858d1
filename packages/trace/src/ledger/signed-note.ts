import { hashes as edHashes, verify as verifyEd25519 } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, fromBase64, sameBytes, toBase64, utf8 } from './bytes.ts';
import { digest } from './hash.ts';

edHashes.sha512 = sha512;

/** Kinds of keys in signed notes (C2SP signed-note). */
export const KEY_TYPES = { ed25519: 0x01, cosignature: 0x04 } as const;

/** A key that signs notes. */
export interface NoteKey {
  readonly name: string;
  /** First four bytes of SHA-256 of the name, a line feed, the type and the key. */
  readonly id: Uint8Array;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

/** A note as read: its text, which ends with a line feed, and its signature lines. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: Uint8Array; readonly signature: Uint8Array }[];
}

const SEPARATOR = '\n\n';
const SIGNATURE_LINE = /^\u2014 ([^\s+]+) (\S+)$/;
/** Control characters other than the line feed. */
const CONTROL = /(?!\n)\p{Cc}/u;
const MAX_SIGNATURES = 100;

/** Id of a key: how a signature line names it beside the name. */
const keyId = (name: string, type: number, publicKey: Uint8Array): Uint8Array =>
  digest(concatBytes(utf8(`${name}\n`), new Uint8Array([type]), publicKey)).slice(0, 4);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The public form of a key: `name+id+base64(type, key)`. */
export const formatVerifierKey = (name: string, type: number, publicKey: Uint8Array): string =>
  `${name}+${hex(keyId(name, type, publicKey))}+${toBase64(concatBytes(new Uint8Array([type]), publicKey))}`;

/** Reads the public form of a key; undefined when it is none or its id does not fit. */
export const parseVerifierKey = (text: string): NoteKey | undefined => {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  const bytes = match?.[3] === undefined ? undefined : fromBase64(match[3]);
  const type = bytes?.[0];
  if (!match?.[1] || !bytes || type === undefined) return undefined;
  const publicKey = bytes.slice(1);
  const id = keyId(match[1], type, publicKey);
  return hex(id) === match[2] ? { name: match[1], id, type, publicKey } : undefined;
};

/** Reads a signed note; undefined when the text is not in its form. */
export const parseNote = (note: string): SignedNote | undefined => {
  const at = note.lastIndexOf(SEPARATOR);
  if (at < 0 || !note.endsWith('\n') || CONTROL.test(note)) return undefined;
  const lines = note.slice(at + SEPARATOR.length, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return undefined;
  const signatures: SignedNote['signatures'][number][] = [];
  for (const line of lines) {
    const match = SIGNATURE_LINE.exec(line);
    const bytes = match?.[2] === undefined ? undefined : fromBase64(match[2]);
    if (!match?.[1] || !bytes || bytes.length < 5) return undefined;
    signatures.push({ name: match[1], id: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, at + 1), signatures };
};

/** A signature line for a note. `signature` is what follows the key's id. */
export const formatSignatureLine = (key: Pick<NoteKey, 'name' | 'id'>, signature: Uint8Array): string =>
  `\u2014 ${key.name} ${toBase64(concatBytes(key.id, signature))}\n`;

/** The message that a timestamped cosignature signs (C2SP tlog-cosignature). */
const cosignedMessage = (seconds: bigint, text: string): Uint8Array => utf8(`cosignature/v1\ntime ${seconds}\n${text}`);

const bigEndian = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** A signature that was checked: whose, and at which time where it names one (seconds since 1970). */
export interface CheckedSignature {
  readonly key: NoteKey;
  readonly seconds?: bigint;
}

const check = (key: NoteKey, signature: Uint8Array, text: string): CheckedSignature | undefined => {
  const isValid = (bytes: Uint8Array, message: Uint8Array) => {
    try {
      return verifyEd25519(bytes, message, key.publicKey, { zip215: false });
    } catch {
      return false;
    }
  };
  if (key.type === KEY_TYPES.ed25519) {
    return signature.length === 64 && isValid(signature, utf8(text)) ? { key } : undefined;
  }
  if (key.type !== KEY_TYPES.cosignature || signature.length !== 72) return undefined;
  const seconds = bigEndian(signature.subarray(0, 8));
  return isValid(signature.subarray(8), cosignedMessage(seconds, text)) ? { key, seconds } : undefined;
};

/**
 * Checks the signatures of a note by keys that are known; those by others are passed over. Undefined when a signature of
 * a known key is wrong: then the whole note is refused.
 */
export const checkSignatures = (note: SignedNote, keys: readonly NoteKey[]): CheckedSignature[] | undefined => {
  const checked: CheckedSignature[] = [];
  for (const { name, id, signature } of note.signatures) {
    const key = keys.find((candidate) => candidate.name === name && sameBytes(candidate.id, id));
    if (!key) continue;
    const found = check(key, signature, note.text);
    if (!found) return undefined;
    checked.push(found);
  }
  return checked;
};

/** The parts of an Ed25519 key that a signer needs to sign notes under a name. */
export const noteKeyOf = (name: string, publicKey: Uint8Array): NoteKey => ({
  name,
  id: keyId(name, KEY_TYPES.ed25519, publicKey),
  type: KEY_TYPES.ed25519,
  publicKey,
});
