import { stat } from 'node:fs/promises';
import { contradicts, type FiledMessage, FolderExchange } from '@crossparcel/connectors/customs-exchange';
import { Command } from 'commander';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';

const COLUMNS = [
  'id',
  'message',
  'consignment',
  'version',
  'day',
  'state',
  'code',
  'reason',
  'reference',
  'contradicted',
];

const rowOf = (filing: FiledMessage): Record<string, unknown> => {
  const { decision, further, ...rest } = filing;
  const { code, reason, reference } = decision ?? {};
  const isContradicted = further.some((answer) => contradicts(filing, answer));
  return { ...rest, code, reason, reference, ...(isContradicted && { contradicted: true }), further };
};

const status = async (folder: string, format: string | undefined): Promise<number> => {
  const there = await stat(folder).catch(() => undefined);
  if (!there?.isDirectory()) throw new UsageError(`${folder} is no folder; give the one that was given to --lodge`);
  const exchange = await FolderExchange.open(folder);
  const { filings, unmatched, unreadable } = await exchange.poll();
  const printer = new Printer(chooseFormat(format, process.stdout.isTTY === true), COLUMNS);
  const body = printer.body(filings.map((filing) => JSON.stringify(rowOf(filing))));
  process.stdout.write(printer.head() + body + printer.tail());
  for (const { file, id } of unmatched) process.stderr.write(`${file}: answers ${id}, which was not lodged here\n`);
  for (const { file, why } of unreadable) process.stderr.write(`${file}: cannot be read; ${why}\n`);
  return unmatched.length + unreadable.length > 0 ? EXIT.doneWithBadRecords : EXIT.done;
};

/** `crossparcel declare status`: what became of lodged declarations. */
export const declareStatus = (): Command =>
  new Command('status')
    .summary('what became of the declarations that were lodged in an exchange folder')
    .argument('<folder>', 'the folder that was given to --lodge')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .action(async (folder: string, { format }: { format?: string }) => {
      process.exitCode = await status(folder, format);
    });
