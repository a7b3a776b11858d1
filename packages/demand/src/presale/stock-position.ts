import type { PresaleLine } from './presale-line.ts';
import type { Sighting } from './sighting.ts';
import type { StockAhead, StockCosts } from './stock-order.ts';

/** What a region has ordered since the launch, and until when. */
export const seenIn = ({ since }: Sighting, region: number) =>
  since && { day: since.day, orders: since.orders[region] as number };

/** What stock costs, by the line. */
export const costsOf = ({ c }: PresaleLine): StockCosts => ({
  direct: c.d,
  air: c.a,
  perOrder: c.Fa,
  holding: c.h,
  leftover: c.left,
});

/** What a launch has been answered so far: units by region and day of arrival. */
export type Sent = Map<string, ReadonlyMap<number, number>>;

/** Stock of a region, and what is on its way: as answered before; what else the line knows of comes tomorrow. */
export const aheadOf = (sent: Sent, { day, stock, pipeline }: PresaleLine, region: string): StockAhead => {
  const coming = new Map([...(sent.get(region) ?? [])].filter(([arrival]) => arrival > day));
  const known = [...coming.values()].reduce((sum, units) => sum + units, 0);
  const rest = (pipeline?.[region] ?? known) - known;
  if (rest > 0) coming.set(day + 1, (coming.get(day + 1) ?? 0) + rest);
  return { day, stock: stock[region] ?? 0, arriving: coming };
};
