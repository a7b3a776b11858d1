import { readBatches, recordsOf } from '@crossparcel/files';
import type { Goods } from '@crossparcel/warehouse';
import { orderBook, packingData } from './data.ts';

/** An order as packers get it: its goods, the zone it goes to, and what is known of its cost by tariff. */
export interface PackingOrder {
  readonly id: string;
  readonly zone: string;
  readonly goods: Goods[];
}

/** What is known of the cost of an order under a tariff, in major units. */
export interface KnownCost {
  readonly best: number;
  readonly boxPacker: number;
}

type Row = Readonly<Record<string, string>>;

async function* rowsOf(file: string): AsyncGenerator<Row> {
  for await (const batch of readBatches(file)) for (const { value } of recordsOf(batch)) yield value as Row;
}

const gather = (orders: Map<string, PackingOrder>, id: string, zone: string, goods: Omit<Goods, 'id'>): void => {
  const order = orders.get(id) ?? { id, zone, goods: [] };
  order.goods.push({ id: `${order.goods.length}`, ...goods });
  orders.set(id, order);
};

/** The shared orders of the cost scenarios, or those of the sample shop where the shared data is not there. */
export const packingOrders = async (): Promise<PackingOrder[]> => {
  const data = packingData();
  const orders = new Map<string, PackingOrder>();
  if (data) {
    for await (const row of rowsOf(data.orders)) {
      const size = { lengthMm: Number(row.width_mm), widthMm: Number(row.length_mm), heightMm: Number(row.depth_mm) };
      const goods = { quantity: Number(row.qty), size, massGrams: Number(row.weight_g) };
      gather(orders, row.order_id ?? '', row.usps_zone ?? '', goods);
    }
    return [...orders.values()];
  }
  const book = orderBook();
  const items = new Map<string, Row>();
  for await (const row of rowsOf(book.catalogue)) items.set(row.sku ?? '', row);
  for await (const row of rowsOf(book.orders)) {
    const item = items.get(row.sku ?? '');
    if (!item || row.cancelled === 'true') continue;
    const size = {
      lengthMm: Number(item.lengthMm),
      widthMm: Number(item.widthMm),
      heightMm: Number(item.heightMm),
    };
    gather(orders, row.orderId ?? '', '5', { quantity: Number(row.quantity), size, massGrams: Number(item.massGrams) });
  }
  return [...orders.values()];
};

/** Costs known by tariff and order, empty without shared data. */
export const knownCosts = async (): Promise<Map<string, KnownCost>> => {
  const costs = new Map<string, KnownCost>();
  const data = packingData();
  if (!data) return costs;
  for await (const row of rowsOf(data.known))
    costs.set(`${row.tariff}|${row.order_id}`, { best: Number(row.best_known_cost), boxPacker: Number(row.boxpacker) });
  return costs;
};
