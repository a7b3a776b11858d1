import type { Db } from 'pg-boss';

/** Statements within a transaction. */
export interface Sql {
  /** Runs one statement with parameters `$1…`; gives its rows. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs several statements without parameters. */
  run(text: string): Promise<void>;
}

/** A PostgreSQL database: embedded in this process (PGlite) or a server. The same SQL works on both. */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  /** Transactions that may run at the same time. */
  readonly width: number;
  /** Runs some work in a transaction: commits when it ends well, rolls back when it throws. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** How pg-boss reaches the same database. */
  readonly forJobs: Db;
  close(): Promise<void>;
}

/** Codes of errors after which a transaction can simply be tried again. */
const PASSING = new Set(['40001', '40P01', '55P03']);

/** Whether an error is one that a second try may not meet (serialization, deadlock, lock not available). */
export const isPassing = (error: unknown): boolean => PASSING.has((error as { code?: string } | null)?.code ?? '');
