import { LABEL_FORMS, type LabelForm, LabelJob, labelOf, labelRequestSchema } from '@crossparcel/documents';
import {
  documentFonts,
  InputError,
  OutputFile,
  type RawRecord,
  Reference,
  readBatches,
  recordsOf,
} from '@crossparcel/files';
import { type Fault, fail, faultOfIssues, type Result } from '@crossparcel/units';
import { Command } from 'commander';
import * as z from 'zod';
import { dayOption } from '../conventions/day-option.ts';
import { withoutDots } from '../conventions/dotted-columns.ts';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { Progress } from '../conventions/progress.ts';

interface LabelOptions {
  readonly as: string;
  readonly dpi: string;
  readonly output?: string;
  readonly keepGoing?: boolean;
  readonly at?: string;
  readonly schema?: boolean;
}

const MS_PER_DAY = 86_400_000;

/** What printers call 203, 300 and 600 dots per inch are whole dots per millimetre. */
const DOTS_PER_MM = { '203': 8, '300': 12, '600': 24 } as const;

/** Where a job goes: a file that appears whole, or standard output. */
type Sink = Pick<OutputFile, 'write' | 'commit' | 'discard'>;

const standardOutput: Sink = {
  write: (bytes) =>
    new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))),
  commit: () => Promise.resolve(),
  discard: () => Promise.resolve(),
};

const formOf = (text: string): LabelForm => {
  const form = LABEL_FORMS.find((one) => one === text);
  if (!form) throw new UsageError(`--as ${text} is not known; give one of ${LABEL_FORMS.join(', ')}`);
  return form;
};

const jobOf = ({ as, dpi, at }: LabelOptions): LabelJob => {
  const dotsPerMm = DOTS_PER_MM[dpi as keyof typeof DOTS_PER_MM];
  if (dotsPerMm === undefined) {
    throw new UsageError(`--dpi ${dpi} is not known; give one of ${Object.keys(DOTS_PER_MM).join(', ')}`);
  }
  const time = at === undefined ? {} : { at: dayOption('--at', at) * MS_PER_DAY };
  return new LabelJob({ form: formOf(as), dotsPerMm, ...time }, documentFonts(), new Reference().labelBook());
};

/** The pages of a record as bytes, or what is wrong with it. */
const printed = (job: LabelJob, value: unknown): Result<readonly Uint8Array[], Fault> => {
  const parsed = labelRequestSchema.safeParse(withoutDots(value));
  if (!parsed.success) return fail(faultOfIssues(parsed.error.issues));
  const label = labelOf(parsed.data);
  return label.ok ? job.add(label.value) : label;
};

async function* recordsOfAll(files: readonly string[]): AsyncGenerator<RawRecord> {
  for (const file of files) for await (const batch of readBatches(file)) yield* recordsOf(batch);
}

/** Prints all records and gives how many were bad. Throws the first fault unless bad records are passed over. */
const printAll = async (job: LabelJob, files: readonly string[], sink: Sink, keepGoing: boolean): Promise<number> => {
  const progress = new Progress('label');
  let bad = 0;
  try {
    await sink.write(job.begin());
    for await (const { value, position, fault } of recordsOfAll(files)) {
      const result = fault ? undefined : printed(job, value);
      if (result?.ok) {
        for (const part of result.value) await sink.write(part);
        progress.add(1);
        continue;
      }
      const error = fault ?? new InputError((result as { error: Fault }).error, position);
      if (!keepGoing) throw error;
      process.stderr.write(`${error.message}\n`);
      bad += 1;
    }
    await sink.write(job.end());
  } finally {
    progress.done();
  }
  return bad;
};

const run = async (files: readonly string[], options: LabelOptions): Promise<number> => {
  const job = jobOf(options);
  const sink = options.output === undefined ? standardOutput : new OutputFile(options.output);
  try {
    const bad = await printAll(job, files, sink, options.keepGoing === true);
    await sink.commit();
    return bad > 0 ? EXIT.doneWithBadRecords : EXIT.done;
  } catch (error) {
    await sink.discard();
    throw error;
  }
};

/** `crossparcel label`: one print job of any length as PDF, ZPL or a picture. */
export const labelCommand = (): Command =>
  new Command('label')
    .summary('print labels: all records as one PDF, one file of ZPL, or one picture')
    .description(
      'Prints a label of 4 by 6 inches for each record, all in one job. A customs form that does not fit the label and the battery mark follow it on pages of their own.',
    )
    .argument('[input...]', 'files (.ndjson, .jsonl, .json, .csv, .gz of these), or - for standard input')
    .option('--as <form>', LABEL_FORMS.join(', '), 'pdf')
    .option('--dpi <dots>', `resolution of ZPL and pictures: ${Object.keys(DOTS_PER_MM).join(', ')}`, '203')
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--keep-going', 'leave bad records out, name them, and exit with 3 at the end')
    .option('--at <date>', 'the day that the properties of a PDF name')
    .option('--schema', 'print the JSON Schema of the input')
    .action(async (files: string[], options: LabelOptions) => {
      if (options.schema) {
        const input = z.toJSONSchema(labelRequestSchema, { io: 'input', unrepresentable: 'any' });
        process.stdout.write(`${JSON.stringify({ input }, null, 2)}\n`);
        return;
      }
      if (files.length === 0) throw new UsageError('no input; give files, or - for standard input');
      process.exitCode = await run(files, options);
    });
