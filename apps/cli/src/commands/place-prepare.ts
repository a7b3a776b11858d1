import { InputError, OutputFile, Reference, readChecked } from '@crossparcel/files';
import {
  Catalogue,
  compileNetwork,
  type InTransit,
  inOrderOfPlacing,
  type LeftOut,
  type Network,
  networkSchema,
  StockingScenario,
} from '@crossparcel/planning';
import { type DayNumber, sameEveryDay } from '@crossparcel/units';
import { Command } from 'commander';
import { dayOption } from '../conventions/day-option.ts';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { Progress } from '../conventions/progress.ts';
import {
  columnNames,
  type OrderBook,
  readCatalogue,
  readInTransit,
  readOrderFile,
  readShopFiles,
  readStock,
} from './order-book.ts';

interface PrepareOptions {
  readonly orders?: string[];
  readonly shop?: string[];
  readonly catalogue?: string[];
  readonly network?: string;
  readonly stock?: string[];
  readonly inTransit?: string[];
  readonly columns?: string;
  readonly currency?: string;
  readonly lawAt?: string;
  readonly at?: string;
  readonly weeks: string;
  readonly output?: string;
  readonly keepGoing?: boolean;
}

const MOST_WEEKS = 104;

/** `crossparcel place prepare`: the scenario of what to stock, out of an order book. */
export const placePrepare = (): Command =>
  new Command('prepare')
    .summary(
      'make a scenario out of an order book: what each warehouse would have sold, and what a unit costs by each way',
    )
    .description(
      'Writes a scenario for `place --scenario`. Costs are those of the planner: parcels to where buyers were, sent direct or from stock, with bulk freight and duty on the transfer value by each way of bringing stock.',
    )
    .option('--orders <file...>', 'order lines, one a row (CSV, or the same fields as NDJSON)')
    .option('--shop <file...>', 'answers of the TikTok Shop order endpoints, as they came')
    .option('--catalogue <file...>', 'what is known of each SKU; what is missing is estimated')
    .option('--network <file>', 'the network; without it the shipped one')
    .option('--stock <file...>', 'units on hand: facility, sku, quantity')
    .option('--in-transit <file...>', 'units on their way: facility, sku, quantity, arrives (YYYY-MM-DD)')
    .option('--columns <pairs>', 'other names of columns: orderId=inv,placedAt=t,…')
    .option('--currency <code>', 'currency of prices where the file has no such column')
    .option('--law-at <date>', "compute duty and tax under another day's law")
    .option('--at <date>', 'the day of the decision; orders from it on are not read')
    .option('--weeks <number>', 'weeks of sales to stock for', '13')
    .option('--output <file>', 'write to a file, which appears when it is complete')
    .option('--keep-going', 'refuse bad orders one by one, and exit with 3 at the end')
    .action(async (options: PrepareOptions) => {
      process.exitCode = await prepare(options);
    });

const weeksOf = (text: string): number => {
  const weeks = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  if (weeks < 1 || weeks > MOST_WEEKS)
    throw new UsageError(`--weeks ${text} is no number of weeks; give 1 to ${MOST_WEEKS}`);
  return weeks;
};

const readBook = async ({ orders, shop, columns, currency, keepGoing = false }: PrepareOptions): Promise<OrderBook> => {
  if (orders && !shop) {
    const progress = new Progress('reading lines');
    const book = await readOrderFile(orders, columnNames(columns), currency, keepGoing, progress);
    progress.done();
    return book;
  }
  if (shop && !orders) return readShopFiles(shop, false, keepGoing);
  throw new UsageError('give the orders as --orders FILE or as --shop FILE, one of the two');
};

const prepare = async (options: PrepareOptions): Promise<number> => {
  if (options.at === undefined) throw new UsageError('no day of the decision; give --at YYYY-MM-DD');
  const day = dayOption('--at', options.at);
  const lawAt = options.lawAt === undefined ? undefined : dayOption('--law-at', options.lawAt);
  const time = { day, weeksLeft: weeksOf(options.weeks), ...(lawAt !== undefined && { lawAt }) };
  const reference = new Reference();
  const record = options.network === undefined ? reference.network() : readChecked(networkSchema, options.network);
  const network = compileNetwork(record, reference.networkReferences());
  const book = await readBook(options);
  const refused = book.orders.length - book.orders.filter((one) => 'order' in one).length;
  const scenario = await scenarioOf(options, { network, reference, book }, time);
  for (const message of book.refusals) process.stderr.write(`${message}\n`);
  const text = `${JSON.stringify(scenario)}\n`;
  if (options.output === undefined) process.stdout.write(text);
  else {
    const file = new OutputFile(options.output);
    await file.write(text);
    await file.commit();
  }
  return refused + book.refusals.length > 0 ? EXIT.doneWithBadRecords : EXIT.done;
};

interface Ground {
  readonly network: Network;
  readonly reference: Reference;
  readonly book: OrderBook;
}

/** What is left out, the first of each warehouse with its reason. */
const tellLeftOut = (leftOut: readonly LeftOut[]): void => {
  for (const { facility, skus, sku, why } of leftOut) {
    const more = skus > 1 ? `, and ${skus - 1} other SKUs there` : '';
    process.stderr.write(`${sku} at ${facility} is left out: ${why}${more}\n`);
  }
};

const scenarioOf = async (
  options: PrepareOptions,
  { network, reference, book }: Ground,
  time: { readonly day: DayNumber; readonly weeksLeft: number; readonly lawAt?: DayNumber },
) => {
  const names = columnNames(options.columns);
  const rows = await readCatalogue(options.catalogue ?? [], names, options.currency);
  const catalogue = new Catalogue(rows, reference.estimates(), network.rates, network.currency);
  const orders = inOrderOfPlacing(book.orders.flatMap((one) => ('order' in one ? [one.order] : [])));
  catalogue.learn(orders);
  const warehouses = new Set(
    [...network.facilities.values()].flatMap(({ kind, id }) => (kind === 'stock' ? [id] : [])),
  );
  const stock = await readStock(options.stock ?? [], warehouses);
  const inTransit: readonly InTransit[] = await readInTransit(options.inTransit ?? [], warehouses);
  const maker = new StockingScenario(
    network,
    reference.law(sameEveryDay(network.rates)),
    {
      orders,
      itemOf: (sku) => catalogue.item(sku),
      stockOf: (facility, sku) => stock.onHand(facility, sku),
      inTransit,
    },
    time,
  );
  const progress = new Progress('SKUs at warehouses');
  let last = 0;
  const made = maker.make((done, all) => {
    progress.add(done - last, all);
    last = done;
  });
  progress.done();
  if (!made.ok) throw new InputError(made.error, { file: options.orders?.[0] ?? options.shop?.[0] ?? '', line: 1 });
  tellLeftOut(made.value.leftOut);
  return made.value.scenario;
};
