import type { Ware } from './price-table.ts';

/** Parts of the whole that shares of parcels are counted in, rounded up: finer is tighter and slower. */
const GRAIN = 64;
/** Mixes of mass and volume that are tried. */
const MIXES = 8;

/**
 * What any division of some mass and volume over two or more parcels costs at least: a parcel carries some share of a mix
 * of mass and volume, and shares must add up to the whole (a covering knapsack for each mix; the dearest answer counts).
 * A bound that is `enough` is not made better.
 */
export const costOfTwoOrMore = (wares: readonly Ware[], massGrams: number, volume: number, enough: number): number => {
  let bound = 0;
  for (let mix = 0; mix <= MIXES && bound < enough; mix += 1) {
    const weight = massGrams > 0 ? mix / MIXES : 0;
    bound = Math.max(bound, coverByTwo(cheapestByShare(wares, massGrams, volume, weight)));
  }
  return bound;
};

/** Least cost of a parcel that carries at least so many grains of the whole. */
const cheapestByShare = (
  wares: readonly Ware[],
  massGrams: number,
  volume: number,
  massWeight: number,
): Float64Array => {
  const cheapest = new Float64Array(GRAIN + 1).fill(Number.POSITIVE_INFINITY);
  for (const ware of wares) {
    const byMass = massGrams > 0 ? Math.min(1, ware.massGrams / massGrams) : 0;
    const byVolume = Math.min(1, ware.volume / volume);
    const share = massWeight * byMass + (1 - massWeight) * byVolume;
    const grains = Math.min(GRAIN, Math.ceil(share * GRAIN));
    cheapest[grains] = Math.min(cheapest[grains] as number, ware.cost);
  }
  for (let grains = GRAIN - 1; grains >= 0; grains -= 1)
    cheapest[grains] = Math.min(cheapest[grains] as number, cheapest[grains + 1] as number);
  return cheapest;
};

const coverByTwo = (cheapest: Float64Array): number => {
  // What it costs to cover so many grains by one parcel or more; a last parcel carries something, so at least a grain.
  const cover = new Float64Array(GRAIN + 1);
  for (let grains = 1; grains <= GRAIN; grains += 1) {
    let cost = cheapest[grains] as number;
    for (let first = 1; first < grains; first += 1)
      cost = Math.min(cost, (cheapest[first] as number) + (cover[grains - first] as number));
    cover[grains] = cost;
  }
  let least = Number.POSITIVE_INFINITY;
  for (let first = 1; first <= GRAIN; first += 1)
    least = Math.min(least, (cheapest[first] as number) + (cover[Math.max(1, GRAIN - first)] as number));
  return least;
};
