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
  /**
   * Runs some work in a transaction: commits when it ends well, rolls back when it throws. `opening` are statements that
   * begin it, sent together with BEGIN.
   */
  transaction<Result>(work: (sql: Sql) => Promise<Result>, opening?: string): Promise<Result>;
  /** Gives room back and renews what the planner knows of the tables. A server does that by itself. */
  tidy(): Promise<void>;
  /** How pg-boss reaches the same database. */
  readonly forJobs: Db;
  close(): Promise<void>;
}

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';

/** Serialization failure, deadlock, lock not available: errors that a second try may not meet. */
const PASSING = new Set(['40001', '40P01', '55P03']);
const ATTEMPTS = 5;

/** Does some work, and again when it lost against another transaction. */
export const withRetries = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !PASSING.has(codeOf(error))) throw error;
    }
  }
};

/** Whether an error lies in the data of a statement (SQLSTATE classes 22 and 23), not in the state of the world. */
export const isOfOneItem = (error: unknown): boolean => /^2[23]/.test(codeOf(error));

/** Whether an error says that the database cannot be reached or takes no more work just now. */
export const isUnavailable = (error: unknown): boolean =>
  /^(08|53|57P|ECONN|ETIMEDOUT|ENOTFOUND|EPIPE)/.test(codeOf(error)) ||
  /connection terminated|timeout exceeded when trying to connect/i.test(error instanceof Error ? error.message : '');
