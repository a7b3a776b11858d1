import { join } from 'node:path';
import {
  everywhereOf,
  type ItemCosts,
  type KnownLaunch,
  type LaunchPlacementRecord,
  learnLaunchLine,
  learnShape,
} from '@crossparcel/demand';
import { readCsv, recordOf } from '@crossparcel/files';
import type { DatedRecord } from '@crossparcel/units';

/** Days of a launch, those in which it can still be told how it goes on, and how far ahead goods arrive. */
export const LAUNCH_DAYS = 14;
const SEEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const GAPS = [0, 1, 2, 3, 4, 5, 7];

/** What was chosen by how launches went that were not learned from; docs/methods/placement.md has the figures. */
const LAUNCH_SETTINGS = { abruptEnd: 1.2, judgedBy: { withSignals: 6, withoutSignals: 7 } };

/** A launch in a region, with its price. */
export interface PricedLaunch extends KnownLaunch {
  readonly id: string;
  readonly price: number;
}

const rowsOf = async (file: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = [];
  for await (const batch of readCsv(file)) for (const row of batch.rows) rows.push(recordOf(batch.header, row.fields));
  return rows;
};

interface Counted {
  readonly id: string;
  readonly facility: string;
  readonly own: number[];
  readonly views: number[];
  readonly likes: number[];
}

/** Daily orders and counters of launches by region, from the day of the video on. */
export const readLaunches = async (folder: string, split: string): Promise<PricedLaunch[]> => {
  const prices = new Map<string, number>();
  for (const { launch = '', price_gbp } of await rowsOf(join(folder, `viral/launches-${split}.csv.gz`)))
    prices.set(launch, Number(price_gbp));
  const found = new Map<string, Counted>();
  for (const { launch = '', region = '', day, orders, views_cum, likes_cum } of await rowsOf(
    join(folder, `viral/launches-days-${split}.csv.gz`),
  )) {
    const at = Number(day);
    if (at < 0) continue;
    const key = `${launch}|${region}`;
    const entry = found.get(key) ?? { id: launch, facility: region, own: [], views: [], likes: [] };
    entry.own[at] = Number(orders);
    entry.views[at] = Number(views_cum);
    entry.likes[at] = Number(likes_cum);
    found.set(key, entry);
  }
  const all = [...found.values()];
  const everywhere = everywhereOf(
    all.map(({ id }) => id),
    all.map(({ own }) => own),
  );
  return all.map(({ id, facility, own, views, likes }, at) => ({
    id,
    facility,
    own,
    everywhere: everywhere[at] as readonly number[],
    signals: { views, likes },
    price: prices.get(id) ?? 0,
  }));
};

/** How launches go on, with the counters of posts and without. */
export const learnLaunchPlacement = (
  launches: readonly KnownLaunch[],
): Omit<LaunchPlacementRecord, keyof DatedRecord | 'id'> => {
  const lines = (withSignals: boolean) =>
    SEEN.flatMap((seen) =>
      GAPS.filter((gap) => seen + gap < LAUNCH_DAYS).map((gap) =>
        learnLaunchLine(launches, { seen, gap, withSignals }),
      ),
    );
  return { ...LAUNCH_SETTINGS, shape: learnShape(launches), withSignals: lines(true), withoutSignals: lines(false) };
};

/** Stylised costs of bulk air after a launch: an order of a day is there so many days later, the present one not counted. */
export const airCosts = (price: number, lead: number): ItemCosts => ({
  direct: 0.9 + 0.11 * price,
  holding: (0.02 + 0.002 * price) / 7,
  leftover: 0.1 + 0.2 * price,
  modes: [{ id: 'air', lead: lead - 1, perUnit: 0.75 + 0.04 * price, perOrder: 25 }],
});
