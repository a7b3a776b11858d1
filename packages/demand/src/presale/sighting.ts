import type { PastHits } from './hits-belief.ts';
import type { PresaleLine } from './presale-line.ts';

/** Pre-orders at the end of some day. */
export interface Preorders {
  /** In all, by region. */
  readonly byRegion: readonly number[];
  /** New on each day since they opened, all regions together. */
  readonly daily: readonly number[];
  /** Part of the time from the first day of pre-orders to the launch that is over after each of these days. */
  readonly elapsed: readonly number[];
}

/** All that is known of a launch at the end of a day; what has not been seen is left out. */
export interface Sighting {
  readonly regions: readonly string[];
  readonly preorders?: Preorders;
  readonly reach?: number;
  readonly hits?: PastHits;
  /** Orders by region and views, in all from day 0 to the end of `day`. */
  readonly since?: { readonly day: number; readonly orders: readonly number[]; readonly views: number };
}

/** Names of the regions of a launch: those whose stock its line tells. */
export const regionsOf = ({ stock }: PresaleLine): string[] => Object.keys(stock);

/** What a line tells of a launch whose pre-orders open on a day. Pre-orders from day 0 on are orders, and do not count again. */
export const sightingOf = (line: PresaleLine, opens: number): Sighting => {
  const regions = regionsOf(line);
  const before = line.evidence.filter(
    ({ day, preorders_cum }) => day < 0 && day >= opens && day <= line.day && preorders_cum !== undefined,
  );
  const days = [...new Set(before.map(({ day }) => day))].toSorted((one, other) => one - other);
  const counted = (region: string, upTo: number): number =>
    before.reduce(
      (most, row) => (row.region === region && row.day <= upTo ? Math.max(most, row.preorders_cum ?? 0) : most),
      0,
    );
  const byDay = days.map((day) => regions.reduce((sum, region) => sum + counted(region, day), 0));
  const latest = line.evidence.findLast(({ day }) => day <= line.day);
  const launched = line.rows.filter(({ day }) => day >= 0 && day <= line.day);
  return {
    regions,
    ...(days.length > 0 && {
      preorders: {
        byRegion: regions.map((region) => Math.round(counted(region, -1))),
        daily: byDay.map((count, at) => count - (byDay[at - 1] ?? 0)),
        elapsed: days.map((day) => (day - opens + 1) / -opens),
      },
    }),
    ...(latest?.reach_stated && { reach: latest.reach_stated }),
    ...(latest?.past_launches && { hits: { hits: latest.past_hits ?? 0, launches: latest.past_launches } }),
    ...(launched.length > 0 && {
      since: {
        day: Math.max(...launched.map(({ day }) => day)),
        orders: regions.map((region) =>
          Math.round(launched.reduce((sum, row) => (row.region === region ? sum + row.orders : sum), 0)),
        ),
        views: Math.max(...launched.map(({ views_cum }) => views_cum ?? 0)),
      },
    }),
  };
};
