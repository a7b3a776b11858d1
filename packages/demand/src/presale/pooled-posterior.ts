import type { RegressedOrders } from './evidence-regression.ts';
import type { LaunchPosterior } from './launch-posterior.ts';

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation of a region's log orders over all members. */
export const momentsOf = ({ weights, means, variances }: LaunchPosterior, width: number, region: number): Moments => {
  let [mean, square] = [0, 0];
  for (const [at, weight] of weights.entries()) {
    const cell = at * width + region;
    const middle = means[cell] as number;
    mean += weight * middle;
    square += weight * ((variances[cell] as number) + middle * middle);
  }
  return { mean, deviation: Math.sqrt(Math.max(1e-9, square - mean * mean)) };
};

/**
 * A posterior pooled with another opinion of each region: quantiles are averaged by weight (Vincent 1912; Ratcliff 1979),
 * by moving and stretching the mixture in logarithms, so that its shape and what its members say of the days stay.
 */
export const pooled = (
  posterior: LaunchPosterior,
  opinion: (region: number) => RegressedOrders | undefined,
): LaunchPosterior => {
  const width = posterior.sum.size - 2;
  const means = posterior.means.slice();
  const variances = posterior.variances.slice();
  for (let region = 0; region < width; region += 1) {
    const other = opinion(region);
    if (!other) continue;
    const own = momentsOf(posterior, width, region);
    const mean = own.mean + other.weight * (other.mean - own.mean);
    const stretch = 1 + other.weight * (Math.sqrt(other.variance) / own.deviation - 1);
    for (let cell = region; cell < means.length; cell += width) {
      means[cell] = mean + stretch * ((means[cell] as number) - own.mean);
      variances[cell] = stretch * stretch * (variances[cell] as number);
    }
  }
  return { ...posterior, means, variances };
};

/**
 * A posterior after orders have been seen, moved by as much of what pooling moved it `before` as those orders leave: with
 * normals, the part of the variance that is left.
 */
export const carried = (after: LaunchPosterior, before: LaunchPosterior, then: LaunchPosterior): LaunchPosterior => {
  const width = after.sum.size - 2;
  const means = after.means.slice();
  for (let region = 0; region < width; region += 1) {
    const [now, own, moved] = [after, before, then].map((one) => momentsOf(one, width, region)) as [
      Moments,
      Moments,
      Moments,
    ];
    const shift = (moved.mean - own.mean) * Math.min(1, (now.deviation / own.deviation) ** 2);
    for (let cell = region; cell < means.length; cell += width) means[cell] = (means[cell] as number) + shift;
  }
  return { ...after, means };
};
