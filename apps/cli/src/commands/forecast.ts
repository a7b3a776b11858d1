import {
  Advice,
  compileBaseline,
  type DemandFile,
  type DemandSeries,
  Forecaster,
  forecastHierarchy,
  type Grid,
  indexOnGrid,
  modelFor,
  periodText,
  type StepForecast,
  stepsPerYear,
} from '@crossparcel/demand';
import { DemandReference, OutputFile, type Position } from '@crossparcel/files';
import { Command } from 'commander';
import * as z from 'zod';
import { dayOption } from '../conventions/day-option.ts';
import { UsageError } from '../conventions/exit.ts';
import { FORMATS } from '../conventions/format.ts';
import { printRecords } from '../conventions/print-records.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { readAdvice } from './forecast-advice.ts';
import { forecastCheckCommand } from './forecast-check.ts';
import { groupedSeries, readGroups, soundOf } from './forecast-groups.ts';
import { faultRecord, readDemand, tellFaults } from './forecast-input.ts';
import { levelsOption } from './forecast-levels.ts';
import { type StepRecord, stepSchema } from './forecast-output.ts';

interface ForecastOptions {
  readonly horizon?: string;
  readonly levels: string;
  readonly now?: string;
  readonly groups?: string;
  readonly checked?: string;
  readonly fillZero?: boolean;
  readonly keepGoing?: boolean;
  readonly format?: string;
  readonly output?: string;
  readonly summary?: string;
  readonly schema?: boolean;
}

const MOST_STEPS = 366;
const COLUMNS = ['series', 'h', 'period', 'mean', 'quantiles'];

const rowSchema = z.object({ series: z.string(), period: z.string(), value: z.number().nonnegative() });
const horizonOf = (text: string | undefined): number => {
  if (text === undefined) throw new UsageError('no horizon; give --horizon PERIODS');
  const horizon = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  if (horizon < 1 || horizon > MOST_STEPS)
    throw new UsageError(`--horizon ${text} is not a number of periods; give 1 to ${MOST_STEPS}`);
  return horizon;
};

const DECIMALS = 1e4;
/** Below this, digits count instead of decimals. */
const SMALL = 0.1;
const DIGITS = 4;
const rounded = (value: number): number =>
  value < SMALL ? Number(value.toPrecision(DIGITS)) : Math.round(value * DECIMALS) / DECIMALS;

const stepRecords = (
  { id, level, periods }: { id: string; level?: string; periods: readonly string[] },
  steps: readonly StepForecast[],
  levels: ReadonlyMap<string, number>,
): StepRecord[] =>
  steps.map(({ mean, curve }, step) => ({
    series: id,
    ...(level !== undefined && { level }),
    h: step + 1,
    period: periods[step] ?? '',
    mean: rounded(mean),
    quantiles: Object.fromEntries([...levels].map(([name, level]) => [name, rounded(curve.at(level))])),
  }));

/** The number of a series' last period on the grid of the file. */
const endOf = ({ firstDay, values }: DemandSeries, grid: Grid): number =>
  Math.floor(indexOnGrid(grid, firstDay, 0)) + values.length - 1;

/** One record a series and step, and the error of a series in its place. */
function* recordsOf(
  { grid, entries }: DemandFile<Position>,
  forecaster: Forecaster,
  advice: Advice,
  { horizon, levels }: { horizon: number; levels: ReadonlyMap<string, number> },
): Generator<object> {
  for (const entry of entries) {
    if ('fault' in entry) {
      yield faultRecord(entry);
      continue;
    }
    const { id, firstDay, values } = entry;
    const periods = Array.from({ length: horizon }, (_, step) => periodText(grid, firstDay, values.length + step));
    const steps = forecaster.forecast(values, { only: advice.ofSeries(), end: endOf(entry, grid) });
    yield* stepRecords({ id, periods }, steps, levels);
  }
}

/** One record a series, group and total, and step. */
function* groupedRecords(
  demand: DemandFile<Position>,
  groups: Awaited<ReturnType<typeof readGroups>>,
  file: string,
  advice: Advice,
  { horizon, levels }: { horizon: number; levels: ReadonlyMap<string, number> },
): Generator<object> {
  const { grid, entries } = demand;
  const series = groupedSeries(demand, groups, file);
  const [first] = soundOf(entries);
  const periods = Array.from({ length: first ? horizon : 0 }, (_, step) =>
    periodText(grid, first?.firstDay ?? 0, (first?.values.length ?? 0) + step),
  );
  const perYear = stepsPerYear(grid);
  const nodes = forecastHierarchy(modelOf(perYear), { perYear, horizon }, series, groups.levels, advice);
  for (const { name, level, steps } of nodes) yield* stepRecords({ id: name, level, periods }, steps, levels);
}

const modelOf = (perYear: number) =>
  modelFor(new DemandReference().demandModels().baseline.map(compileBaseline), perYear);

const forecasterOf = ({ grid, entries }: DemandFile<Position>, horizon: number): Forecaster => {
  const perYear = stepsPerYear(grid);
  const sound = soundOf(entries);
  return new Forecaster(
    modelOf(perYear),
    { perYear, horizon },
    sound.map(({ values }) => values),
    sound.map((series) => endOf(series, grid)),
  );
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
  if (options.groups !== undefined && (options.keepGoing || options.summary !== undefined))
    throw new UsageError('--groups needs every series, and has no summary; leave --keep-going and --summary out');
  const horizon = horizonOf(options.horizon);
  const levels = levelsOption(options.levels);
  const { now, fillZero } = options;
  const rules = { ...(now !== undefined && { now: dayOption('--now', now) }), ...(fillZero && { fillZero }) };
  const demand = await readDemand(files, rules);
  tellFaults(demand, options.keepGoing === true);
  const advice = options.checked === undefined ? new Advice() : await readAdvice(options.checked);
  if (options.groups !== undefined) {
    const groups = await readGroups(options.groups);
    const records = groupedRecords(demand, groups, options.groups, advice, { horizon, levels });
    await printRecords(records, COLUMNS, options);
    return;
  }
  const forecaster = forecasterOf(demand, horizon);
  await printRecords(recordsOf(demand, forecaster, advice, { horizon, levels }), COLUMNS, options);
  if (options.summary !== undefined) await writeSummary(options.summary, demand, forecaster);
};

/** `crossparcel forecast`: demand of the next periods by series, with quantiles at any level. */
export const forecastCommand = (): Command =>
  new Command('forecast')
    .enablePositionalOptions()
    .summary('demand of the next periods by series, with quantiles')
    .addCommand(forecastCheckCommand())
    .argument('[input...]', 'CSV series,period,value (or .gz of it), or - for standard input')
    .option('--horizon <n>', 'how many periods ahead')
    .option('--levels <levels>', 'levels of the quantiles, between 0 and 1', '0.1,0.5,0.9')
    .option('--now <date>', 'the last day that is over; periods dated later are refused')
    .option('--groups <file>', 'CSV series,product,category,...: forecast groups and the total too, adding up')
    .option('--checked <file>', 'what `forecast check` printed: go by the method that it advises')
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
