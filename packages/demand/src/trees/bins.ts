import type { TreeRecord } from './forest.ts';

const BINS = 64;

const edgesOf = (values: Float64Array): number[] => {
  const sorted = values.slice().sort();
  const edges: number[] = [];
  for (let bin = 1; bin < BINS; bin += 1) {
    const edge = Number((sorted[Math.floor((bin * sorted.length) / BINS)] as number).toPrecision(6));
    if (edges.length === 0 || edge > (edges.at(-1) as number)) edges.push(edge);
  }
  return edges;
};

const binOf = (edges: readonly number[], value: number): number => {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Rows of features cut into at most 64 bins of about equal counts, a column each. A bin holds values up to its edge. */
export class BinnedRows {
  readonly columns: readonly Uint8Array[];
  readonly edges: readonly (readonly number[])[];

  /** Rows are lists of features of one length. */
  constructor(rows: readonly Float64Array[]) {
    const width = rows[0]?.length ?? 0;
    const edges: number[][] = [];
    const columns: Uint8Array[] = [];
    for (let feature = 0; feature < width; feature += 1) {
      const values = Float64Array.from(rows, (row) => row[feature] as number);
      const cuts = edgesOf(values);
      edges.push(cuts);
      columns.push(Uint8Array.from(values, (value) => binOf(cuts, value)));
    }
    this.edges = edges;
    this.columns = columns;
  }

  /** Adds what a tree grown on these rows answers for each of them. */
  addTo(fitted: Float64Array, tree: TreeRecord): void {
    const bins = tree.threshold.map((threshold, node) => {
      const feature = tree.feature[node] as number;
      return feature < 0 ? 0 : binOf(this.edges[feature] ?? [], threshold);
    });
    for (let row = 0; row < fitted.length; row += 1) {
      let node = 0;
      for (let feature = tree.feature[0] as number; feature >= 0; feature = tree.feature[node] as number) {
        const above = ((this.columns[feature] as Uint8Array)[row] as number) > (bins[node] as number);
        node = (tree.child[node] as number) + (above ? 1 : 0);
      }
      fitted[row] = (fitted[row] as number) + (tree.value[node] as number);
    }
  }
}
