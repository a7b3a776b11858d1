import type { IntakeResult, OrderSubmission } from '@crossparcel/api';
import { MicroBatcher } from '../batching/micro-batcher.ts';
import { type Database, isOfOneItem, type Sql, withRetries } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { keyOf } from './arrival.ts';
import { writeKnown } from './known-orders.ts';
import { writeNew } from './new-orders.ts';
import { type OrderVersion, versionOf } from './version.ts';

// Few transactions with many items each: what comes while they run makes the next ones larger.
const BATCH = { most: 500, waitMs: 3, width: 2, mostWaiting: 20_000, isOfOneItem };

/**
 * Takes orders in. An order is acknowledged when the transaction that holds it has been committed, and not before; sent
 * again it is the same order; of several versions the latest counts, in whatever order they come. Orders that arrive
 * within a few milliseconds share a transaction.
 */
export class Intake {
  readonly #database: Database;
  readonly #keyring: Keyring;
  readonly #batchers = new Map<string, MicroBatcher<OrderSubmission, IntakeResult>>();

  constructor(database: Database, keyring: Keyring) {
    this.#database = database;
    this.#keyring = keyring;
  }

  /** Takes some orders of a seller in; one result each, in order. Throws `busy` when too many are waiting already. */
  submit(tenant: Required<Tenant>, orders: readonly OrderSubmission[]): Promise<IntakeResult[]> {
    const key = `${tenant.operator}|${tenant.seller}`;
    let batcher = this.#batchers.get(key);
    if (!batcher) {
      batcher = new MicroBatcher(BATCH, (items) => this.#commit(tenant, items));
      this.#batchers.set(key, batcher);
    }
    return batcher.addAll(orders);
  }

  #commit(tenant: Required<Tenant>, orders: readonly OrderSubmission[]): Promise<IntakeResult[]> {
    const versions = orders.map((order) => versionOf(order, tenant.operator, this.#keyring));
    return withRetries(() =>
      asTenant(this.#database, tenant, (sql) => writeVersions(sql, tenant, versions, this.#keyring)),
    );
  }
}

/** Writes versions of orders in one transaction; one result each, in order. */
const writeVersions = async (
  sql: Sql,
  tenant: Required<Tenant>,
  versions: readonly OrderVersion[],
  keyring: Keyring,
): Promise<IntakeResult[]> => {
  const groups = Map.groupBy(versions, keyOf);
  // Most orders are new. Those that could not be inserted are known, be it from another transaction that just ended.
  const newcomers = await writeNew(sql, tenant, groups, keyring);
  const rest = new Map([...groups].filter(([key]) => !newcomers.has(key)));
  const { arrivals: known, states } = await writeKnown(sql, tenant, rest, keyring);
  const outcomes = new Map<string, Iterator<IntakeResult['outcome']>>();
  return versions.map((version) => {
    const key = keyOf(version);
    const newcomer = newcomers.get(key);
    const arrival = newcomer?.arrival ?? known.get(key);
    const state = newcomer?.state ?? states.get(arrival?.id ?? '');
    const next = outcomes.get(key) ?? arrival?.settled.outcomes.values();
    if (!(arrival && state && next)) throw new Error('an order was neither new nor known');
    outcomes.set(key, next);
    const outcome = next.next().value as IntakeResult['outcome'];
    return { shop: version.shop, externalId: version.externalId, id: arrival.id, outcome, state };
  });
};
