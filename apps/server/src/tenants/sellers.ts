import type { Database } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { ShortMemory } from '../short-memory.ts';
import { onlySeller } from './store.ts';

const REMEMBERED_MS = 1000;

const nameOf = ({ operator, seller }: Tenant): string => `${operator}|${seller ?? ''}`;

/** Tells which seller a tenant means. */
export class Sellers {
  readonly #database: Database;
  readonly #memory = new ShortMemory<string>(REMEMBERED_MS);

  constructor(database: Database) {
    this.#database = database;
  }

  /** The seller of a tenant: the one that it names, when there is such a one, or its only one. */
  find(tenant: Tenant, now = Date.now()): Promise<string | undefined> {
    return this.#memory.get(nameOf(tenant), now, () => asTenant(this.#database, tenant, onlySeller));
  }

  /** Forgets which is the only seller of an operator that just got another. */
  forgetOnly(operator: string): void {
    this.#memory.forget(nameOf({ operator }));
  }
}
