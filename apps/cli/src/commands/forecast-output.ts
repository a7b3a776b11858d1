import * as z from 'zod';
import { chooseFormat, Printer } from '../conventions/format.ts';
import { openSink } from '../conventions/record-command-line.ts';

/** A forecast of a period, as it is printed. */
export const stepSchema = z.object({
  /** A series, or a group of series. */
  series: z.string(),
  /** Of a file with groups: `series`, the column of the group, or `total`. */
  level: z.string().optional(),
  h: z.int().positive(),
  period: z.string(),
  mean: z.number().nonnegative(),
  quantiles: z.record(z.string(), z.number().nonnegative()),
});
export type StepRecord = z.infer<typeof stepSchema>;

/** Records written at a time. */
const BATCH = 1000;

/** Prints records as they come, in the format asked for; a file appears whole or not at all. */
export const printRecords = async (
  records: Iterable<object>,
  columns: readonly string[],
  { format, output }: { format?: string; output?: string },
): Promise<void> => {
  const toTerminal = output === undefined && process.stdout.isTTY === true;
  const printer = new Printer(chooseFormat(format, toTerminal), columns);
  const sink = openSink(output);
  try {
    await sink.write(printer.head());
    let batch: string[] = [];
    for (const record of records) {
      batch.push(JSON.stringify(record));
      if (batch.length < BATCH) continue;
      await sink.write(printer.body(batch));
      batch = [];
    }
    await sink.write(printer.body(batch) + printer.tail());
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
};
