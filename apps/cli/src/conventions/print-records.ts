import { chooseFormat, Printer } from './format.ts';
import { openSink } from './record-command-line.ts';

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
