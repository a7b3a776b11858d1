import type { GaussianSum } from './gaussian-sum.ts';

/** Orders of a launch as a mixture around past launches: weights, and mean and variance of log orders by member and region. */
export interface LaunchPosterior {
  readonly sum: GaussianSum;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly variances: Float64Array;
}
