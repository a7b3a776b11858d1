import type { Database, Sql } from '../database/database.ts';
import { asKeeper, asTenant, type Tenant } from '../database/tenant.ts';

/** What a step is done for: its tenant, and the key by which doing it twice is doing it once. */
export interface StepInput {
  readonly tenant: Tenant;
  readonly key: string;
}

/**
 * A step of a job that touches only the database. It and the note that it is done are committed together, so it is done
 * exactly once.
 */
interface DatabaseStep<Input extends StepInput> {
  readonly kind: 'database';
  readonly name: string;
  do(sql: Sql, input: Input): Promise<void>;
  /** Takes back what `do` did; called when a later step of the job has failed for good. */
  undo(sql: Sql, input: Input): Promise<void>;
}

/**
 * A step that touches the world. It may be done again when the process dies before the note is written, so it has to
 * hand on its key to whatever it touches.
 */
interface WorldStep<Input extends StepInput> {
  readonly kind: 'world';
  readonly name: string;
  do(input: Input): Promise<void>;
  /** Takes back what `do` did; nothing where there is nothing to take back. */
  undo(input: Input): Promise<void>;
}

export type Step<Input extends StepInput> = DatabaseStep<Input> | WorldStep<Input>;

type State = 'done' | 'undone';

const isDone = async (sql: Sql, step: string, key: string): Promise<boolean> => {
  const [row] = await sql.query<{ state: State }>('SELECT state FROM step_runs WHERE step = $1 AND key = $2', [
    step,
    key,
  ]);
  return row?.state === 'done';
};

const note = (sql: Sql, step: string, { tenant, key }: StepInput, state: State): Promise<unknown> =>
  sql.query(
    `INSERT INTO step_runs (step, key, operator_id, seller_id, state) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (step, key) DO UPDATE SET state = excluded.state, at = now()`,
    [step, key, tenant.operator, tenant.seller ?? null, state],
  );

const doStep = async <Input extends StepInput>(database: Database, step: Step<Input>, input: Input): Promise<void> => {
  if (step.kind === 'database') {
    await asTenant(database, input.tenant, async (sql) => {
      // Two workers on one job: the second waits here, and then finds the step done.
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${step.name} ${input.key}`]);
      if (await isDone(sql, step.name, input.key)) return;
      await step.do(sql, input);
      await note(sql, step.name, input, 'done');
    });
    return;
  }
  if (await asKeeper(database, (sql) => isDone(sql, step.name, input.key))) return;
  await step.do(input);
  await asKeeper(database, (sql) => note(sql, step.name, input, 'done'));
};

const undoStep = async <Input extends StepInput>(
  database: Database,
  step: Step<Input>,
  input: Input,
): Promise<void> => {
  if (step.kind === 'database') {
    await asTenant(database, input.tenant, async (sql) => {
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${step.name} ${input.key}`]);
      if (!(await isDone(sql, step.name, input.key))) return;
      await step.undo(sql, input);
      await note(sql, step.name, input, 'undone');
    });
    return;
  }
  if (!(await asKeeper(database, (sql) => isDone(sql, step.name, input.key)))) return;
  await step.undo(input);
  await asKeeper(database, (sql) => note(sql, step.name, input, 'undone'));
};

/**
 * Does the steps of a job in order; those that are done already are passed over. When one fails and it was the last
 * attempt, what was done before is taken back in reverse order. The failure is thrown either way.
 */
export const runSteps = async <Input extends StepInput>(
  database: Database,
  steps: readonly Step<Input>[],
  input: Input,
  isLastAttempt: boolean,
): Promise<void> => {
  for (const [index, step] of steps.entries()) {
    try {
      await doStep(database, step, input);
    } catch (error) {
      if (isLastAttempt) {
        for (const earlier of steps.slice(0, index).reverse()) await undoStep(database, earlier, input);
      }
      throw error;
    }
  }
};
