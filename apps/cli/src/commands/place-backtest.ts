import { backtest, backtestRowSchema, scenarioSchema } from '@crossparcel/demand';
import { DemandReference, InputError } from '@crossparcel/files';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { FORMATS } from '../conventions/format.ts';
import { printRecords } from '../conventions/print-records.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { readScenario } from './place-scenario.ts';

interface BacktestOptions {
  readonly scenario?: string;
  readonly format?: string;
  readonly schema?: boolean;
}

const COLUMNS = ['part', 'items', 'cost', 'direct', 'clairvoyant', 'regret', 'savingsCaptured', 'service', 'leftover'];

const run = async ({ scenario: file, format }: BacktestOptions): Promise<void> => {
  if (file === undefined) throw new UsageError('no scenario; give --scenario FILE');
  const scenario = await readScenario(scenarioSchema, file);
  const rows = backtest(scenario, new DemandReference().placementModels());
  if (!rows.ok) throw new InputError(rows.error, { file, line: 1 });
  await printRecords(rows.value, COLUMNS, format === undefined ? {} : { format });
};

/** `crossparcel place backtest`: a season that is over, decided anew without knowing it. */
export const placeBacktest = (): Command =>
  new Command('backtest')
    .summary('replay a season: cost, service, leftover and regret against the plan of one who knew demand')
    .option('--scenario <file>', 'as for place, with the demand that came as actual of each product')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--schema', 'print the JSON Schema of input and output')
    .action(async (options: BacktestOptions) => {
      if (options.schema) process.stdout.write(schemaText(scenarioSchema, backtestRowSchema));
      else await run(options);
    });
