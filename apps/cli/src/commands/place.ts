import {
  type Placement,
  place,
  placementSums,
  proposalSchema,
  type Scenario,
  scenarioSchema,
} from '@crossparcel/demand';
import { DemandReference, InputError, OutputFile } from '@crossparcel/files';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { FORMATS } from '../conventions/format.ts';
import { printRecords } from '../conventions/print-records.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { placeBacktest } from './place-backtest.ts';
import { type EvidenceOptions, evidenceSchemaText, placeByEvidence } from './place-evidence.ts';
import { placePrepare } from './place-prepare.ts';
import { readScenario } from './place-scenario.ts';

interface PlaceOptions extends EvidenceOptions {
  readonly scenario?: string;
  readonly evidence?: string | true;
  readonly format?: string;
  readonly output?: string;
  readonly summary?: string;
  readonly schema?: boolean;
}

const COLUMNS = ['sku', 'facility', 'mode', 'from', 'quantity', 'saving', 'decideBy', 'reason'];

/** What is ordered in all, and how near the choice is to the best that limits allow. */
const writeSummary = async (path: string, scenario: Scenario, placement: Placement): Promise<void> => {
  const { limited, ...sums } = placementSums(scenario, placement);
  const file = new OutputFile(path);
  await file.write(`${JSON.stringify({ ...sums, ...limited }, null, 2)}\n`);
  await file.commit();
};

const run = async (options: PlaceOptions): Promise<void> => {
  const { scenario, evidence } = options;
  if (scenario !== undefined && evidence === undefined) return placeByScenario(scenario, options);
  if (evidence !== undefined && scenario === undefined)
    return placeByEvidence(evidence === true ? '-' : evidence, options);
  throw new UsageError('give what to place by: --scenario FILE, or --evidence FILE');
};

const placeByScenario = async (file: string, options: PlaceOptions): Promise<void> => {
  const scenario = await readScenario(scenarioSchema, file);
  const placement = await place(scenario, new DemandReference().placementModels());
  if (!placement.ok) throw new InputError(placement.error, { file, line: 1 });
  await printRecords(placement.value.proposals, COLUMNS, options);
  if (options.summary !== undefined) await writeSummary(options.summary, scenario, placement.value);
};

/** `crossparcel place`: what to stock where before it is sold, how much and by which mode. */
export const placeCommand = (): Command =>
  new Command('place')
    .enablePositionalOptions()
    .summary('propose what to stock where, how much and by which mode, before it is sold')
    .option('--scenario <file>', 'products, facilities, histories, modes, costs and limits (JSON, or .gz of it)')
    .option(
      '--evidence [file]',
      'what is known before launches: NDJSON, a launch and day a line, or - for standard input; answers a line at once',
    )
    .option('--explain', 'with --evidence: what is expected and why, in place of units alone')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--summary <file>', 'write what is ordered in all, and how near it is to the best within the limits')
    .option('--schema', 'print the JSON Schema of input and output')
    .action(async (options: PlaceOptions) => {
      if (options.schema)
        process.stdout.write(options.evidence ? evidenceSchemaText() : schemaText(scenarioSchema, proposalSchema));
      else await run(options);
    })
    .addCommand(placePrepare())
    .addCommand(placeBacktest());
