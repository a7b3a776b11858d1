import { ridgeRegression } from '@crossparcel/numerics';
import type { Sighting } from './sighting.ts';

/** Logarithm of a region's orders: its mean and variance, and what that is worth beside another opinion. */
export interface RegressedOrders {
  readonly mean: number;
  readonly variance: number;
  readonly weight: number;
}

interface Case {
  readonly features: Float64Array;
  readonly miss: number;
  readonly weight: number;
}

/** Fewer pre-orders than this in a region say too little for a line in logarithms. */
const LEAST = 3;
/** A count adds 1/n to a variance that is some seventh without it. */
const COUNTED = 7;
/** Before any launch: orders in step with a region's own pre-orders, twenty-five to one; what is left misses by half. */
const BEFORE = { level: Math.log(25), slope: 1, cases: 12, variance: 0.3 };
/** How many cases the first slopes count for, by feature; the level is free. */
const RIDGES = [0, 20, 20, 20, 20];
/** At most half the say, and that half so soon. */
const SAY = { most: 0.5, cases: 60 };

const keyOf = ({ preorders, reach, hits }: Sighting): string =>
  `${preorders?.elapsed.at(-1)?.toFixed(3)}|${reach !== undefined}|${hits !== undefined}`;

/** Constant, log pre-orders of the region and of all, log reach and part of hits, each near zero in the middle. */
const featuresOf = ({ preorders, reach, hits }: Sighting, region: number): Float64Array | undefined => {
  const count = preorders?.byRegion[region] ?? 0;
  if (!preorders || count < LEAST) return undefined;
  const total = preorders.byRegion.reduce((sum, value) => sum + value, 0);
  return Float64Array.of(
    1,
    Math.log1p(count) - 4,
    Math.log1p(total) - 5,
    reach === undefined ? 0 : Math.log(reach) - 14,
    hits ? 4 * (hits.hits / hits.launches - 0.5) : 0,
  );
};

const expected = (features: Float64Array): number => BEFORE.level + BEFORE.slope * ((features[1] as number) + 4);

/**
 * What a regression of log orders on log evidence expects, learned from launches that are over, for each day before the launch
 * apart. It knows nothing of how evidence comes about, and so errs in other ways than a model that does.
 */
export class EvidenceRegression {
  readonly #cases = new Map<string, Case[]>();

  /** Learns what a day before the launch looked like, from a launch that is over and its orders by region. */
  learn(sighting: Sighting, orders: readonly number[]): void {
    const key = keyOf(sighting);
    const cases = this.#cases.get(key) ?? [];
    this.#cases.set(key, cases);
    for (const [region, total] of orders.entries()) {
      const features = featuresOf(sighting, region);
      if (!features) continue;
      const count = sighting.preorders?.byRegion[region] as number;
      cases.push({ features, miss: Math.log1p(total) - expected(features), weight: count / (count + COUNTED) });
    }
  }

  /** What it expects of regions whose pre-orders are not too few; nothing before any launch with the same signals has ended. */
  expect(sighting: Sighting): ((region: number) => RegressedOrders | undefined) | undefined {
    const cases = this.#cases.get(keyOf(sighting)) ?? [];
    if (cases.length === 0) return undefined;
    const slopes = ridgeRegression(
      cases.map(({ features }) => features),
      cases.map(({ miss }) => miss),
      cases.map(({ weight }) => weight),
      RIDGES,
    );
    const along = (features: Float64Array): number =>
      features.reduce((sum, value, at) => sum + value * (slopes[at] as number), 0);
    const squares = cases.reduce((sum, { features, miss, weight }) => sum + weight * (miss - along(features)) ** 2, 0);
    const variance = (squares + BEFORE.cases * BEFORE.variance) / (cases.length + BEFORE.cases - RIDGES.length);
    const weight = (SAY.most * cases.length) / (cases.length + SAY.cases);
    return (region) => {
      const features = featuresOf(sighting, region);
      if (!features) return undefined;
      const count = sighting.preorders?.byRegion[region] as number;
      return {
        mean: expected(features) + along(features),
        variance: (variance * (count + COUNTED)) / count,
        weight,
      };
    };
  }
}
