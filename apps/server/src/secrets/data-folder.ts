import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrossparcelError } from '@crossparcel/units';
import { KEY_BYTES, Keyring } from './keyring.ts';
import { makeWholeFile } from './whole-file.ts';

/** Reads a file, or makes it; what is there wins over what is made, so that processes that start together agree. */
const readOrMake = async (path: string, make: () => string): Promise<string> => {
  if (!existsSync(path)) await makeWholeFile(path, make());
  return readFile(path, 'utf8');
};

const bad = (what: string, mend: string): CrossparcelError => new CrossparcelError({ code: 'bad-secret', what, mend });

/** The folder in which an installation keeps its keys, and the embedded database where there is one. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
  }

  /** Where the embedded database lies. */
  get database(): string {
    return join(this.path, 'database');
  }

  /** The master key: given as base64, or kept in the folder. */
  async keyring(given: string | undefined): Promise<Keyring> {
    const text =
      given ?? (await readOrMake(join(this.path, 'secret.key'), () => randomBytes(KEY_BYTES).toString('base64')));
    const master = Buffer.from(text.trim(), 'base64');
    if (master.length !== KEY_BYTES)
      throw bad(`the master key has ${master.length} bytes`, `give ${KEY_BYTES} bytes as base64`);
    return new Keyring(master);
  }

  /** The key that signs the log's checkpoints: given as PEM, or kept in the folder. */
  async logKey(given: string | undefined): Promise<KeyObject> {
    const make = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = createPrivateKey(given ?? (await readOrMake(join(this.path, 'log.key'), make)));
    if (key.asymmetricKeyType !== 'ed25519')
      throw bad('the log’s key is not Ed25519', 'give an Ed25519 key as PKCS #8 PEM');
    return key;
  }

  /** The first API key of the installation, for people and programs on this machine; made by `make` when there is none. */
  async ownerKey(make: () => string): Promise<string> {
    return (await readOrMake(join(this.path, 'owner.key'), make)).trim();
  }
}
