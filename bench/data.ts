import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatorOf } from '@crossparcel/numerics';

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

/** A connection of a day: minutes of departure and arrival, and between which airports. */
export interface BenchConnection {
  readonly departs: number;
  readonly arrives: number;
  readonly from: string;
  readonly to: string;
}

/** A question to a timetable and the earliest arrival that is known to be right; -1 when there is no way. */
export interface BenchQuery {
  readonly from: string;
  readonly to: string;
  readonly readyAt: number;
  readonly arrives: number | undefined;
}

/** One day of flights, to be repeated, and questions about them. */
export interface BenchTimetable {
  readonly name: string;
  readonly day: readonly BenchConnection[];
  readonly queries: readonly BenchQuery[];
}

const csvRows = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** A made-up world: hubs that are joined to each other, and airports that are joined to two hubs each. */
const madeUp = (name: string, hubs: number, spokes: number): BenchTimetable => {
  const generator = generatorOf(hubs);
  const day: BenchConnection[] = [];
  const code = (index: number) =>
    Array.from({ length: 3 }, (_, place) => String.fromCharCode(65 + (Math.floor(index / 26 ** place) % 26))).join('');
  const join = (one: number, other: number, times: number) => {
    const minutes = generator.integer(60, 720);
    for (let time = 0; time < times; time += 1) {
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const departs = generator.integer(0, 1439);
        day.push({ departs, arrives: departs + minutes + generator.integer(0, 30), from: code(from), to: code(to) });
      }
    }
  };
  for (let hub = 0; hub < hubs; hub += 1) for (let other = 0; other < hub; other += 1) join(hub, other, 2);
  for (let spoke = hubs; spoke < hubs + spokes; spoke += 1) {
    join(spoke, generator.integer(0, hubs - 1), 3);
    join(spoke, generator.integer(0, hubs - 1), 3);
  }
  day.sort((a, b) => a.departs - b.departs);
  const queries = Array.from({ length: 1000 }, () => ({
    from: code(generator.integer(0, hubs + spokes - 1)),
    to: code(generator.integer(0, hubs + spokes - 1)),
    readyAt: generator.integer(0, 1439),
    arrives: undefined,
  }));
  return { name, day, queries };
};

/** The benchmark timetables beside the repository, or made-up ones of about their size where they are not there. */
export const benchTimetables = (): BenchTimetable[] => {
  const folder = fileURLToPath(new URL('../../shared/data/flights/bench/', import.meta.url));
  if (!existsSync(folder)) return [madeUp('made up, wide', 40, 460), madeUp('made up, world', 100, 2700)];
  return ['wide3', 'world3'].map((name) => ({
    name,
    day: csvRows(`${folder}${name}-day0.csv`).map(([departs, arrives, from = '', to = '']) => {
      return { departs: Number(departs), arrives: Number(arrives), from, to };
    }),
    queries: csvRows(`${folder}${name}-queries.csv`).map(([from = '', to = '', readyAt, arrives]) => {
      return { from, to, readyAt: Number(readyAt), arrives: Number(arrives) };
    }),
  }));
};
