import type { PastHits } from './hits-belief.ts';

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
