/** A boosted sum of small decision trees, flat: nodes of a tree stand one after the other, children behind their parent. */
export interface BoostedTrees {
  /** Log odds before any tree has spoken. */
  readonly start: number;
  /** Where each tree begins. */
  readonly roots: readonly number[];
  /** Feature that a node asks, -1 for a leaf. */
  readonly features: readonly number[];
  /** What the feature is compared with; at a leaf what it adds to the log odds. */
  readonly values: readonly number[];
  /** Where the node for a feature at or below the value stands; the one for above follows it. */
  readonly lower: readonly number[];
}

/** The probability that boosted trees give a row of features (Friedman 2001, with logistic loss). */
export const boostedProbability = (
  { start, roots, features, values, lower }: BoostedTrees,
  row: readonly number[],
): number => {
  let odds = start;
  for (const root of roots) {
    let node = root;
    let feature = features[node] ?? -1;
    while (feature >= 0) {
      const above = (row[feature] ?? 0) > (values[node] ?? 0);
      node = (lower[node] ?? 0) + (above ? 1 : 0);
      feature = features[node] ?? -1;
    }
    odds += values[node] ?? 0;
  }
  return 1 / (1 + Math.exp(-odds));
};
