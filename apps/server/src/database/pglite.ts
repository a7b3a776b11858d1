import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from 'pg-boss';
import type { Database, Sql } from './database.ts';

const BIGINT = 20;
const OPTIONS = { parsers: { [BIGINT]: Number } };

/** An empty database as `initdb` leaves it: unpacking it takes a second where making it takes five. */
const EMPTY_DATABASE = new URL('../../assets/pglite-0.5.16.tar.gz', import.meta.url);

/**
 * A table that was vacuumed while small gets its foreign keys checked by reading all of it, and the session keeps that
 * way of checking when the table has grown. One that was never vacuumed is taken to be larger.
 */
const GROWN_TABLES = `SELECT oid::regclass::text AS name FROM pg_class
  WHERE relkind = 'r' AND relnamespace <> 'information_schema'::regnamespace AND relnamespace <> 'pg_catalog'::regnamespace
    AND pg_relation_size(oid) >= 64 * current_setting('block_size')::int`;

type Statements = Pick<PGlite, 'query' | 'exec'>;

const sqlOf = (statements: Statements): Sql => ({
  async query<Row>(text: string, values: readonly unknown[] = []) {
    return (await statements.query<Row>(text, [...values], OPTIONS)).rows;
  },
  async run(text) {
    await statements.exec(text);
  },
});

/**
 * Opens the embedded database in a folder, or in memory without one. Only one process may have the folder open: take the
 * folder's lock first.
 */
export const openPglite = async (folder?: string): Promise<Database> => {
  const isNew = folder === undefined || !existsSync(join(folder, 'PG_VERSION'));
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const db = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(isNew && { loadDataDir: new Blob([await readFile(EMPTY_DATABASE)]) }),
  });
  return {
    kind: 'pglite',
    transaction: (work, opening) =>
      db.transaction(async (tx) => {
        if (opening !== undefined) await tx.exec(opening);
        return work(sqlOf(tx));
      }),
    tidy: async () => {
      const { rows } = await db.query<{ name: string }>(GROWN_TABLES);
      if (rows.length > 0) await db.exec(`VACUUM (ANALYZE) ${rows.map(({ name }) => name).join(', ')}`);
    },
    forJobs: fromPglite(db),
    close: () => db.close(),
  };
};
