import { type Placement, place, proposalSchema, type Scenario, scenarioSchema } from '@crossparcel/demand';
import { DemandReference, InputError, OutputFile } from '@crossparcel/files';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { openSink, schemaText } from '../conventions/record-command-line.ts';
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

const print = async ({ proposals }: Placement, { format, output }: PlaceOptions): Promise<void> => {
  const toTerminal = output === undefined && process.stdout.isTTY === true;
  const printer = new Printer(chooseFormat(format, toTerminal), COLUMNS);
  const sink = openSink(output);
  try {
    const lines = proposals.map((proposal) => JSON.stringify(proposal));
    await sink.write(printer.head() + printer.body(lines) + printer.tail());
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
};

/** What is ordered in all, and how near the choice is to the best that limits allow. */
const writeSummary = async (path: string, scenario: Scenario, { proposals, limited }: Placement): Promise<void> => {
  const ordered = proposals.filter(({ quantity }) => quantity > 0);
  const saving = ordered.reduce((sum, one) => sum + Number(one.saving), 0);
  const summary = {
    currency: scenario.currency,
    items: scenario.skus.length,
    orders: ordered.length,
    units: ordered.reduce((sum, { quantity }) => sum + quantity, 0),
    saving: saving.toFixed(2),
    ...(limited && {
      gain: limited.gain.toFixed(2),
      bound: limited.bound.toFixed(2),
      gap: limited.bound > 0 ? Number((1 - limited.gain / limited.bound).toFixed(6)) : 0,
    }),
  };
  const file = new OutputFile(path);
  await file.write(`${JSON.stringify(summary, null, 2)}\n`);
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
  await print(placement.value, options);
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
