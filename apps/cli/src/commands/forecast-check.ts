import { type Check, checkForecasts, checkSchema, TOTAL } from '@crossparcel/demand';
import { DemandReference, InputError } from '@crossparcel/files';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { FORMATS } from '../conventions/format.ts';
import { printRecords } from '../conventions/print-records.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { groupedSeries, readGroups } from './forecast-groups.ts';
import { readDemand } from './forecast-input.ts';
import { stepSchema } from './forecast-output.ts';
import { readPast } from './forecast-past.ts';

interface CheckOptions {
  readonly forecasts?: string;
  readonly actuals?: string;
  readonly groups?: string;
  readonly format?: string;
  readonly output?: string;
  readonly schema?: boolean;
}

const COLUMNS = ['group', 'level', 'forecasts', 'rounds', 'coverage', 'bias', 'loss', 'drift', 'advised'];

/** Series by group, level by level, and all of them at last. */
const groupsOf = async (
  demand: Awaited<ReturnType<typeof readDemand>>,
  file: string | undefined,
): Promise<{ group: string; level: string; holds: (series: string) => boolean }[]> => {
  const total = { group: TOTAL, level: TOTAL, holds: () => true };
  if (file === undefined) return [total];
  const groups = await readGroups(file);
  const series = groupedSeries(demand, groups, file);
  const named = groups.levels.flatMap((level, at) =>
    [...Map.groupBy(series, (one) => one.groups[at] ?? '')].map(([group, members]) => {
      const ids = new Set(members.map(({ id }) => id));
      return { group, level, holds: (id: string) => ids.has(id) };
    }),
  );
  return [...named, total];
};

const check = async (options: CheckOptions): Promise<Check[]> => {
  if (options.forecasts === undefined || options.actuals === undefined)
    throw new UsageError('nothing to check; give --forecasts FILE and --actuals FILE');
  const demand = await readDemand([options.actuals], {});
  for (const entry of demand.entries) if ('fault' in entry) throw new InputError(entry.fault, entry.place);
  const { forecasts, periodOf } = await readPast(options.forecasts, demand);
  const monitoring = new DemandReference().demandMonitoring();
  return (await groupsOf(demand, options.groups)).flatMap(({ group, level, holds }) => {
    const own = forecasts.filter(({ series }) => holds(series));
    return own.length === 0 ? [] : [checkForecasts({ group, level }, own, monitoring, periodOf)];
  });
};

/** `crossparcel forecast check`: whether past forecasts kept their claims, by group, and which method to go by. */
export const forecastCheckCommand = (): Command =>
  new Command('check')
    .summary('whether past forecasts kept their claims, by group, and which method to go by')
    .option('--forecasts <file>', 'records of past forecasts, as forecast prints them, of any number of rounds')
    .option('--actuals <file>', 'CSV series,period,value: all demand up to now')
    .option('--groups <file>', 'CSV series,product,category,...: check each group too')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--schema', 'print the JSON Schema of input and output')
    .action(async (options: CheckOptions) => {
      if (options.schema) process.stdout.write(schemaText(stepSchema, checkSchema));
      else await printRecords(await check(options), COLUMNS, options);
    });
