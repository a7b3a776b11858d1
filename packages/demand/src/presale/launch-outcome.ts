import type { LaunchPosterior } from './launch-posterior.ts';
import type { PastLaunch } from './past-launch.ts';
import type { PresaleLine } from './presale-line.ts';
import type { Sighting } from './sighting.ts';

/** Orders by region and views of a launch in all: what has been seen over the share that launches like it had seen by then. */
export const outcomeOf = (
  { sum, weights }: LaunchPosterior,
  { day, orders, views }: NonNullable<Sighting['since']>,
): { orders: number[]; views: number } => {
  const { days, orderShare, viewShare } = sum.points;
  const width = sum.size - 2;
  const last = Math.min(day, days - 1);
  const share = (of: (at: number) => number): number =>
    weights.reduce((total, weight, at) => total + weight * of(at), 0);
  return {
    orders: orders.map(
      (count, region) => (count + HALF) / share((at) => orderShare[(at * width + region) * days + last] as number),
    ),
    views: Math.max(1, views) / share((at) => viewShare[at * days + last] as number),
  };
};

/** Orders that a region without any counts for. */
const HALF = 0.5;

/** A launch as it went, days not yet seen filled with what is expected of them. */
export const asPastLaunch = (
  { rows }: PresaleLine,
  { regions, since }: Sighting,
  { orders, views, days }: { orders: readonly number[]; views: number; days: number },
): PastLaunch => {
  const last = since?.day ?? -1;
  const rest = Math.max(1, days - 1 - last);
  const daily = (region: string, at: number): number[] => {
    const left = Math.max(0, (orders[at] as number) - (since?.orders[at] ?? 0));
    return Array.from({ length: days }, (_, day) =>
      day > last
        ? left / rest
        : rows.reduce((sum, row) => (row.region === region && row.day === day ? sum + row.orders : sum), 0),
    );
  };
  const seen = (day: number): number =>
    rows.reduce((most, row) => (row.day >= 0 && row.day <= day ? Math.max(most, row.views_cum ?? 0) : most), 0);
  const from = since?.views ?? 0;
  return {
    orders: Object.fromEntries(regions.map((region, at) => [region, daily(region, at)])),
    views: Array.from({ length: days }, (_, day) =>
      day <= last ? seen(day) : from + (Math.max(0, views - from) * (day - last)) / rest,
    ),
  };
};
