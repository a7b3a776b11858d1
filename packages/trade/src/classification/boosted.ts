/** A boosted sum of small decision trees: nodes of all trees one after the other, children behind their parent. */
export interface BoostedTrees {
  /** Log odds before any tree has spoken. */
  readonly start: number;
  /** Where each tree begins. */
  readonly roots: Uint16Array;
  /** Feature that a node asks, -1 for a leaf. */
  readonly features: Int8Array;
  /** What the feature is compared with; at a leaf what it adds to the log odds. */
  readonly values: Float32Array;
  /** Where the node for a feature at or below the value stands; the one for above follows it. */
  readonly lower: Uint16Array;
}

/** The log odds that boosted trees give a row of features (Friedman 2001, with logistic loss). */
export const boostedOdds = (
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
  return odds;
};
