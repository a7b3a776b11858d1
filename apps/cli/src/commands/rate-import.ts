import { basename } from 'node:path';
import { type CsvRow, InputError, OutputFile, readCsv } from '@crossparcel/files';
import { importCard, TABLE_FORMS } from '@crossparcel/transport';
import { formatDay, isCurrency } from '@crossparcel/units';
import { Command } from 'commander';
import { dayOption } from '../conventions/day-option.ts';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { openCards } from './rate.ts';

interface ImportOptions {
  readonly id?: string;
  readonly currency?: string;
  readonly at?: string;
  readonly like?: string;
  readonly output?: string;
}

/** `crossparcel rate import`: a card of one's own from a price table, checked. */
export const rateImport = (): Command =>
  new Command('import')
    .summary("a card of one's own from a CSV price table, checked for gaps, overlaps and price drops")
    .description(`Makes a rate card from a CSV price table and checks it. Columns: ${TABLE_FORMS}.`)
    .argument('<table>', 'the price table, CSV')
    .option('--id <id>', 'what the card is to be called')
    .option('--currency <code>', 'currency of its prices')
    .option('--at <date>', 'first day on which they hold')
    .option('--like <card>', 'take all else from this card: charged weight, limits, surcharges, zone table')
    .option('--output <file>', 'write the card to a file')
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await importTable(file, options);
    });

const importTable = async (file: string, { id, currency, at, like, output }: ImportOptions): Promise<number> => {
  if (id === undefined || currency === undefined || at === undefined) {
    throw new UsageError('give --id ID, --currency CODE and --at DATE');
  }
  if (!isCurrency(currency)) throw new UsageError(`--currency ${currency} is not a currency code of ISO 4217`);
  const model = openCards().find((card) => card.id === like);
  if (like !== undefined && !model) throw new UsageError(`--like ${like} is no card on file`);
  const rows: CsvRow[] = [];
  let header: readonly string[] = [];
  for await (const batch of readCsv(file)) {
    header = batch.header;
    rows.push(...batch.rows);
  }
  if (rows.length === 0) {
    throw new InputError({ code: 'empty-file', what: 'has no rows', mend: `give ${TABLE_FORMS}` }, { file, line: 1 });
  }
  const validFrom = formatDay(dayOption('--at', at));
  const imported = importCard(header, rows, { id, currency, validFrom, source: basename(file), like: model });
  const findings = imported.ok ? imported.value.remarks : imported.error;
  for (const { line, fault } of findings) process.stderr.write(`${new InputError(fault, { file, line }).message}\n`);
  if (!imported.ok) return EXIT.badInput;
  const text = `${JSON.stringify(imported.value.card, null, 1)}\n`;
  if (output === undefined) process.stdout.write(text);
  else {
    const sink = new OutputFile(output);
    await sink.write(text);
    await sink.commit();
  }
  return EXIT.done;
};
