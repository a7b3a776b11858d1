import { orderLineSchema } from '@crossparcel/connectors';
import { csvField, OutputFolder, Reference, readChecked, type TextSink } from '@crossparcel/files';
import {
  Catalogue,
  type CatalogueRow,
  compileNetwork,
  type Decision,
  inOrderOfPlacing,
  type Network,
  networkSchema,
  openWorld,
  Planner,
  PlanSummary,
  planRecord,
  planRecordSchema,
  replayTo,
  type Stock,
  type Summary,
  summarySchema,
} from '@crossparcel/planning';
import { type DayNumber, formatDay, formatMinor, problemDetails, sameEveryDay } from '@crossparcel/units';
import { Command } from 'commander';
import * as z from 'zod';
import { dayOption } from '../conventions/day-option.ts';
import { EXIT, UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS } from '../conventions/format.ts';
import { Progress } from '../conventions/progress.ts';
import { schemaText } from '../conventions/record-command-line.ts';
import { columnNames, type OrderBook, readCatalogue, readOrderFile, readShopFiles, readStock } from './order-book.ts';
import { summaryTable } from './plan-summary.ts';

interface PlanOptions {
  readonly orders?: string[];
  readonly shop?: string[];
  readonly catalogue?: string[];
  readonly network?: string;
  readonly stock?: string[];
  readonly columns?: string;
  readonly currency?: string;
  readonly replayTo?: string;
  readonly lawAt?: string;
  readonly out?: string;
  readonly format?: string;
  readonly keepGoing?: boolean;
  readonly timings: boolean;
  readonly schema?: boolean;
}

const FILES = { plan: 'plan.ndjson', parcels: 'parcels.csv', summary: 'summary.json', estimates: 'estimates.csv' };
const PARCEL_COLUMNS =
  'orderId,parcel,mode,facility,carton,units,grossGrams,billableGrams,procedure,service,lane,departs,expected,likelyBy';

/** `crossparcel plan`: an order book into parcels, costs and reasons. */
export const planCommand = (): Command =>
  new Command('plan')
    .summary('plan an order book: facility, cartons, customs procedure, lane, costs and reasons for every order')
    .description('Plans every order of a book and writes plan.ndjson, parcels.csv, summary.json and estimates.csv.')
    .option('--orders <file...>', 'order lines, one a row (CSV, or the same fields as NDJSON)')
    .option('--shop <file...>', 'answers of the TikTok Shop order endpoints, as they came')
    .option('--catalogue <file...>', 'what is known of each SKU; what is missing is estimated and listed')
    .option('--network <file>', 'the network; without it the shipped one')
    .option('--stock <file...>', 'units on hand: facility, sku, quantity; without it all is sent direct')
    .option('--columns <pairs>', 'other names of columns: orderId=inv,placedAt=t,…')
    .option('--currency <code>', 'currency of prices where the file has no such column')
    .option('--replay-to <date>', 'move all orders by whole days so that the last falls on this date')
    .option('--law-at <date>', "compute duty and tax under another day's law")
    .option('--out <folder>', 'where the plan goes; it appears when it is complete')
    .option('--format <format>', `of the summary on standard output: ${FORMATS.join(', ')}`)
    .option('--keep-going', 'refuse bad orders one by one, and exit with 3 at the end')
    .option('--no-timings', 'leave timings out, so that the same call gives the same bytes')
    .option('--schema', 'print the JSON Schema of input and output')
    .action(async (options: PlanOptions) => {
      if (options.schema) {
        process.stdout.write(schemaText(orderLineSchema, z.object({ plan: planRecordSchema, summary: summarySchema })));
        return;
      }
      const { summary, refusals } = await plan(options);
      process.stdout.write(summaryText(summary, options));
      process.exitCode = refusals === 0 ? EXIT.done : EXIT.doneWithBadRecords;
    });

