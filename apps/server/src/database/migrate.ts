import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { CrossparcelError } from '@crossparcel/units';
import type { Database, Sql } from './database.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);

/** Any number; the same in all processes that might change the schema of one database. */
const LOCK = 4_600_001;

/** Lets one transaction at a time change the schema. */
export const lockSchema = async (sql: Sql): Promise<void> => {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
};

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

const migrations = async (): Promise<Migration[]> => {
  const names = (await readdir(MIGRATIONS)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, MIGRATIONS), 'utf8');
      const hash = createHash('sha256').update(text).digest('hex');
      return { number: Number(name.slice(0, 4)), name, text, hash };
    }),
  );
};

/**
 * Brings a database to the newest schema: runs the numbered files that it has not seen, each in its own transaction.
 * Throws `migration-edited` when one that has run was changed since, and `database-newer` when the database has seen
 * one that this program does not know.
 */
export const migrate = async (database: Database): Promise<void> => {
  await database.transaction(async (sql) => {
    await lockSchema(sql);
    await sql.run(
      'CREATE TABLE IF NOT EXISTS schema_migrations (number integer PRIMARY KEY, name text NOT NULL, hash text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
    );
  });
  const all = await migrations();
  for (const migration of all) await database.transaction((sql) => apply(sql, migration));
  const newest = all.at(-1)?.number ?? 0;
  const [seen] = await database.transaction((sql) =>
    sql.query<{ number: number }>('SELECT max(number) AS number FROM schema_migrations'),
  );
  if ((seen?.number ?? 0) > newest) {
    throw new CrossparcelError({
      code: 'database-newer',
      what: `the database has migration ${seen?.number}, this program knows ${newest}`,
      mend: 'start the newer program',
    });
  }
};

const apply = async (sql: Sql, migration: Migration): Promise<void> => {
  await lockSchema(sql);
  const [done] = await sql.query<{ hash: string }>('SELECT hash FROM schema_migrations WHERE number = $1', [
    migration.number,
  ]);
  if (done && done.hash !== migration.hash) {
    throw new CrossparcelError({
      code: 'migration-edited',
      what: `migration ${migration.name} was changed after it had run`,
      mend: 'restore the file and write a new one',
    });
  }
  if (done) return;
  await sql.run(migration.text);
  await sql.query('INSERT INTO schema_migrations (number, name, hash) VALUES ($1, $2, $3)', [
    migration.number,
    migration.name,
    migration.hash,
  ]);
};
