import * as z from 'zod';

/** A tree whose leaves answer for several levels: parallel lists, a node an entry, the root first; `feature` -1 marks a leaf. */
const curveTreeSchema = z.object({
  feature: z.array(z.int()),
  threshold: z.array(z.number()),
  /** The child for values up to the threshold, the other child is the next one; of a leaf, its place in `leaves`. */
  child: z.array(z.int()),
  /** What each leaf adds to each level. */
  leaves: z.array(z.array(z.number())),
});
export type CurveTreeRecord = z.infer<typeof curveTreeSchema>;

/** Boosted trees for several levels at once: for each, the sum of its base and of what it has in a leaf of each tree. */
export const curveForestSchema = z.object({ bases: z.array(z.number()), trees: z.array(curveTreeSchema) });
export type CurveForestRecord = z.infer<typeof curveForestSchema>;

const DIGITS = 5;

/**
 * The mean of forests for the same levels, as one forest: those grown from other draws err apart, and their mean errs less (Breiman
 * 1996, Bagging predictors). Throws a RangeError without a forest.
 */
export const meanOfForests = (forests: readonly CurveForestRecord[]): CurveForestRecord => {
  const [first] = forests;
  if (!first) throw new RangeError('there is no forest');
  const share = (value: number) => Number((value / forests.length).toPrecision(DIGITS));
  return {
    bases: first.bases.map((_, level) => share(forests.reduce((sum, { bases }) => sum + (bases[level] as number), 0))),
    trees: forests.flatMap(({ trees }) =>
      trees.map((tree) => ({ ...tree, leaves: tree.leaves.map((leaf) => leaf.map(share)) })),
    ),
  };
};

/** Trees for several levels, ready to answer: one walk of a tree serves all. */
export class CurveForest {
  /** How many levels it answers for. */
  readonly levels: number;
  readonly #bases: Float64Array;
  readonly #roots: Int32Array;
  readonly #feature: Int16Array;
  readonly #threshold: Float64Array;
  readonly #child: Int32Array;
  readonly #leaves: Float64Array;

  constructor({ bases, trees }: CurveForestRecord) {
    const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0);
    this.levels = bases.length;
    this.#bases = Float64Array.from(bases);
    this.#roots = new Int32Array(trees.length);
    this.#feature = new Int16Array(nodes);
    this.#threshold = new Float64Array(nodes);
    this.#child = new Int32Array(nodes);
    this.#leaves = Float64Array.from(trees.flatMap(({ leaves }) => leaves.flat()));
    let at = 0;
    let leavesBefore = 0;
    for (const [index, tree] of trees.entries()) {
      this.#roots[index] = at;
      for (const [node, feature] of tree.feature.entries()) {
        this.#feature[at + node] = feature;
        this.#threshold[at + node] = tree.threshold[node] ?? 0;
        const child = tree.child[node] ?? 0;
        this.#child[at + node] = feature < 0 ? (leavesBefore + child) * this.levels : at + child;
      }
      at += tree.feature.length;
      leavesBefore += tree.leaves.length;
    }
  }

  /** Adds the answers for a list of features to a list with a place for each level. */
  addTo(sums: Float64Array, features: Float64Array): void {
    const [feature, threshold, child, leaves] = [this.#feature, this.#threshold, this.#child, this.#leaves];
    const levels = this.levels;
    for (let level = 0; level < levels; level += 1)
      sums[level] = (sums[level] as number) + (this.#bases[level] as number);
    for (const root of this.#roots) {
      let node = root;
      for (let tested = feature[node] as number; tested >= 0; tested = feature[node] as number)
        node = (child[node] as number) + ((features[tested] as number) <= (threshold[node] as number) ? 0 : 1);
      const leaf = child[node] as number;
      for (let level = 0; level < levels; level += 1)
        sums[level] = (sums[level] as number) + (leaves[leaf + level] as number);
    }
  }
}
