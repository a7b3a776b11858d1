import { join } from 'node:path';
import type { ItemCosts, SeasonItem } from '@crossparcel/demand';
import { readCsv, recordOf } from '@crossparcel/files';
import { parseDay } from '@crossparcel/units';

const BRITAIN = new Set(['GB', 'JE']);
const EUROPE = new Set('DE FR NL IE BE ES PT IT AT SE FI DK PL GR CY MT LT CZ EU CH NO IS'.split(' '));
const FIRST_WEEK = parseDay('2010-11-29') ?? 0;
const WEEKS = 53;

/** Weekly demand of a product in a region. */
export interface WeeklyDemand {
  readonly sku: string;
  readonly region: string;
  readonly price: number;
  readonly weeks: readonly number[];
}

const rowsOf = async (file: string): Promise<Record<string, string>[]> => {
  const rows: Record<string, string>[] = [];
  for await (const batch of readCsv(file)) for (const row of batch.rows) rows.push(recordOf(batch.header, row.fields));
  return rows;
};

const regionOf = (country: string): string | undefined =>
  BRITAIN.has(country) ? 'GB' : EUROPE.has(country) ? 'EU' : undefined;

/** Demand of an order stream by product, region and week; sales that were cancelled are left out. */
export const readWeeklyDemand = async (folder: string, split: string): Promise<WeeklyDemand[]> => {
  const prices = new Map<string, number>();
  for (const row of await rowsOf(join(folder, `orders/online-retail-skus-${split}.csv.gz`)))
    prices.set(row.sku ?? '', Number(row.median_price_gbp));
  const demand = new Map<string, WeeklyDemand & { weeks: number[] }>();
  for (const row of await rowsOf(join(folder, `orders/online-retail-lines-${split}.csv.gz`))) {
    const region = regionOf(row.country ?? '');
    const quantity = Number(row.qty);
    if (region === undefined || !(quantity > 0) || row.cx !== '0') continue;
    const week = Math.floor(((parseDay((row.t ?? '').slice(0, 10)) ?? 0) - FIRST_WEEK) / 7);
    if (week < 0 || week >= WEEKS) continue;
    const sku = row.sku ?? '';
    const key = `${sku}|${region}`;
    const entry = demand.get(key) ?? { sku, region, price: prices.get(sku) ?? 0, weeks: new Array(WEEKS).fill(0) };
    entry.weeks[week] = (entry.weeks[week] ?? 0) + quantity;
    demand.set(key, entry);
  }
  return [...demand].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
};

/** Stylised costs of a product by its price: direct parcels, ocean and bulk air with local delivery, holding, markdown. */
export const costsOf = (price: number, oceanLead: number): ItemCosts => ({
  direct: 0.9 + 0.11 * price,
  holding: 0.02 + 0.002 * price,
  leftover: 0.1 + 0.2 * price,
  modes: [
    { id: 'ocean', lead: oceanLead, perUnit: 0.47 + 0.04 * price, perOrder: 3 },
    { id: 'air', lead: 1, perUnit: 0.75 + 0.04 * price, perOrder: 1.5 },
  ],
});

/** A season of 13 weeks from a week on. */
export const seasonOf = (demand: readonly WeeklyDemand[], from: number, oceanLead: number): SeasonItem[] =>
  demand.map(({ sku, region, price, weeks }) => ({
    sku,
    facility: region,
    history: weeks.slice(0, from),
    actual: weeks.slice(from, from + 13),
    costs: costsOf(price, oceanLead),
  }));
