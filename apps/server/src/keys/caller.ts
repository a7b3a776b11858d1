import type { Scope } from '@crossparcel/api';
import type { Database } from '../database/database.ts';
import { asKeeper, type Tenant } from '../database/tenant.ts';
import { ShortMemory } from '../short-memory.ts';
import { isKey, prefixOf } from './api-key.ts';
import { findKey, type KeyRow } from './store.ts';

/** Who is calling. */
export interface Caller extends Tenant {
  readonly keyId: string;
  readonly prefix: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** How long a key that was read may be taken from memory. A key revoked in another process works that much longer. */
const REMEMBERED_MS = 1000;

/** Tells callers by their keys. */
export class Callers {
  readonly #database: Database;
  readonly #memory = new ShortMemory<KeyRow>(REMEMBERED_MS);

  constructor(database: Database) {
    this.#database = database;
  }

  /** The caller with a key; undefined when the key is none, revoked or expired. */
  async find(key: string, now = Date.now()): Promise<Caller | undefined> {
    const prefix = prefixOf(key);
    if (prefix === undefined) return undefined;
    const row = await this.#memory.get(prefix, now, () => asKeeper(this.#database, (sql) => findKey(sql, prefix)));
    if (!row || !isKey(key, row.secret_hash) || row.revoked_at !== null) return undefined;
    if (row.expires_at !== null && row.expires_at.getTime() <= now) return undefined;
    return {
      keyId: row.id,
      prefix,
      operator: row.operator_id,
      ...(row.seller_id === null ? {} : { seller: row.seller_id }),
      scopes: new Set(row.scopes),
    };
  }

  /** Forgets a key that was just revoked. */
  forget(prefix: string): void {
    this.#memory.forget(prefix);
  }
}
