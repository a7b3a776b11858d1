import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GatheredOrder, OrderGatherer } from '@crossparcel/connectors';
import { Reference, readBatches, recordsOf } from '@crossparcel/files';
import {
  type CatalogueRow,
  compileNetwork,
  completeItem,
  inOrderOfPlacing,
  openWorld,
  Planner,
  Stock,
} from '@crossparcel/planning';
import type { Item, Order } from '@crossparcel/units';
import { sameEveryDay } from '@crossparcel/units';
import type { Contest } from './contest.ts';
import { orderBook } from './data.ts';

const gather = async (file: string): Promise<GatheredOrder[]> => {
  const gatherer = new OrderGatherer();
  for await (const batch of readBatches(file)) for (const { value } of recordsOf(batch)) gatherer.add(value);
  return gatherer.orders();
};

/** The order-book planner: the engine alone, the whole command, and the reading that every planner needs. */
export const contests = async (): Promise<Contest[]> => {
  const files = orderBook();
  const reference = new Reference();
  const network = compileNetwork(reference.network(), reference.networkReferences());
  const estimates = reference.estimates();
  const items = new Map<string, Item>();
  for await (const batch of readBatches(files.catalogue)) {
    for (const { value } of recordsOf(batch)) {
      const row = value as CatalogueRow;
      items.set(row.sku, completeItem(row, {}, estimates, network.rates, network.currency));
    }
  }
  const stockRows: [string, string, number][] = [];
  for await (const batch of readBatches(files.stock)) {
    for (const { value } of recordsOf(batch)) {
      const { facility, sku, quantity } = value as Record<string, string>;
      stockRows.push([facility ?? '', sku ?? '', Number(quantity)]);
    }
  }
  const orders: Order[] = inOrderOfPlacing(
    (await gather(files.orders)).flatMap((one) => ('order' in one ? [one.order] : [])),
  );
  const law = reference.law(sameEveryDay(network.rates));
  const crossparcel = fileURLToPath(new URL('../bin/crossparcel.js', import.meta.url));
  return [
    {
      title: `planning ${orders.length.toLocaleString('en-US')} orders, one core`,
      unit: 'orders/s',
      contestants: [
        {
          name: 'crossparcel, engine only',
          run: () => {
            const stock = new Stock();
            for (const row of stockRows) stock.add(...row);
            const planner = new Planner(openWorld(network, law, stock), (sku) => items.get(sku) as Item);
            for (const order of orders) planner.decide(order);
            return orders.length;
          },
        },
        {
          name: 'crossparcel plan, the whole command',
          run: () => {
            const folder = mkdtempSync(join(tmpdir(), 'crossparcel-bench-'));
            const args = [
              'plan',
              '--orders',
              files.orders,
              '--catalogue',
              files.catalogue,
              '--stock',
              files.stock,
              '--out',
              join(folder, 'plan'),
            ];
            const { status, stderr } = spawnSync(process.execPath, [crossparcel, ...args], { encoding: 'utf8' });
            rmSync(folder, { recursive: true });
            if (status !== 0) throw new Error(stderr);
            return orders.length;
          },
        },
        { name: 'bound: reading and checking the orders', run: async () => (await gather(files.orders)).length },
      ],
    },
  ];
};
