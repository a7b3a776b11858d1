import { type DemandFile, periodText, SpikeAlarm } from '@crossparcel/demand';
import { DemandReference, type Position } from '@crossparcel/files';
import { Command } from 'commander';
import * as z from 'zod';
import { UsageError } from '../conventions/exit.ts';
import { FORMATS } from '../conventions/format.ts';
import { printRecords } from '../conventions/print-records.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { faultRecord, readDemand, tellFaults } from './forecast-input.ts';

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
      yield faultRecord(entry);
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

const COLUMNS = ['series', 'period', 'value', 'expected', 'probability'];

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
      tellFaults(demand, options.keepGoing === true);
      await printRecords(alarmsOf(demand), COLUMNS, options);
    });
