import { type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Database, Sql } from '../database/database.ts';
import { lockSchema } from '../database/migrate.ts';
import { runSteps, type Step, type StepInput } from './step.ts';

/** A kind of job: its queue, its steps, and how often it is tried. */
export interface JobKind<Input extends StepInput> {
  readonly queue: string;
  readonly steps: readonly Step<Input>[];
  readonly retries: number;
  /** Seconds before the first retry; each later one waits twice as long. */
  readonly retryDelay: number;
}

/** A job that failed for good. */
export interface DeadJob {
  readonly id: string;
  readonly queue: string;
  readonly failedAt: Date;
  readonly input: unknown;
  readonly reason: string;
}

const DEAD = 'dead';
const SCHEMA = 'pgboss';
const MOST_DEAD = 1000;

/** Jobs on the database (pg-boss): retried with growing pauses, kept in sight when they fail for good. */
export class Jobs {
  readonly #database: Database;
  readonly #boss: PgBoss;
  readonly #kinds: readonly JobKind<StepInput>[];

  constructor(database: Database, kinds: readonly JobKind<never>[], onError: (error: Error) => void) {
    this.#database = database;
    this.#kinds = kinds as unknown as readonly JobKind<StepInput>[];
    this.#boss = new PgBoss({
      db: database.forJobs,
      backend: database.kind,
      schema: SCHEMA,
      createSchema: false,
      schedule: false,
      supervise: true,
    });
    this.#boss.on('error', onError);
  }

  /** Prepares the queues. */
  async start(): Promise<void> {
    await this.#boss.start();
    await this.#boss.createQueue(DEAD);
    for (const { queue, retries, retryDelay } of this.#kinds) {
      await this.#boss.createQueue(queue, { retryLimit: retries, retryDelay, retryBackoff: true, deadLetter: DEAD });
    }
    // The relay of the outbox sends jobs in its own transaction, in which it is the keeper.
    await this.#database.transaction(async (sql) => {
      await lockSchema(sql);
      await sql.run(
        `GRANT USAGE ON SCHEMA ${SCHEMA} TO crossparcel_keeper;
         GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ${SCHEMA} TO crossparcel_keeper;
         GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO crossparcel_keeper`,
      );
    });
  }

  /** Begins to work on jobs. */
  async work(pollSeconds: number): Promise<void> {
    for (const kind of this.#kinds) {
      await this.#boss.work(
        kind.queue,
        { includeMetadata: true, batchSize: 20, pollingIntervalSeconds: pollSeconds, perJobResults: true },
        (jobs: JobWithMetadata<StepInput>[]) => Promise.all(jobs.map((job) => this.#one(kind, job))),
      );
    }
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 5000 });
  }

  /** Sends jobs in a transaction: they are there if and only if it commits. A job with the id of another is the same. */
  async send(
    sql: Sql,
    queue: string,
    jobs: readonly { readonly id: string; readonly data: StepInput }[],
  ): Promise<void> {
    if (jobs.length === 0) return;
    const db = {
      executeSql: async (text: string, values?: unknown[]) => ({ rows: await sql.query<object>(text, values ?? []) }),
    };
    await this.#boss.insert(
      queue,
      jobs.map(({ id, data }) => ({ id, data })),
      { db },
    );
  }

  /** Jobs of an operator that failed for good, latest first. */
  async dead(operator: string): Promise<DeadJob[]> {
    const jobs = await this.#boss.findJobs<StepInput>(DEAD, { data: { tenant: { operator } }, limit: MOST_DEAD });
    return jobs
      .filter((job) => job.state === 'created' || job.state === 'retry')
      .map((job) => ({
        id: job.id,
        queue: job.sourceName ?? '',
        failedAt: job.createdOn,
        input: job.data,
        reason: reasonOf(job),
      }))
      .sort((a, b) => b.failedAt.getTime() - a.failedAt.getTime() || (a.id < b.id ? 1 : -1));
  }

  /** Sends a dead job of an operator back to its queue; gives how many that were. */
  async replay(operator: string, id: string): Promise<number> {
    return this.#boss.redrive(DEAD, { ids: [id], data: { tenant: { operator } } });
  }

  /** Each job of a batch succeeds or fails alone. */
  async #one(kind: JobKind<StepInput>, job: JobWithMetadata<StepInput>): Promise<JobResult> {
    try {
      await runSteps(this.#database, kind.steps, job.data, job.retryCount >= job.retryLimit);
      return { id: job.id, status: 'completed' };
    } catch (error) {
      return {
        id: job.id,
        status: 'failed',
        output: { message: error instanceof Error ? error.message : String(error) },
      };
    }
  }
}

const reasonOf = (job: JobWithMetadata<StepInput>): string => {
  const output = job.sourceOutput as { message?: unknown } | null;
  return typeof output?.message === 'string' ? output.message : 'it failed on every attempt';
};