const summaryText = (summary: Summary, { format, out }: PlanOptions): string => {
  switch (chooseFormat(format, process.stdout.isTTY === true)) {
    case 'table':
      return summaryTable(summary, out ?? '');
    case 'csv': {
      const pairs = Object.entries(summary).map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : value,
      ]);
      return pairs.map((pair) => `${pair.map(csvField).join(',')}\n`).join('');
    }
    case 'json':
      return `${JSON.stringify(summary, null, 2)}\n`;
    case 'ndjson':
      return `${JSON.stringify(summary)}\n`;
  }
};

/** Plans a book of orders into a folder. Throws `UsageError`, `InputError`. */
const plan = async (options: PlanOptions): Promise<{ summary: Summary; refusals: number }> => {
  if (!options.orders && !options.shop) throw new UsageError('no orders; give --orders FILE or --shop FILE');
  if (!options.out) throw new UsageError('no place for the plan; give --out FOLDER');
  const lawAt = options.lawAt === undefined ? undefined : dayOption('--law-at', options.lawAt);
  const replayDay = options.replayTo === undefined ? undefined : dayOption('--replay-to', options.replayTo);
  const names = columnNames(options.columns);
  const folder = await OutputFolder.prepare(options.out, Object.values(FILES));
  try {
    const reference = new Reference();
    const record = options.network === undefined ? reference.network() : readChecked(networkSchema, options.network);
    const network = compileNetwork(record, reference.networkReferences());
    const started = performance.now();
    const book = await readBook(options, names, replayDay);
    const catalogue = await readCatalogue(options.catalogue ?? [], names, options.currency);
    const warehouses = [...network.facilities.values()].filter((facility) => facility.kind === 'stock');
    const stock = await readStock(options.stock ?? [], new Set(warehouses.map((facility) => facility.id)));
    const job = new PlanJob(network, reference, catalogue, stock, lawAt);
    const summary = await job.run(book, folder, replayDay, options.timings ? started : undefined);
    await folder.commit();
    for (const refusal of book.refusals) process.stderr.write(`${refusal}\n`);
    return { summary, refusals: book.refusals.length };
  } catch (error) {
    await folder.discard();
    throw error;
  }
};

const readBook = async (
  options: PlanOptions,
  names: ReadonlyMap<string, string>,
  replayDay: DayNumber | undefined,
): Promise<OrderBook> => {
  const keepGoing = options.keepGoing === true;
  const progress = new Progress('reading lines');
  const fromFile = await readOrderFile(options.orders ?? [], names, options.currency, keepGoing, progress);
  const fromShop = await readShopFiles(options.shop ?? [], replayDay !== undefined, keepGoing);
  progress.done();
  return {
    orders: [...fromFile.orders, ...fromShop.orders],
    linesShipped: fromShop.linesShipped,
    withoutOffset: fromFile.withoutOffset,
    refusals: [...fromFile.refusals, ...fromShop.refusals],
  };
};

/** Decisions made ahead of those that can be written in input order wait here as text. */
class InputOrder {
  readonly #waiting = new Map<number, string>();
  #next = 0;

  /** Adds the text for a place in the input; gives all texts that are now due. */
  add(place: number, text: string): string {
    this.#waiting.set(place, text);
    let due = '';
    for (let ready = this.#waiting.get(this.#next); ready !== undefined; ready = this.#waiting.get(this.#next)) {
      due += ready;
      this.#waiting.delete(this.#next);
      this.#next += 1;
    }
    return due;
  }
}

class PlanJob {
  readonly #network: Network;
  readonly #planner: Planner;
  readonly #summary: PlanSummary;
  readonly #catalogue: Catalogue;

  constructor(
    network: Network,
    reference: Reference,
    catalogue: ReadonlyMap<string, CatalogueRow>,
    stock: Stock,
    lawAt: DayNumber | undefined,
  ) {
    this.#network = network;
    this.#catalogue = new Catalogue(catalogue, reference.estimates(), network.rates, network.currency);
    this.#summary = new PlanSummary(network.currency);
    const world = openWorld(network, reference.law(sameEveryDay(network.rates)), stock, lawAt);
    this.#planner = new Planner(world, (sku) => this.#catalogue.item(sku));
  }

