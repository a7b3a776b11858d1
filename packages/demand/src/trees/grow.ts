import type { Generator } from '@crossparcel/numerics';
import type { BinnedRows } from './bins.ts';
import type { ForestRecord, TreeRecord } from './forest.ts';

/** What a forest learns: a quantile at a level, or the mean. */
export type Target = { readonly kind: 'quantile'; readonly level: number } | { readonly kind: 'mean' };

/** How trees grow. */
export interface Growth {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  /** Rows that a leaf holds at least, of the rows drawn for a tree. */
  readonly leafRows: number;
  /** Share of the rows, and of the features, that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
}

const BINS = 64;

/** Sums of gradients and counts of rows by bin of each feature. */
interface Histogram {
  readonly sums: Float64Array;
  readonly counts: Int32Array;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

interface Leaf {
  readonly rows: Int32Array;
  readonly histogram: Histogram;
  readonly node: number;
  readonly split: Split | undefined;
}

const sampleOf = (count: number, share: number, random: Generator): Int32Array => {
  const drawn = new Int32Array(count);
  let size = 0;
  for (let row = 0; row < count; row += 1) {
    if (random.unit() >= share) continue;
    drawn[size] = row;
    size += 1;
  }
  return drawn.slice(0, size);
};

/** Grows one tree leaf by leaf, always splitting where the squared gradient falls most (Friedman 2001; Ke et al. 2017). */
class TreeGrower {
  readonly #data: BinnedRows;
  readonly #gradients: Float64Array;
  readonly #features: Int32Array;
  readonly #growth: Growth;

  constructor(data: BinnedRows, gradients: Float64Array, features: Int32Array, growth: Growth) {
    this.#data = data;
    this.#gradients = gradients;
    this.#features = features;
    this.#growth = growth;
  }

  grow(rows: Int32Array): { tree: TreeRecord; leaves: readonly Leaf[] } {
    const tree: TreeRecord = { feature: [-1], threshold: [0], child: [0], value: [0] };
    const leaves = [this.#leaf(rows, this.#histogram(rows), 0)];
    while (leaves.length < this.#growth.leaves) {
      let best = -1;
      for (const [index, { split }] of leaves.entries())
        if (split && split.gain > (leaves[best]?.split?.gain ?? 0)) best = index;
      const leaf = leaves[best];
      if (!leaf?.split) break;
      leaves.splice(best, 1, ...this.#divide(tree, leaf, leaf.split));
    }
    return { tree, leaves };
  }

  #divide(tree: TreeRecord, { rows, histogram, node }: Leaf, { feature, bin }: Split): Leaf[] {
    const column = this.#data.columns[feature] as Uint8Array;
    const low = rows.filter((row) => (column[row] as number) <= bin);
    const high = rows.filter((row) => (column[row] as number) > bin);
    const child = tree.feature.length;
    tree.feature[node] = feature;
    tree.threshold[node] = this.#data.edges[feature]?.[bin] ?? 0;
    tree.child[node] = child;
    for (const list of [tree.threshold, tree.child, tree.value]) list.push(0, 0);
    tree.feature.push(-1, -1);
    const small = this.#histogram(low.length < high.length ? low : high);
    const large = this.#difference(histogram, small);
    const [ofLow, ofHigh] = low.length < high.length ? [small, large] : [large, small];
    return [this.#leaf(low, ofLow, child), this.#leaf(high, ofHigh, child + 1)];
  }

  #leaf(rows: Int32Array, histogram: Histogram, node: number): Leaf {
    return { rows, histogram, node, split: this.#split(rows.length, histogram) };
  }

  #histogram(rows: Int32Array): Histogram {
    const sums = new Float64Array(this.#features.length * BINS);
    const counts = new Int32Array(this.#features.length * BINS);
    const gradients = this.#gradients;
    for (let place = 0; place < this.#features.length; place += 1) {
      const column = this.#data.columns[this.#features[place] as number] as Uint8Array;
      const offset = place * BINS;
      for (let index = 0; index < rows.length; index += 1) {
        const row = rows[index] as number;
        const at = offset + (column[row] as number);
        sums[at] = (sums[at] as number) + (gradients[row] as number);
        counts[at] = (counts[at] as number) + 1;
      }
    }
    return { sums, counts };
  }

  #difference(whole: Histogram, part: Histogram): Histogram {
    return {
      sums: whole.sums.map((sum, at) => sum - (part.sums[at] as number)),
      counts: whole.counts.map((count, at) => count - (part.counts[at] as number)),
    };
  }

  #split(rows: number, { sums, counts }: Histogram): Split | undefined {
    let best: Split | undefined;
    let total = 0;
    for (let bin = 0; bin < BINS; bin += 1) total += sums[bin] as number;
    for (let place = 0; place < this.#features.length; place += 1) {
      let sum = 0;
      let count = 0;
      for (let bin = 0; bin < BINS - 1; bin += 1) {
        sum += sums[place * BINS + bin] as number;
        count += counts[place * BINS + bin] as number;
        if (count < this.#growth.leafRows) continue;
        if (rows - count < this.#growth.leafRows) break;
        const gain = sum ** 2 / count + (total - sum) ** 2 / (rows - count) - total ** 2 / rows;
        if (gain > (best?.gain ?? 1e-9)) best = { feature: this.#features[place] as number, bin, gain };
      }
    }
    return best;
  }
}

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
