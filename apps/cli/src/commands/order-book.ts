import {
  type GatheredOrder,
  importOrder,
  ORDER_COLUMNS,
  OrderGatherer,
  tikTokOrdersAnswerSchema,
} from '@crossparcel/connectors';
import { InputError, type Position, readBatches, readWholeText, recordsOf } from '@crossparcel/files';
import { type CatalogueRow, catalogueRowSchema, type InTransit, Stock } from '@crossparcel/planning';
import { faultOfIssues, isCurrency, parseDay } from '@crossparcel/units';
import * as z from 'zod';
import { UsageError } from '../conventions/exit.ts';
import type { Progress } from '../conventions/progress.ts';

/** What was read of an order book. */
export interface OrderBook {
  readonly orders: readonly GatheredOrder[];
  readonly linesShipped: number;
  /** Rows whose time was read as UTC for want of an offset. */
  readonly withoutOffset: number;
  /** Messages for records that were refused and passed over. */
  readonly refusals: readonly string[];
}

/** Names of the file's columns by the names that are expected: `orderId=inv,placedAt=t`. */
export const columnNames = (text: string | undefined): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const pair of text?.split(',') ?? []) {
    const [ours = '', theirs = ''] = pair.split('=', 2).map((part) => part.trim());
    if (!KNOWN_COLUMNS.includes(ours) || theirs === '') {
      throw new UsageError(
        `--columns ${pair} is not understood; write OURS=THEIRS with OURS one of ${KNOWN_COLUMNS.join(', ')}`,
      );
    }
    names.set(ours, theirs);
  }
  return names;
};

const CATALOGUE_COLUMNS = Object.keys(catalogueRowSchema.shape);
const KNOWN_COLUMNS: readonly string[] = [...new Set<string>([...ORDER_COLUMNS, ...CATALOGUE_COLUMNS])];

const renamed = (
  row: Record<string, unknown>,
  wanted: readonly string[],
  names: ReadonlyMap<string, string>,
): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const name of wanted) {
    const value = row[names.get(name) ?? name];
    if (value !== undefined) out[name] = value;
  }
  return out;
};

/** Fields of an order line that a file must have as columns: without them no row can be read. */
const REQUIRED = ['orderId', 'placedAt', 'country', 'sku', 'quantity', 'unitPrice'];

const checkColumns = (row: Record<string, unknown>, names: ReadonlyMap<string, string>, position: Position): void => {
  const missing = REQUIRED.find((name) => row[names.get(name) ?? name] === undefined);
  if (missing === undefined) return;
  const wanted = names.get(missing) ?? missing;
  throw new InputError(
    {
      code: 'missing-column',
      field: missing,
      what: `there is no column ${wanted}; the file has ${Object.keys(row).join(', ')}`,
      mend: `name the column with --columns ${missing}=NAME`,
    },
    { file: position.file, line: 1 },
  );
};

/** Reads an order file. Bad rows stop it, or with `keepGoing` refuse their order. */
export const readOrderFile = async (
  files: readonly string[],
  names: ReadonlyMap<string, string>,
  currency: string | undefined,
  keepGoing: boolean,
  progress: Progress,
): Promise<OrderBook> => {
  if (currency !== undefined && !isCurrency(currency))
    throw new UsageError(`--currency ${currency} is not an ISO 4217 code`);
  const gatherer = new OrderGatherer();
  const refusals: string[] = [];
  for (const file of files) {
    let checked = false;
    for await (const batch of readBatches(file)) {
      const records = recordsOf(batch);
      for (const { value, position, fault } of records) {
        if (fault) throw fault;
        const row = value as Record<string, unknown>;
        if (!checked) checkColumns(row, names, position);
        checked = true;
        const line = renamed(row, ORDER_COLUMNS, names);
        if ((line.currency === undefined || line.currency === '') && currency !== undefined) line.currency = currency;
        const added = gatherer.add(line);
        if (added.ok) continue;
        const error = new InputError(added.error, position);
        if (!keepGoing) throw error;
        refusals.push(error.message);
      }
      progress.add(records.length);
    }
  }
  return { orders: gatherer.orders(), linesShipped: 0, withoutOffset: gatherer.withoutOffset, refusals };
};

