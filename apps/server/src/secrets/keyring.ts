import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Bytes of a key. */
export const KEY_BYTES = 32;

const sealWith = (key: KeyObject, clear: Uint8Array, purpose: string): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
};

const unsealWith = (key: KeyObject, sealed: Uint8Array, purpose: string): Buffer => {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
};

/** Encrypts with AES-256-GCM: nonce, ciphertext and tag in one. `purpose` is authenticated with it. */
export const seal = (key: Uint8Array, clear: Uint8Array, purpose: string): Buffer =>
  sealWith(createSecretKey(key), clear, purpose);

/** Decrypts what `seal` made with the same key and purpose. Throws when anything was changed. */
export const unseal = (key: Uint8Array, sealed: Uint8Array, purpose: string): Buffer =>
  unsealWith(createSecretKey(key), sealed, purpose);

/** The master key of an installation, and what is done with it. It never leaves the process. */
export class Keyring {
  readonly #master: KeyObject;

  /** Throws a RangeError unless the key has 32 bytes. */
  constructor(master: Uint8Array) {
    if (master.length !== KEY_BYTES)
      throw new RangeError(`a master key has ${KEY_BYTES} bytes, this has ${master.length}`);
    this.#master = createSecretKey(master);
  }

  seal(clear: Uint8Array, purpose: string): Buffer {
    return sealWith(this.#master, clear, purpose);
  }

  unseal(sealed: Uint8Array, purpose: string): Buffer {
    return unsealWith(this.#master, sealed, purpose);
  }

  /** A fingerprint of something personal, by which it can be compared and not guessed (HMAC-SHA256). */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#master).update(text).digest('hex');
  }
}
