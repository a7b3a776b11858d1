import { join } from 'node:path';
import type { PastLaunch } from '@crossparcel/demand';
import { readCsv, recordOf } from '@crossparcel/files';

/** A launch with its price, day by day: orders by region, and views of its video. */
export interface PresaleLaunch {
  readonly id: number;
  readonly price: number;
  readonly rows: readonly { day: number; region: string; orders: number; views_cum: number }[];
}

/** Days counted from the launch on. */
export const LAUNCH_DAYS = 14;

const rowsOf = async (file: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = [];
  for await (const batch of readCsv(file)) for (const row of batch.rows) rows.push(recordOf(batch.header, row.fields));
  return rows;
};

/** The launches of a folder that holds `launches-days-dev.csv.gz` and `launches-dev.csv.gz`, in their order. */
export const readLaunches = async (folder: string): Promise<PresaleLaunch[]> => {
  const days = Map.groupBy(await rowsOf(join(folder, 'launches-days-dev.csv.gz')), ({ launch }) => launch);
  return (await rowsOf(join(folder, 'launches-dev.csv.gz'))).map(({ launch, price_gbp }) => ({
    id: Number(launch),
    price: Number(price_gbp),
    rows: (days.get(launch) ?? []).map(({ day, region = '', orders, views_cum }) => ({
      day: Number(day),
      region,
      orders: Number(orders),
      views_cum: Number(views_cum),
    })),
  }));
};

/** A launch as the prior holds it. */
export const pastLaunchOf = ({ rows }: PresaleLaunch): PastLaunch => {
  const days = Array.from({ length: LAUNCH_DAYS }, (_, day) => rows.filter((row) => row.day === day));
  const regions = [...new Set(rows.map(({ region }) => region))];
  return {
    orders: Object.fromEntries(
      regions.map((region) => [region, days.map((day) => day.find((row) => row.region === region)?.orders ?? 0)]),
    ),
    views: days.map((day) => Math.max(0, ...day.map(({ views_cum }) => views_cum))),
  };
};