/** Reads answers of TikTok Shop's order endpoints, one a file. `asNew` reads orders as if they had just been paid. */
export const readShopFiles = async (
  files: readonly string[],
  asNew: boolean,
  keepGoing: boolean,
): Promise<OrderBook> => {
  const orders: GatheredOrder[] = [];
  const refusals: string[] = [];
  let linesShipped = 0;
  for (const file of files) {
    for (const [index, raw] of (await shopOrders(file)).entries()) {
      const imported = importOrder(raw, { asNew });
      if (imported.ok) {
        const { linesShipped: shipped, ...read } = imported.value;
        orders.push({ id: read.order.id, ...read });
        linesShipped += shipped;
        continue;
      }
      const field = `data.orders[${index}]${imported.error.field ? `.${imported.error.field}` : ''}`;
      const error = new InputError({ ...imported.error, field }, { file, line: 1 });
      if (!keepGoing) throw error;
      refusals.push(error.message);
      const { id, line_items: lines } = raw as { id?: unknown; line_items?: unknown };
      orders.push({
        id: typeof id === 'string' ? id : '',
        fault: imported.error,
        lines: Array.isArray(lines) ? lines.length : 0,
      });
    }
  }
  return { orders, linesShipped, withoutOffset: 0, refusals };
};

const shopOrders = async (file: string): Promise<readonly unknown[]> => {
  const text = await readWholeText(file);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    const fault = { code: 'bad-json', what: 'is not JSON', mend: 'give an answer of the shop as it came' };
    throw new InputError(fault, { file, line: 1 });
  }
  const parsed = tikTokOrdersAnswerSchema.safeParse(answer);
  if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), { file, line: 1 });
  return parsed.data.data.orders;
};

/** Reads a catalogue: rows by SKU. A SKU that comes twice is an error. */
export const readCatalogue = async (
  files: readonly string[],
  names: ReadonlyMap<string, string>,
  currency: string | undefined,
): Promise<Map<string, CatalogueRow>> => {
  const rows = new Map<string, CatalogueRow>();
  for await (const { row, position } of checkedRows(files, catalogueRowSchema, CATALOGUE_COLUMNS, names)) {
    if (rows.has(row.sku)) {
      const what = `${row.sku} stands in an earlier row already`;
      throw new InputError({ code: 'duplicate-sku', field: 'sku', what, mend: 'give each SKU one row' }, position);
    }
    rows.set(row.sku, row.currency || currency === undefined ? row : { ...row, currency });
  }
  return rows;
};

const stockRowSchema = z.object({
  facility: z.string().min(1, 'is empty; give the id of a facility'),
  sku: z.string().min(1, 'is empty; give a SKU'),
  quantity: z.string().regex(/^\d{1,9}$/, 'is not a quantity; write a whole number'),
});

const checkFacility = (facility: string, known: ReadonlySet<string>, position: Position): void => {
  if (known.has(facility)) return;
  const what = `${facility} is not a warehouse of the network`;
  const mend = `give one of ${[...known].join(', ')}`;
  throw new InputError({ code: 'unknown-facility', field: 'facility', what, mend }, position);
};

/** Reads opening stock. A facility that the network does not have is an error. */
export const readStock = async (files: readonly string[], facilities: ReadonlySet<string>): Promise<Stock> => {
  const stock = new Stock();
  for await (const { row, position } of checkedRows(
    files,
    stockRowSchema,
    Object.keys(stockRowSchema.shape),
    new Map(),
  )) {
    checkFacility(row.facility, facilities, position);
    stock.add(row.facility, row.sku, Number(row.quantity));
  }
  return stock;
};

const inTransitSchema = stockRowSchema.extend({
  arrives: z.string().refine((text) => parseDay(text) !== undefined, 'is no date; write YYYY-MM-DD'),
});

/** Reads what is on its way into stock. A facility that the network does not have is an error. */
export const readInTransit = async (
  files: readonly string[],
  facilities: ReadonlySet<string>,
): Promise<InTransit[]> => {
  const moving: InTransit[] = [];
  const columns = Object.keys(inTransitSchema.shape);
  for await (const { row, position } of checkedRows(files, inTransitSchema, columns, new Map())) {
    checkFacility(row.facility, facilities, position);
    const { facility, sku, quantity, arrives } = row;
    moving.push({ facility, sku, quantity: Number(quantity), arrives: parseDay(arrives) ?? 0 });
  }
  return moving;
};

async function* checkedRows<Row>(
  files: readonly string[],
  schema: z.ZodType<Row>,
  columns: readonly string[],
  names: ReadonlyMap<string, string>,
): AsyncGenerator<{ row: Row; position: Position }> {
  for (const file of files) {
    for await (const batch of readBatches(file)) {
      for (const { value, position, fault } of recordsOf(batch)) {
        if (fault) throw fault;
        const parsed = schema.safeParse(renamed(value as Record<string, unknown>, columns, names));
        if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
        yield { row: parsed.data, position };
      }
    }
  }
}
