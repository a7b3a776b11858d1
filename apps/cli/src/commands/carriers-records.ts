import { InputError, type RawRecord, readBatches, recordsOf, STDIN } from '@crossparcel/files';
import { type Fault, faultOfIssues, problemDetails, type Result } from '@crossparcel/units';
import type * as z from 'zod';
import { EXIT } from '../conventions/exit.ts';

/** Options that asking carriers has in common. */
export interface CarriersOptions {
  readonly accounts?: string;
  readonly keepGoing?: boolean;
}

/** A record of the answer, and whether every carrier that was asked answered. */
export interface Answered {
  readonly record: object;
  readonly isWhole: boolean;
}

type Ask<Input> = (input: Input) => Promise<Result<Answered, Fault>>;

const answerOne = async <Input>(raw: RawRecord, schema: z.ZodType<Input>, ask: Ask<Input>) => {
  if (raw.fault) return { ok: false as const, error: raw.fault as Fault };
  const read = schema.safeParse(raw.value);
  return read.success ? ask(read.data) : { ok: false as const, error: faultOfIssues(read.error.issues) };
};

/**
 * Asks carriers about each record, one after the other in the order of the files, and prints one line of JSON for each. Gives the
 * exit code: 3 where a record was bad or a carrier failed. Throws `InputError` for a bad record without `keepGoing`.
 */
export const answerEach = async <Input>(
  files: readonly string[],
  schema: z.ZodType<Input>,
  { keepGoing = false }: CarriersOptions,
  ask: Ask<Input>,
): Promise<number> => {
  let code: number = EXIT.done;
  for (const file of files.length === 0 ? [STDIN] : files) {
    for await (const batch of readBatches(file)) {
      for (const raw of recordsOf(batch)) {
        const answer = await answerOne(raw, schema, ask);
        if (!answer.ok || !answer.value.isWhole) code = EXIT.doneWithBadRecords;
        const record = answer.ok ? answer.value.record : badRecord(raw, answer.error, keepGoing);
        process.stdout.write(`${JSON.stringify(record)}\n`);
      }
    }
  }
  return code;
};

/** A record with its fault, in place of its answer. */
const badRecord = (raw: RawRecord, fault: Fault, keepGoing: boolean): object => {
  const error = raw.fault ?? new InputError(fault, raw.position);
  if (!keepGoing) throw error;
  process.stderr.write(`${error.message}\n`);
  const id = (raw.value as { id?: unknown } | null | undefined)?.id;
  return { id: typeof id === 'string' ? id : null, error: problemDetails(fault) };
};
