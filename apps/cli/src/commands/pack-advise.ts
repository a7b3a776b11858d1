import { formatMinor, minorOfNanos } from '@crossparcel/units';
import {
  adviseCartons,
  type Carton,
  type HistoryEdge,
  type PackEdge,
  type PastOrder,
  sumEdges,
} from '@crossparcel/warehouse';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { chooseFormat, FORMATS, Printer } from '../conventions/format.ts';
import { Progress } from '../conventions/progress.ts';
import { PackDesk, type PackedRequest, settingsOf } from './pack-desk.ts';
import { AdviceDesk, goodsIn } from './pack-explain.ts';
import { packedRequests } from './pack-requests.ts';

interface AdviseOptions {
  readonly cartons?: string;
  readonly at?: string;
  readonly format?: string;
}

/** Edges that are told: the ones that would have saved most. */
const MOST_EDGES = 20;

const COLUMNS = ['advice', 'what', 'saves', 'currency'];

interface History {
  readonly orders: PastOrder[];
  readonly cartons: readonly Carton[];
  readonly currency: string;
  readonly edges: HistoryEdge[];
}

const readHistory = async (files: readonly string[], desk: PackDesk): Promise<History> => {
  const orders: PastOrder[] = [];
  const edges: PackEdge[] = [];
  const advices = new AdviceDesk();
  const progress = new Progress('packing the history');
  let first: PackedRequest | undefined;
  for await (const packed of packedRequests(files, desk)) {
    first ??= packed;
    const same = JSON.stringify([first.request.cartons, first.request.cartonSet]);
    if (JSON.stringify([packed.request.cartons, packed.request.cartonSet]) !== same) {
      throw new UsageError(`record ${packed.request.id} has other cartons; give a history packed from one set`);
    }
    for (const lot of packed.lots) {
      // Cartons lined against heat are no cartons of the set.
      if (lot.lot.band) continue;
      orders.push({ goods: lot.lot.goods, tariff: packed.freight });
      const advice = advices.of(lot.cartons, packed.freight);
      for (const parcel of lot.packing.parcels) edges.push(...advice.packEdges(goodsIn(parcel, lot), parcel));
    }
    progress.add(1);
  }
  progress.done();
  const lot = first?.lots.find(({ lot: { band } }) => !band);
  if (!first || !lot) throw new UsageError('there is no order to learn from');
  if (first.currency === undefined)
    throw new UsageError('cartons and postage have no prices; give cartons with prices, or a rate');
  return { orders, cartons: lot.cartons, currency: first.currency, edges: sumEdges(edges) };
};

const countOf = (text: string | undefined, present: number): number => {
  if (text === undefined) return present;
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`--cartons ${text} is not a number of cartons; give 1 to 99`);
  return Number(text);
};

const sizeText = ({ inner, price }: Carton, currency: string): string =>
  `${inner.lengthMm} x ${inner.widthMm} x ${inner.heightMm} mm inside at ${formatMinor(minorOfNanos(price, currency), currency)}`;

/** `crossparcel pack advise`: a carton set for a shop's history, and the packs of products to change. */
export const packAdvise = (): Command =>
  new Command('advise')
    .summary('a carton set for a history of orders, which product packs to change, and what both save')
    .description(
      'Packs a history of orders, proposes cartons to add and drop, packs it all again with them, and names the products whose packs are a little too large.',
    )
    .argument('[input...]', 'pack requests: .ndjson, .json, .gz of these, or - for standard input')
    .option('--cartons <n>', 'how many cartons the set may have; as many as now when left out')
    .option('--at <date>', 'the day whose rates count where a record names none')
    .option('--format <format>', `${FORMATS.join(', ')}; a table on a terminal, else ndjson`)
    .action(async (files: string[], { cartons, at, format }: AdviseOptions) => {
      if (files.length === 0) throw new UsageError('no input; give files, or - for standard input');
      const history = await readHistory(files, new PackDesk(settingsOf({ at })));
      const { currency } = history;
      const progress = new Progress('weighing cartons');
      let weighed = 0;
      const advice = adviseCartons(
        history.orders,
        history.cartons,
        countOf(cartons, history.cartons.length),
        (done, all) => {
          progress.add(done - weighed, all);
          weighed = done;
        },
      );
      progress.done();
      const money = (nanos: number) => formatMinor(minorOfNanos(nanos, currency), currency);
      const set = {
        advice: 'carton-set',
        orders: history.orders.length,
        currency,
        now: money(advice.now),
        proposed: money(advice.proposed),
      };
      const records = [
        {
          ...set,
          what: `${advice.cartons.length} cartons for ${history.orders.length} orders`,
          saves: money(advice.now - advice.proposed),
          cartons: advice.cartons.map((carton) => ({ ...carton, price: money(carton.price) })),
        },
        ...advice.changes.map(({ add, drop, saves }) => ({
          advice: 'carton-change',
          what: drop === undefined ? `add ${sizeText(add, currency)}` : `${drop} by ${sizeText(add, currency)}`,
          add: { ...add, price: money(add.price) },
          ...(drop !== undefined && { drop }),
          saves: money(saves),
          currency,
        })),
        ...history.edges.slice(0, MOST_EDGES).map(({ saves, ...edge }) => ({
          advice: 'product-pack',
          what: `${edge.item}: ${edge.byMm} mm less ${edge.change}, ${edge.parcels} parcels`,
          ...edge,
          saves: money(saves),
          currency,
        })),
      ];
      const printer = new Printer(chooseFormat(format, process.stdout.isTTY === true), COLUMNS);
      const text = printer.head() + printer.body(records.map((record) => JSON.stringify(record))) + printer.tail();
      process.stdout.write(text);
    });
