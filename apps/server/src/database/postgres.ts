import pg from 'pg';
import type { Database, Sql } from './database.ts';

const BIGINT = 20;

/** Sums and positions fit a safe integer; they come as numbers, as PGlite gives them. */
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

const sqlOf = (client: pg.ClientBase): Sql => ({
  async query<Row>(text: string, values: readonly unknown[] = []) {
    const result = await client.query({ text, values: values as unknown[], types });
    return result.rows as Row[];
  },
  async run(text) {
    await client.query(text);
  },
});

/** Opens a PostgreSQL server by its URL. */
export const openPostgres = async (url: string, width = 10): Promise<Database> => {
  const pool = new pg.Pool({ connectionString: url, max: width });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    kind: 'postgres',

    async transaction(work, opening) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(opening === undefined ? 'BEGIN' : `BEGIN; ${opening}`);
        const result = await work(sqlOf(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    tidy: async () => undefined,
    forJobs: { executeSql: (text, values) => pool.query(text, values) },
    close: () => pool.end(),
  };
};
