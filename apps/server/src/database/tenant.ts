import type { Database, Sql } from './database.ts';

/** Whose rows are worked on: those of an operator, or of one of its sellers. */
export interface Tenant {
  readonly operator: string;
  readonly seller?: string | undefined;
}

/** An id as text of SQL. Ids are made here, and yet nothing else than one gets into a statement. */
const quoted = (id: string): string => {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new RangeError('a tenant is named by a UUID');
  return `'${id}'`;
};

/**
 * Runs some work as a tenant, in a transaction: row-level security shows it the rows of its operator, and of its seller
 * where it is one, and takes no others from it. All work on tenants' rows goes through here.
 */
export const asTenant = <Result>(
  database: Database,
  { operator, seller }: Tenant,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> =>
  database.transaction(
    work,
    `SET LOCAL ROLE crossparcel_tenant; SET LOCAL crossparcel.operator = ${quoted(operator)};
     SET LOCAL crossparcel.seller = ${seller === undefined ? "''" : quoted(seller)}`,
  );

/**
 * Runs some work as the keeper, who belongs to no tenant: checks keys, sequences the log, relays the outbox. It sees the
 * few columns that this needs, of everybody.
 */
export const asKeeper = <Result>(database: Database, work: (sql: Sql) => Promise<Result>): Promise<Result> =>
  database.transaction(work, 'SET LOCAL ROLE crossparcel_keeper');
