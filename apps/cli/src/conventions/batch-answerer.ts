import { InputError, type RecordBatch, recordsOf } from '@crossparcel/files';
import { type Fault, faultOfIssues, problemDetails, type Result } from '@crossparcel/units';
import type * as z from 'zod';
import { withoutDots } from './dotted-columns.ts';

/** Options of a command as its text values. */
export type OptionValues = Readonly<Record<string, string | undefined>>;

/** An option of a command; one that repeats comes as its values joined by commas. */
interface CommandOption {
  readonly flags: string;
  readonly description: string;
  readonly repeats?: boolean;
}

/** Answers a record. What is left to do after the last one is done by `finish`; only where records are answered in turn. */
export interface Answer<Input, Output> {
  (record: Input): Result<Output, Fault>;
  finish?(): Promise<void>;
}

/** What a command that answers each record with one record says of itself. */
interface CommandFace<Input, Output> {
  /** `landed-cost`, or `landed-cost compare` for a command below another. */
  readonly name: string;
  readonly summary: string;
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  /** Fields shown in tables and CSV, `a.b` for one inside another. */
  readonly columns: readonly string[];
  /** A list of the answer of which tables and CSV show every element as a row; `columns` then name its fields too. */
  readonly each?: string;
  /** Its own options beside those that every command has. */
  readonly options: readonly CommandOption[];
  /** Each answer depends on those before, so that one thread gives all of them, whatever `--jobs` says. */
  readonly inTurn?: boolean;
  /** Another way to run, for options that ask for what no filter gives, such as a folder of files; undefined when they do not. */
  apart?(options: OptionValues): ((files: readonly string[], keepGoing: boolean) => Promise<number>) | undefined;
}

/** What is wrong with a line that a command can do without goes here, which throws it unless bad records are passed over. */
type Pass = (error: InputError) => void;

/** A command that answers each record with one record: all that a new engine has to say to become a filter. */
export interface RecordCommand<Input, Output> extends CommandFace<Input, Output> {
  /** Reads what it needs, once for each worker, and gives the function that answers a record. Without `pass` it throws. */
  prepare(options: OptionValues, pass?: Pass): Answer<Input, Output>;
}

/** One whose engine is loaded when it is asked for, as it brings large tables that other commands do without. */
export interface LateRecordCommand<Input, Output> extends CommandFace<Input, Output> {
  prepare(options: OptionValues, pass?: Pass): Promise<Answer<Input, Output>>;
}

/** Any of them, as the command line and the workers see it. */
export type AnyRecordCommand = RecordCommand<unknown, unknown> | LateRecordCommand<unknown, unknown>;

/** What a batch of records comes to: JSON texts in order, and what was wrong. */
export interface BatchAnswer {
  readonly records: readonly string[];
  /** The same as lines of text, and how many, where a worker has written them for a sink that takes them as they are. */
  readonly lines?: { readonly bytes: Uint8Array; readonly count: number };
  readonly messages: readonly string[];
  /** The first fault, where records with faults stop the run. */
  readonly stop?: string;
}

/** Answers batches; one lives in the main thread or in each worker. */
export class BatchAnswerer {
  readonly #command: AnyRecordCommand;
  readonly #answer: Answer<unknown, unknown>;
  readonly #keepGoing: boolean;
  /** What was wrong with lines that the command could do without. */
  readonly passedOver: readonly string[];

  private constructor(
    command: AnyRecordCommand,
    answer: Answer<unknown, unknown>,
    keepGoing: boolean,
    passedOver: readonly string[],
  ) {
    this.#command = command;
    this.#answer = answer;
    this.#keepGoing = keepGoing;
    this.passedOver = passedOver;
  }

  /** Prepares a command. */
  static async of(command: AnyRecordCommand, options: OptionValues, keepGoing: boolean): Promise<BatchAnswerer> {
    const messages: string[] = [];
    const answer = await command.prepare(options, (error) => {
      if (!keepGoing) throw error;
      messages.push(error.message);
    });
    return new BatchAnswerer(command, answer, keepGoing, messages);
  }

  answer(batch: RecordBatch): BatchAnswer {
    const records: string[] = [];
    const messages: string[] = [];
    for (const raw of recordsOf(batch)) {
      const result = raw.fault ? { ok: false as const, error: raw.fault } : this.#one(raw.value);
      if (result.ok) {
        records.push(JSON.stringify(result.value));
        continue;
      }
      const { message } = raw.fault ?? new InputError(result.error, raw.position);
      if (!this.#keepGoing) return { records, messages, stop: message };
      messages.push(message);
      records.push(JSON.stringify({ id: idOf(raw.value), error: problemDetails(result.error) }));
    }
    return { records, messages };
  }

  /** After the last batch. */
  async finish(): Promise<void> {
    await this.#answer.finish?.();
  }

  #one(value: unknown): Result<unknown, Fault> {
    const parsed = this.#command.input.safeParse(withoutDots(value));
    return parsed.success ? this.#answer(parsed.data) : { ok: false, error: faultOfIssues(parsed.error.issues) };
  }
}

const idOf = (value: unknown): string | null => {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id : null;
};
