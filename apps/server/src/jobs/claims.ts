import type { Database } from '../database/database.ts';
import { asKeeper, asTenant, type Tenant } from '../database/tenant.ts';

/** Work that was claimed and not finished in this time is another worker's to do. */
const CLAIM_SECONDS = 600;

/** Tables whose rows are work: `running` until a worker has made of them what was asked. */
const TABLES = ['plans', 'placements'] as const;
type WorkTable = (typeof TABLES)[number];

/** A row that a worker has claimed. */
interface Claimed {
  readonly id: string;
  readonly tenant: Required<Tenant>;
}

/** Claims the row that has waited longest, unless another worker has it. */
const claim = (database: Database, table: WorkTable): Promise<Claimed | undefined> =>
  asKeeper(database, async (sql) => {
    const [row] = await sql.query<{ id: string; operator_id: string; seller_id: string }>(
      `UPDATE ${table} SET claimed_until = now() + make_interval(secs => $1)
       WHERE id = (SELECT id FROM ${table} WHERE state = 'running' AND (claimed_until IS NULL OR claimed_until < now())
         ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, operator_id, seller_id`,
      [CLAIM_SECONDS],
    );
    return row && { id: row.id, tenant: { operator: row.operator_id, seller: row.seller_id } };
  });

/** Frees what a process claimed which is no more. */
export const freeClaims = (database: Database): Promise<unknown> =>
  asKeeper(database, async (sql) => {
    for (const table of TABLES) await sql.query(`UPDATE ${table} SET claimed_until = NULL WHERE state = 'running'`);
  });

const free = (database: Database, table: WorkTable, id: string): Promise<unknown> =>
  asKeeper(database, (sql) => sql.query(`UPDATE ${table} SET claimed_until = NULL WHERE id = $1`, [id]));

const markFailed = (database: Database, table: WorkTable, { id, tenant }: Claimed): Promise<unknown> =>
  asTenant(database, tenant, (sql) =>
    sql.query(`UPDATE ${table} SET state = 'failed', ended_at = now() WHERE id = $1 AND state = 'running'`, [id]),
  );

/**
 * Does the work that waits in a table, row after row; gives how many. Work that throws is marked as failed, and the error
 * passed on; work that is called off through the signal is left to the next worker. A process that dies on the way leaves its row
 * claimed until the claim runs out.
 */
export const workOff = async (
  database: Database,
  table: WorkTable,
  work: (claimed: Claimed) => Promise<void>,
  signal?: AbortSignal,
): Promise<number> => {
  for (let done = 0; ; done += 1) {
    const claimed = signal?.aborted ? undefined : await claim(database, table);
    if (!claimed) return done;
    try {
      await work(claimed);
    } catch (error) {
      if (signal?.aborted) {
        await free(database, table, claimed.id);
        return done;
      }
      await markFailed(database, table, claimed);
      throw error;
    }
  }
};