  async run(
    book: OrderBook,
    folder: OutputFolder,
    replayDay: DayNumber | undefined,
    started: number | undefined,
  ): Promise<Summary> {
    const plans = folder.open(FILES.plan);
    const parcels = folder.open(FILES.parcels);
    await parcels.write(`${PARCEL_COLUMNS}\n`);
    const refused = await this.#decideAll(book, plans, parcels, replayDay);
    const seconds = started === undefined ? undefined : (performance.now() - started) / 1000;
    const summary = this.#summary.finish(
      { refused, shipped: book.linesShipped, withoutOffset: book.withoutOffset },
      seconds === undefined ? undefined : book.orders.length / seconds,
    );
    await folder.open(FILES.summary).write(`${JSON.stringify(summary, null, 2)}\n`);
    await folder.open(FILES.estimates).write(this.#estimates());
    return summary;
  }

  /** Decides in the order of placing, writes in the order of input; gives the number of refused lines. */
  async #decideAll(
    book: OrderBook,
    plans: TextSink,
    parcels: TextSink,
    replayDay: DayNumber | undefined,
  ): Promise<number> {
    const place = new Map(book.orders.map(({ id }, index) => [id, index]));
    const inOrder = { plans: new InputOrder(), parcels: new InputOrder() };
    let refused = 0;
    for (const [index, gathered] of book.orders.entries()) {
      if ('order' in gathered) continue;
      refused += gathered.lines;
      const error = { id: gathered.id === '' ? null : gathered.id, error: problemDetails(gathered.fault) };
      await plans.write(inOrder.plans.add(index, `${JSON.stringify(error)}\n`));
      inOrder.parcels.add(index, '');
    }
    const live = book.orders.flatMap((gathered) => ('order' in gathered ? [gathered.order] : []));
    this.#catalogue.learn(live);
    const orders = inOrderOfPlacing(replayDay === undefined ? live : replayTo(live, replayDay));
    const progress = new Progress('planning orders');
    for (const order of orders) {
      const decision = this.#planner.decide(order);
      this.#summary.add(decision);
      const at = place.get(order.id) as number;
      const text = inOrder.plans.add(at, `${JSON.stringify(planRecord(decision, this.#network.currency))}\n`);
      if (text !== '') await plans.write(text);
      const rows = inOrder.parcels.add(at, parcelRows(decision));
      if (rows !== '') await parcels.write(rows);
      progress.add(1, orders.length);
    }
    progress.done();
    return refused;
  }

  #estimates(): string {
    const rows = this.#summary.gaps().map(({ sku, missing, orders, units, costMinor }) => {
      const item = this.#catalogue.item(sku);
      const size = `${item.size.lengthMm}x${item.size.widthMm}x${item.size.heightMm}`;
      const cost = formatMinor(costMinor, this.#network.currency);
      return [sku, missing.join(' '), orders, units, cost, size, item.massGrams, item.hs, item.origin]
        .map(csvField)
        .join(',');
    });
    return `${['sku,estimated,orders,units,costAtStake,sizeMm,massGrams,hs,origin', ...rows].join('\n')}\n`;
  }
}

const parcelRows = ({ order, chosen }: Decision): string =>
  (chosen?.parcels ?? [])
    .map((parcel, index) => {
      const last = parcel.legs.at(-1);
      const units = parcel.lines.reduce((sum, line) => sum + line.quantity, 0);
      const cells = [
        order.id,
        index + 1,
        chosen?.mode,
        parcel.facility,
        parcel.carton ?? '',
        units,
        parcel.grossGrams,
        parcel.billableGrams,
        parcel.procedure,
        parcel.service,
        chosen?.service,
        formatDay(parcel.legs[0]?.departs ?? 0),
        formatDay(last?.arrives.p50 ?? 0),
        formatDay(last?.arrives.p90 ?? 0),
      ];
      return `${cells.map(csvField).join(',')}\n`;
    })
    .join('');
