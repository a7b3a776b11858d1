import {
  ApiProblem,
  type Client,
  type IntakeResult,
  intakeResultSchema,
  type OrderSubmission,
  orderSubmissionSchema,
} from '@crossparcel/api';
import { orderLineSchema } from '@crossparcel/connectors';
import { faultOfIssues, problemDetails } from '@crossparcel/units';
import { Command } from 'commander';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { Progress } from '../conventions/progress.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { tableText } from '../conventions/table.ts';
import { columnNames, type OrderBook, readOrderFile, readShopFiles } from './order-book.ts';
import { submissionOf } from './order-submission.ts';

interface ImportOptions {
  readonly orders?: string[];
  readonly shop?: string[];
  readonly columns?: string;
  readonly currency?: string;
  readonly shopName: string;
  readonly seller?: string;
  readonly url?: string;
  readonly data?: string;
  readonly format?: string;
  readonly keepGoing?: boolean;
  readonly schema?: boolean;
}

/** Orders in one request, and requests that are under way at the same time. */
const CHUNK = 500;
const UNDER_WAY = 4;
const PATIENCE = 8;

/** `crossparcel orders …`: what is done with the orders of an installation. */
export const ordersCommand = (): Command =>
  new Command('orders').summary('take orders in').addCommand(
    new Command('import')
      .summary('take the orders of files in: each once, however often the command is run')
      .description(
        'Takes orders in. An order is printed when it is durable. Stopped half-way, the same command goes on: orders that are in already come out as unchanged.',
      )
      .option('--orders <file...>', 'order lines, one a row (CSV, or the same fields as NDJSON)')
      .option('--shop <file...>', 'answers of the TikTok Shop order endpoints, as they came')
      .option('--columns <pairs>', 'other names of columns: orderId=inv,placedAt=t,…')
      .option('--currency <code>', 'currency of prices where the file has no such column')
      .option('--shop-name <name>', 'shop of orders whose file names none', 'shop')
      .option('--seller <id>', 'seller whose orders they are, where the operator has several')
      .option('--url <url>', 'a server to send them to, with the API key in CROSSPARCEL_KEY')
      .option('--data <folder>', 'data folder of the installation')
      .option('--format <format>', `${FORMATS.join(', ')}; counts on a terminal, else one line an order (ndjson)`)
      .option('--keep-going', 'refuse bad orders one by one, and exit with 3 at the end')
      .option('--schema', 'print the JSON Schema of input and output')
      .action(async (options: ImportOptions) => {
        if (options.schema) {
          process.stdout.write(schemaText(orderLineSchema, intakeResultSchema));
          return;
        }
        process.exitCode = await importOrders(options);
      }),
  );

/** A submission, or the record of an order that is refused. */
type Candidate = { readonly submission: OrderSubmission } | { readonly refused: object };

const readBook = async (options: ImportOptions): Promise<OrderBook> => {
  const keepGoing = options.keepGoing === true;
  if (options.orders && !options.shop) {
    const progress = new Progress('read');
    const names = columnNames(options.columns);
    const book = await readOrderFile(options.orders, names, options.currency, keepGoing, progress);
    progress.done();
    return book;
  }
  if (options.shop && !options.orders) return readShopFiles(options.shop, false, keepGoing);
  throw new UsageError('give the orders as --orders FILE or as --shop FILE, one of the two');
};

const candidatesOf = (book: OrderBook, shopName: string): Candidate[] =>
  book.orders.map((gathered) => {
    if ('fault' in gathered) return { refused: { id: gathered.id, error: problemDetails(gathered.fault) } };
    const submission = submissionOf(gathered, shopName);
    if (!submission.ok) return { refused: { id: gathered.id, error: problemDetails(submission.error) } };
    const checked = orderSubmissionSchema.safeParse(submission.value);
    if (checked.success) return { submission: checked.data };
    return { refused: { id: gathered.id, error: problemDetails(faultOfIssues(checked.error.issues)) } };
  });

