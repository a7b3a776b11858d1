import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The shared scenario data beside the repository, or the sample shop where it is not there. */
export const orderBook = (): { readonly orders: string; readonly catalogue: string; readonly stock: string } => {
  const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const scenarios = place('../../shared/data/scenarios/');
  if (existsSync(scenarios)) {
    const of = (name: string) => `${scenarios}${name}`;
    return { orders: of('orders-dev.csv.gz'), catalogue: of('catalogue-dev.csv'), stock: of('stock-dev.csv') };
  }
  const sample = place('../examples/sample-shop/');
  return { orders: `${sample}orders.csv`, catalogue: `${sample}catalogue.csv`, stock: `${sample}stock.csv` };
};

/** Orders to pack, with the cheapest cost known for each where somebody measured it; undefined without shared data. */
export const packingData = (): { readonly orders: string; readonly known: string } | undefined => {
  const folder = fileURLToPath(new URL('../../shared/data/packing/scenarios/', import.meta.url));
  if (!existsSync(folder)) return undefined;
  return { orders: `${folder}cost_orders_dev.csv`, known: `${folder}cost_reference_dev.csv` };
};
