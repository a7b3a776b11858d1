import { OutputFile, type RecordBatch, readBatches } from '@crossparcel/files';
import { Command } from 'commander';
import * as z from 'zod';
import { type AnyRecordCommand, type BatchAnswer, BatchAnswerer, type OptionValues } from './batch-answerer.ts';
import { EXIT, UsageError } from './exit.ts';
import { chooseFormat, FORMATS, Printer } from './format.ts';
import { Progress } from './progress.ts';
import { WorkerPool } from './worker-pool.ts';

/** The JSON Schema of a command's input and output, as `--schema` prints it. */
export const schemaText = (input: z.ZodType, output: z.ZodType): string => {
  const json = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return `${JSON.stringify({ input: json(input, 'input'), output: json(output, 'output') }, null, 2)}\n`;
};

interface CommonOptions {
  readonly format?: string;
  readonly output?: string;
  readonly keepGoing?: boolean;
  readonly jobs?: string;
  readonly schema?: boolean;
}

/** Where the text of results goes: a file that appears whole, or standard output. */
export const openSink = (
  file: string | undefined,
): { write(text: string | Uint8Array): Promise<void>; commit(): Promise<void>; discard(): Promise<void> } => {
  if (file !== undefined) return new OutputFile(file);
  return {
    write: (text) =>
      new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve()))),
    commit: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
};

const jobsOf = (text: string | undefined): number => {
  if (text === undefined) return 1;
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`--jobs ${text} is not a number of workers; give 1 to 99`);
  return Number(text);
};

async function* allBatches(files: readonly string[]): AsyncGenerator<RecordBatch> {
  for (const file of files) yield* readBatches(file);
}

async function* answers(
  command: AnyRecordCommand,
  files: readonly string[],
  options: OptionValues,
  common: CommonOptions,
  asLines: boolean,
): AsyncGenerator<BatchAnswer> {
  const jobs = jobsOf(common.jobs);
  const keepGoing = common.keepGoing === true;
  if (jobs === 1 || command.inTurn) {
    const answerer = await BatchAnswerer.of(command, options, keepGoing);
    yield { records: [], messages: answerer.passedOver };
    for await (const batch of allBatches(files)) yield answerer.answer(batch);
    await answerer.finish();
    return;
  }
  const pool = new WorkerPool(jobs, { command: command.name, options, keepGoing, asLines });
  try {
    yield* pool.run(allBatches(files));
  } finally {
    await pool.close();
  }
}

const run = async (
  command: AnyRecordCommand,
  files: readonly string[],
  options: OptionValues,
  common: CommonOptions,
): Promise<number> => {
  const format = chooseFormat(common.format, common.output === undefined && process.stdout.isTTY === true);
  const printer = new Printer(format, command.columns, command.each);
  const progress = new Progress(command.name);
  const sink = openSink(common.output);
  let bad = 0;
  try {
    await sink.write(printer.head());
    for await (const answer of answers(command, files, options, common, format === 'ndjson')) {
      const text = answer.lines?.bytes ?? printer.body(answer.records);
      if (text.length > 0) await sink.write(text);
      for (const message of answer.messages) process.stderr.write(`${message}\n`);
      bad += answer.messages.length;
      progress.add(answer.lines?.count ?? answer.records.length);
      if (answer.stop === undefined) continue;
      await sink.discard();
      process.stderr.write(`${answer.stop}\n`);
      return EXIT.badInput;
    }
    await sink.write(printer.tail());
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  } finally {
    progress.done();
  }
  return bad > 0 ? EXIT.doneWithBadRecords : EXIT.done;
};

/** Puts a record command on the command line, with the options that all of them share. */
export const recordCommandLine = (command: AnyRecordCommand): Command => {
  const line = new Command(command.name.split(' ').at(-1))
    .enablePositionalOptions()
    .summary(command.summary)
    .description(command.summary)
    .argument('[input...]', 'files (.ndjson, .jsonl, .json, .csv, .gz of these), or - for standard input')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--keep-going', 'answer a bad record with its error, and exit with 3 at the end')
    .option(
      '--jobs <n>',
      `use so many worker threads${command.inTurn ? '; here one, as each answer depends on those before' : ''}`,
    )
    .option('--schema', 'print the JSON Schema of input and output');
  for (const { flags, description, repeats } of command.options) {
    if (repeats)
      line.option(flags, description, (value: string, before?: string) => (before ? `${before},${value}` : value));
    else line.option(flags, description);
  }
  line.action(async (files: string[], values: CommonOptions & OptionValues) => {
    if (values.schema) {
      process.stdout.write(schemaText(command.input, command.output));
      return;
    }
    if (files.length === 0) throw new UsageError('no input; give files, or - for standard input');
    const apart = command.apart?.(values);
    process.exitCode = apart
      ? await apart(files, values.keepGoing === true)
      : await run(command, files, values, values);
  });
  return line;
};
