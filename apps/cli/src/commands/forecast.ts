import {
  compileBaseline,
  type DemandFile,
  Forecaster,
  modelFor,
  periodText,
  type StepForecast,
  stepsPerYear,
} from '@crossparcel/demand';
import { InputError, OutputFile, type Position, Reference } from '@crossparcel/files';
import { problemDetails } from '@crossparcel/units';
import { Command } from 'commander';
import * as z from 'zod';
import { dayOption } from '../conventions/day-option.ts';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { openSink, schemaText } from '../conventions/record-command-line.ts';
import { readDemand } from './forecast-input.ts';
import { levelsOption } from './forecast-levels.ts';

interface ForecastOptions {
  readonly horizon?: string;
  readonly levels: string;
  readonly now?: string;
  readonly fillZero?: boolean;
  readonly keepGoing?: boolean;
  readonly format?: string;
  readonly output?: string;
  readonly summary?: string;
  readonly schema?: boolean;
}

const MOST_STEPS = 366;
/** Records written at a time. */
const BATCH = 1000;

const rowSchema = z.object({ series: z.string(), period: z.string(), value: z.number().nonnegative() });
const stepSchema = z.object({
  series: z.string(),
  h: z.int().positive(),
  period: z.string(),
  mean: z.number().nonnegative(),
  quantiles: z.record(z.string(), z.number().nonnegative()),
});
type StepRecord = z.infer<typeof stepSchema>;

const horizonOf = (text: string | undefined): number => {
  if (text === undefined) throw new UsageError('no horizon; give --horizon PERIODS');
  const horizon = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  if (horizon < 1 || horizon > MOST_STEPS)
    throw new UsageError(`--horizon ${text} is not a number of periods; give 1 to ${MOST_STEPS}`);
  return horizon;
};

const DECIMALS = 1e4;
const rounded = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;

const stepRecords = (
  { id, periods }: { id: string; periods: readonly string[] },
  steps: readonly StepForecast[],
  levels: ReadonlyMap<string, number>,
): StepRecord[] =>
  steps.map(({ mean, curve }, step) => ({
    series: id,
    h: step + 1,
    period: periods[step] ?? '',
    mean: rounded(mean),
    quantiles: Object.fromEntries([...levels].map(([name, level]) => [name, rounded(curve.at(level))])),
  }));

/** One record a series and step, and the error of a series in its place. */
function* recordsOf(
  { grid, entries }: DemandFile<Position>,
  forecaster: Forecaster,
  { horizon, levels }: { horizon: number; levels: ReadonlyMap<string, number> },
): Generator<object> {
  for (const entry of entries) {
    if ('fault' in entry) {
      yield { id: entry.id, series: entry.id, error: problemDetails(new InputError(entry.fault, entry.place)) };
      continue;
    }
    const { id, firstDay, values } = entry;
    const periods = Array.from({ length: horizon }, (_, step) => periodText(grid, firstDay, values.length + step));
    yield* stepRecords({ id, periods }, forecaster.forecast(values), levels);
  }
}

const print = async (records: Iterable<object>, { format, output }: ForecastOptions): Promise<void> => {
  const toTerminal = output === undefined && process.stdout.isTTY === true;
  const printer = new Printer(chooseFormat(format, toTerminal), ['series', 'h', 'period', 'mean', 'quantiles']);
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

const forecasterOf = ({ grid, entries }: DemandFile<Position>, horizon: number): Forecaster => {
  const perYear = stepsPerYear(grid);
  const model = modelFor(new Reference().demandModels().baseline.map(compileBaseline), perYear);
  const histories = entries.flatMap((entry) => ('fault' in entry ? [] : [entry.values]));
  return new Forecaster(model, { perYear, horizon }, histories);
};

/** What a file taught: how much each method counts, and how often intervals held on the periods kept back. */
const writeSummary = async (path: string, demand: DemandFile<Position>, forecaster: Forecaster): Promise<void> => {
  const refused = demand.entries.filter((entry) => 'fault' in entry).length;
  const { weights, shape, held } = forecaster;
  const summary = { series: demand.entries.length - refused, refused, weights, shape, held };
  const file = new OutputFile(path);
  await file.write(`${JSON.stringify(summary, null, 2)}\n`);
  await file.commit();
};

const run = async (files: readonly string[], options: ForecastOptions): Promise<void> => {
  const horizon = horizonOf(options.horizon);
  const levels = levelsOption(options.levels);
  const { now, fillZero } = options;
  const rules = { ...(now !== undefined && { now: dayOption('--now', now) }), ...(fillZero && { fillZero }) };
  const demand = await readDemand(files, rules);
  for (const entry of demand.entries) {
    if (!('fault' in entry)) continue;
    const error = new InputError(entry.fault, entry.place);
    if (!options.keepGoing) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.doneWithBadRecords;
  }
  const forecaster = forecasterOf(demand, horizon);
  await print(recordsOf(demand, forecaster, { horizon, levels }), options);
  if (options.summary !== undefined) await writeSummary(options.summary, demand, forecaster);
};

/** `crossparcel forecast`: demand of the next periods by series, with quantiles at any level. */
export const forecastCommand = (): Command =>
  new Command('forecast')
    .enablePositionalOptions()
    .summary('demand of the next periods by series, with quantiles')
    .argument('[input...]', 'CSV series,period,value (or .gz of it), or - for standard input')
    .option('--horizon <n>', 'how many periods ahead')
    .option('--levels <levels>', 'levels of the quantiles, between 0 and 1', '0.1,0.5,0.9')
    .option('--now <date>', 'the last day that is over; periods dated later are refused')
    .option('--fill-zero', 'take a missing period for one without demand')
    .option('--keep-going', 'answer a bad series with its error, and exit with 3 at the end')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--summary <file>', 'write what the file taught: weights of methods, and how often intervals held')
    .option('--schema', 'print the JSON Schema of input and output')
    .action(async (files: string[], options: ForecastOptions) => {
      if (options.schema) {
        process.stdout.write(schemaText(rowSchema, stepSchema));
        return;
      }
      if (files.length === 0) throw new UsageError('no input; give files, or - for standard input');
      await run(files, options);
    });
