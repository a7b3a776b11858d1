import * as z from 'zod';

/** A regression tree as parallel lists, a node an entry, the root first. `feature` -1 marks a leaf. */
const treeSchema = z.object({
  feature: z.array(z.int()),
  threshold: z.array(z.number()),
  /** The child for values up to the threshold; the other child is the next one. */
  child: z.array(z.int()),
  /** What a leaf adds. */
  value: z.array(z.number()),
});
export type TreeRecord = z.infer<typeof treeSchema>;

/** Boosted trees: the sum of a base and of a leaf of each tree. */
export const forestSchema = z.object({ base: z.number(), trees: z.array(treeSchema) });
export type ForestRecord = z.infer<typeof forestSchema>;

/** Boosted trees ready to answer: all nodes in flat arrays, so that a walk touches little memory. */
export class Forest {
  readonly #base: number;
  readonly #roots: Int32Array;
  readonly #feature: Int16Array;
  readonly #threshold: Float64Array;
  readonly #child: Int32Array;

  constructor({ base, trees }: ForestRecord) {
    const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0);
    this.#base = base;
    this.#roots = new Int32Array(trees.length);
    this.#feature = new Int16Array(nodes);
    this.#threshold = new Float64Array(nodes);
    this.#child = new Int32Array(nodes);
    let at = 0;
    for (const [index, tree] of trees.entries()) {
      this.#roots[index] = at;
      for (const [node, feature] of tree.feature.entries()) {
        this.#feature[at + node] = feature;
        // A leaf keeps its value where others keep their threshold.
        this.#threshold[at + node] = (feature < 0 ? tree.value[node] : tree.threshold[node]) ?? 0;
        this.#child[at + node] = at + (tree.child[node] ?? 0);
      }
      at += tree.feature.length;
    }
  }

  /** The answer for a list of features. */
  answer(features: Float64Array): number {
    const [feature, threshold, child] = [this.#feature, this.#threshold, this.#child];
    let sum = this.#base;
    for (const root of this.#roots) {
      let node = root;
      for (let tested = feature[node] as number; tested >= 0; tested = feature[node] as number) {
        node = (child[node] as number) + ((features[tested] as number) <= (threshold[node] as number) ? 0 : 1);
      }
      sum += threshold[node] as number;
    }
    return sum;
  }
}