const importOrders = async (options: ImportOptions): Promise<number> => {
  const book = await readBook(options);
  const candidates = candidatesOf(book, options.shopName);
  const refused = candidates.flatMap((one) => ('refused' in one ? [one.refused] : []));
  for (const message of book.refusals) process.stderr.write(`${message}\n`);
  if (refused.length > 0 && !options.keepGoing) {
    const [first] = refused as [{ id: string; error: { field?: string; detail: string } }];
    const field = first.error.field === undefined ? '' : `${first.error.field}: `;
    process.stderr.write(`order ${first.id}: ${field}${first.error.detail}\n`);
    return EXIT.badInput;
  }
  // Loaded when it is needed: the engines that are used as filters start faster without it.
  const { configOf, connect, connectTo } = await import('@crossparcel/server');
  const config = configOf({
    ...process.env,
    ...(options.data === undefined ? {} : { CROSSPARCEL_DATA: options.data }),
  });
  const connection =
    options.url === undefined ? await connect(config) : connectTo(options.url, process.env.CROSSPARCEL_KEY);
  const progress = new Progress('orders');
  const format = chooseFormat(options.format, process.stdout.isTTY === true);
  const printer = new Printer(format, ['shop', 'externalId', 'id', 'outcome', 'state']);
  const counts = new Map<string, number>();
  try {
    process.stdout.write(format === 'table' ? '' : printer.head());
    for await (const records of submitted(connection.client, candidates, options.seller)) {
      for (const record of records) {
        const outcome = 'outcome' in record ? record.outcome : 'refused';
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      }
      const lines = records.map((record) => JSON.stringify(record));
      if (format !== 'table') process.stdout.write(printer.body(lines));
      progress.add(records.length, candidates.length);
    }
    progress.done();
    process.stdout.write(format === 'table' ? countsTable(counts, connection.place) : printer.tail());
  } finally {
    await connection.close();
  }
  return refused.length > 0 ? EXIT.doneWithBadRecords : EXIT.done;
};

const countsTable = (counts: ReadonlyMap<string, number>, place: string): string => {
  const rows = Array.from(counts, ([outcome, count]) => [outcome, count.toLocaleString('en-US')]);
  return `${tableText(['outcome', 'orders'], rows)}in ${place}\n`;
};

/** Sends orders, a few requests at a time; gives what became of them in the order of the input. */
async function* submitted(
  client: Client,
  candidates: readonly Candidate[],
  seller: string | undefined,
): AsyncGenerator<(IntakeResult | object)[]> {
  const chunks: Candidate[][] = [];
  for (let at = 0; at < candidates.length; at += CHUNK) chunks.push(candidates.slice(at, at + CHUNK));
  const underWay: Promise<(IntakeResult | object)[]>[] = [];
  for (const chunk of chunks) {
    const answer = submitChunk(client, chunk, seller);
    // The failure is met where the answer is awaited.
    answer.catch(() => undefined);
    underWay.push(answer);
    if (underWay.length >= UNDER_WAY) yield await (underWay.shift() as Promise<object[]>);
  }
  for (const answer of underWay) yield await answer;
}

const submitChunk = async (
  client: Client,
  chunk: readonly Candidate[],
  seller: string | undefined,
): Promise<(IntakeResult | object)[]> => {
  const orders = chunk.flatMap((one) => ('submission' in one ? [one.submission] : []));
  const results = orders.length === 0 ? [] : await submit(client, orders, seller);
  const waiting = results.values();
  return chunk.map((one) => ('refused' in one ? one.refused : (waiting.next().value as IntakeResult)));
};

/** Sends one request; a server that is busy is asked again, ever more slowly. */
const submit = async (
  client: Client,
  orders: OrderSubmission[],
  seller: string | undefined,
): Promise<readonly IntakeResult[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const query = seller === undefined ? {} : { seller };
      return (await client.call('orders.submit', { query, body: { orders } })).results;
    } catch (error) {
      const isBusy = error instanceof ApiProblem && error.problem.status === 503;
      if (!isBusy || attempt >= PATIENCE) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }
};
