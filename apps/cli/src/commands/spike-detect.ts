import { type DemandFile, periodText, SpikeAlarm } from '@crossparcel/demand';
import { DemandReference, InputError, type Position } from '@crossparcel/files';
import { problemDetails } from '@crossparcel/units';
import { Command } from 'commander';
import * as z from 'zod';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { openSink, schemaText } from '../conventions/record-command-line.ts';
import { readDemand } from './forecast-input.ts';

interface DetectOptions {
  readonly fillZero?: boolean;
  readonly keepGoing?: boolean;
  readonly format?: string;
  readonly output?: string;
  readonly schema?: boolean;
}

const rowSchema = z.object({ series: z.string(), period: z.string(), value: z.number().nonnegative() });
const alarmSchema = z.object({
  series: z.string(),
  period: z.string(),
  value: z.number().nonnegative(),
  /** What was expected, and the chance of as many or more. */
  expected: z.number().nonnegative(),
  probability: z.number().nonnegative(),
});

const DIGITS = 3;
const short = (value: number): number => Number(value.toPrecision(DIGITS));

/** One record an alarm, the first of each run; the error of a bad series in its place. */
function* alarmsOf({ grid, entries }: DemandFile<Position>): Generator<object> {
  const rules = new DemandReference().spikeAlarmRules();
  for (const entry of entries) {
    if ('fault' in entry) {
      yield { id: entry.id, series: entry.id, error: problemDetails(new InputError(entry.fault, entry.place)) };
      continue;
    }
    const alarm = new SpikeAlarm(rules);
    for (const [at, value] of entry.values.entries()) {
      const { expected, probability, starts } = alarm.push(value);
      const period = periodText(grid, entry.firstDay, at);
      if (starts) yield { series: entry.id, period, value, expected: short(expected), probability: short(probability) };
    }
  }
}

const print = async (records: Iterable<object>, { format, output }: DetectOptions): Promise<void> => {
  const toTerminal = output === undefined && process.stdout.isTTY === true;
  const columns = ['series', 'period', 'value', 'expected', 'probability'];
  const printer = new Printer(chooseFormat(format, toTerminal), columns);
  const sink = openSink(output);
  try {
    const lines = Array.from(records, (record) => JSON.stringify(record));
    await sink.write(printer.head() + printer.body(lines) + printer.tail());
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
};

/** `crossparcel spike detect`: the periods at which counts of orders leave what was usual. */
export const spikeDetect = (): Command =>
  new Command('detect')
    .summary('the periods at which counts of orders leave what was usual')
    .argument('[input...]', 'CSV series,period,value (or .gz of it), or - for standard input')
    .option('--fill-zero', 'take a missing period for one without orders')
    .option('--keep-going', 'answer a bad series with its error, and exit with 3 at the end')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--schema', 'print the JSON Schema of input and output')
    .action(async (files: string[], options: DetectOptions) => {
      if (options.schema) {
        process.stdout.write(schemaText(rowSchema, alarmSchema));
        return;
      }
      if (files.length === 0) throw new UsageError('no input; give files, or - for standard input');
      const demand = await readDemand(files, options.fillZero ? { fillZero: true } : {});
      for (const entry of demand.entries) {
        if (!('fault' in entry)) continue;
        const error = new InputError(entry.fault, entry.place);
        if (!options.keepGoing) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = EXIT.doneWithBadRecords;
      }
      await print(alarmsOf(demand), options);
    });
