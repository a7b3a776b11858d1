import { join } from 'node:path';
import type { LaunchLine } from '@crossparcel/demand';
import { readCsv, recordOf } from '@crossparcel/files';
import { parseDay } from '@crossparcel/units';

/** A history and what followed it. */
export interface Sample {
  readonly id: string;
  readonly past: readonly number[];
  readonly future: readonly number[];
}

/** A set of the rolling protocol: real series cut at an origin. */
export interface SampleSet {
  readonly name: string;
  readonly perYear: number;
  readonly horizon: number;
  readonly samples: readonly Sample[];
}

/** A launch, and how many units were sold in the weeks after its first days. */
export interface LaunchSample {
  readonly id: string;
  readonly observedDays: number;
  readonly lines: readonly LaunchLine[];
  readonly units: number;
}

interface OrderLine extends LaunchLine {
  readonly sku: string;
}

const MONTHS = 12;
const WEEKS = 365.25 / 7;
const CAR_PARTS = 'demand/carparts-monthly-dev.csv.gz';
const WEEKLY = 'demand/uci-weekly-dev.csv.gz';
const ORDERS = 'orders/online-retail-lines-dev.csv.gz';
/** The orders run from this Monday for 53 weeks; the first launch counted is 45 days after the first of December. */
const FIRST_WEEK = parseDay('2010-11-29') ?? 0;
const FIRST_DAY = parseDay('2010-12-01') ?? 0;
const ALL_WEEKS = 53;
const ALL_DAYS = 373;
const FIRST_LAUNCH = 45;
/** Days whose units a launch is judged by. */
export const LAUNCH_HORIZON = 56;
const LEAST_WEEKS = 8;
const LEAST_SELLING = 4;

const rowsOf = async (file: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = [];
  for await (const batch of readCsv(file)) for (const row of batch.rows) rows.push(recordOf(batch.header, row.fields));
  return rows;
};

const tableSet = async (file: string, set: Omit<SampleSet, 'samples'>): Promise<SampleSet> => {
  const samples = (await rowsOf(file)).map((row) => {
    const [id = '', ...cells] = Object.values(row);
    // A blank is a month without demand.
    const values = cells.map(Number);
    return { id, past: values.slice(0, -set.horizon), future: values.slice(-set.horizon) };
  });
  return { ...set, samples };
};

/** Demand lines of the order stream: cancelled ones and returns left out. */
const readOrders = async (folder: string): Promise<OrderLine[]> =>
  (await rowsOf(join(folder, ORDERS)))
    .filter(({ qty, cx }) => Number(qty) > 0 && cx === '0')
    .map(({ t = '', sku = '', qty, price_gbp, country, inv, cust }) => ({
      sku,
      day: parseDay(t.slice(0, 10)) ?? 0,
      quantity: Number(qty),
      price: Number(price_gbp),
      country,
      invoice: inv,
      customer: cust,
    }));

const weeklySet = (orders: readonly OrderLine[], origin: number): SampleSet => {
  const horizon = 8;
  const bySku = new Map<string, number[]>();
  for (const { sku, day, quantity } of orders) {
    const week = Math.floor((day - FIRST_WEEK) / 7);
    if (week < 0 || week >= ALL_WEEKS) continue;
    const weeks = bySku.get(sku) ?? new Array<number>(ALL_WEEKS).fill(0);
    weeks[week] = (weeks[week] ?? 0) + quantity;
    bySku.set(sku, weeks);
  }
  const samples = [...bySku].flatMap(([id, weeks]) => {
    const past = weeks.slice(0, origin);
    const first = past.findIndex((value) => value > 0);
    const selling = past.filter((value) => value > 0).length;
    if (first < 0 || first > origin - LEAST_WEEKS || selling < LEAST_SELLING) return [];
    return [{ id, past: past.slice(first), future: weeks.slice(origin, origin + horizon) }];
  });
  return { name: `or${origin}`, perYear: WEEKS, horizon, samples };
};

const launchesOf = (orders: readonly OrderLine[], observedDays: number): LaunchSample[] => {
  const bySku = Map.groupBy(orders, ({ sku }) => sku);
  return [...bySku].flatMap(([id, all]) => {
    const first = Math.min(...all.map(({ day }) => day));
    const launched = first - FIRST_DAY;
    if (launched < FIRST_LAUNCH || launched > ALL_DAYS - observedDays - LAUNCH_HORIZON) return [];
    const lines = all.map(({ sku, ...line }) => ({ ...line, day: line.day - first }));
    const later = lines.filter(({ day }) => day >= observedDays && day < observedDays + LAUNCH_HORIZON);
    const units = later.reduce((sum, { quantity }) => sum + quantity, 0);
    return [{ id, observedDays, lines: lines.filter(({ day }) => day < observedDays), units }];
  });
};

/** The sets of the protocol, read from a folder that holds `demand` and `orders`, and launches seen for so many days. */
export const readSets = async (
  folder: string,
  observedDays: readonly number[],
): Promise<{ sets: readonly SampleSet[]; launches: readonly LaunchSample[] }> => {
  const orders = await readOrders(folder);
  const sets = [
    await tableSet(join(folder, CAR_PARTS), { name: 'carparts', perYear: MONTHS, horizon: 12 }),
    await tableSet(join(folder, WEEKLY), { name: 'uciweekly', perYear: WEEKS, horizon: 8 }),
    weeklySet(orders, 29),
    weeklySet(orders, 45),
  ];
  return { sets, launches: observedDays.flatMap((days) => launchesOf(orders, days)) };
};
