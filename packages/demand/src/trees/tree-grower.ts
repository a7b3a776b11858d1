import type { Generator } from '@crossparcel/numerics';
import type { BinnedRows } from './bins.ts';
import type { TreeRecord } from './forest.ts';

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

/** A leaf of a tree being grown: its rows, and its node. */
export interface Leaf {
  readonly rows: Int32Array;
  readonly histogram: Histogram;
  readonly node: number;
  readonly split: Split | undefined;
}

/** Places of so many, each drawn with a chance of `share`, in order. */
export const sampleOf = (count: number, share: number, random: Generator): Int32Array => {
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
export class TreeGrower {
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
