import type { Generator } from '@crossparcel/numerics';
import type { BinnedRows } from './bins.ts';
import type { ForestRecord, TreeRecord } from './forest.ts';
import { type Growth, sampleOf, TreeGrower } from './tree-grower.ts';

/** What a forest learns: a quantile at a level, or the mean. */
export type Target = { readonly kind: 'quantile'; readonly level: number } | { readonly kind: 'mean' };

/** The smallest value that is not exceeded by at least a share of the weight. */
const weightedQuantile = (values: Float64Array, weights: Float64Array, level: number): number => {
  const [first = 0] = weights;
  // Sorting numbers alone is many times faster than sorting places.
  if (weights.every((weight) => weight === first))
    return values.slice().sort()[Math.max(0, Math.ceil(level * values.length) - 1)] ?? 0;
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let below = 0;
  for (const place of order) {
    below += weights[place] as number;
    if (below >= level * total) return values[place] as number;
  }
  return 0;
};

const weightedMean = (values: Float64Array, weights: Float64Array): number => {
  let sum = 0;
  let total = 0;
  for (const [place, value] of values.entries()) {
    sum += (weights[place] as number) * value;
    total += weights[place] as number;
  }
  return total > 0 ? sum / total : 0;
};

const centre = (values: Float64Array, weights: Float64Array, target: Target): number =>
  target.kind === 'quantile' ? weightedQuantile(values, weights, target.level) : weightedMean(values, weights);

const gradientOf = (residual: number, target: Target): number => {
  if (target.kind === 'mean') return residual;
  return residual > 0 ? target.level : target.level - 1;
};

const DIGITS = 5;
const short = (value: number): number => Number(value.toPrecision(DIGITS));

/**
 * Fits boosted trees to rows (Friedman 2001, Greedy function approximation: for a quantile the steps follow the sign of the
 * residual, and each leaf adds the quantile of the residuals in it). The same rows and generator give the same trees.
 */
export const growForest = (
  data: BinnedRows,
  { values, weights }: { values: Float64Array; weights: Float64Array },
  target: Target,
  growth: Growth,
  random: Generator,
): ForestRecord => {
  const base = short(centre(values, weights, target));
  const fitted = new Float64Array(values.length).fill(base);
  const gradients = new Float64Array(values.length);
  const trees: TreeRecord[] = [];
  for (let round = 0; round < growth.trees; round += 1) {
    for (let row = 0; row < values.length; row += 1)
      gradients[row] = (weights[row] as number) * gradientOf((values[row] as number) - (fitted[row] as number), target);
    const features = sampleOf(data.columns.length, growth.featureShare, random);
    const grower = new TreeGrower(data, gradients, features, growth);
    const { tree, leaves } = grower.grow(sampleOf(values.length, growth.rowShare, random));
    for (const { rows, node } of leaves) {
      const residuals = Float64Array.from(rows, (row) => (values[row] as number) - (fitted[row] as number));
      tree.value[node] =
        residuals.length === 0
          ? 0
          : short(
              growth.rate *
                centre(
                  residuals,
                  Float64Array.from(rows, (row) => weights[row] as number),
                  target,
                ),
            );
    }
    data.addTo(fitted, tree);
    trees.push(tree);
  }
  return { base, trees };
};
