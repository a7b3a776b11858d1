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
      await db.exec('VACUUM (ANALYZE)');
    },
    forJobs: fromPglite(db),
    close: () => db.close(),
  };
};
