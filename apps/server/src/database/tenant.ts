import type { Database, Sql } from './database.ts';

/** Whose rows are worked on: those of an operator, or of one of its sellers. */
export interface Tenant {
  readonly operator: string;
  readonly seller?: string | undefined;
}

/**
 * Runs some work as a tenant, in a transaction: row-level security shows it the rows of its operator, and of its seller
 * where it is one, and takes no others from it. All work on tenants' rows goes through here.
 */
export const asTenant = <Result>(
  database: Database,
  tenant: Tenant,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> =>
  database.transaction(async (sql) => {
    await sql.query(
      "SELECT set_config('role', 'crossparcel_tenant', true), set_config('crossparcel.operator', $1, true), set_config('crossparcel.seller', $2, true)",
      [tenant.operator, tenant.seller ?? ''],
    );
    return work(sql);
  });

/**
 * Runs some work as the keeper, who belongs to no tenant: checks keys, sequences the log, relays the outbox. It sees the
 * few columns that this needs, of everybody.
 */
export const asKeeper = <Result>(database: Database, work: (sql: Sql) => Promise<Result>): Promise<Result> =>
  database.transaction(async (sql) => {
    await sql.query("SELECT set_config('role', 'crossparcel_keeper', true)");
    return work(sql);
  });
