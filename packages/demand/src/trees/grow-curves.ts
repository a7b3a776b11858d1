import type { Generator } from '@crossparcel/numerics';
import type { BinnedRows } from './bins.ts';
import type { CurveForestRecord, CurveTreeRecord } from './curve-forest.ts';
import { selected } from './selection.ts';
import { type Growth, type Leaf, sampleOf, TreeGrower } from './tree-grower.ts';

const DIGITS = 4;
const short = (value: number): number => Number(value.toPrecision(DIGITS));

/** The quantile of the first values of a list, whose order is lost; 0 of none. */
const quantile = (values: Float64Array, size: number, level: number): number =>
  size === 0 ? 0 : selected(values, size, Math.max(0, Math.ceil(level * size) - 1));

/** What has been fitted so far to the rows, for each level. */
class Fit {
  readonly #data: BinnedRows;
  readonly #values: Float64Array;
  readonly #levels: readonly number[];
  readonly #fitted: readonly Float64Array[];
  readonly #scratch: Float64Array;
  readonly bases: readonly number[];

  constructor(data: BinnedRows, values: Float64Array, levels: readonly number[]) {
    this.#data = data;
    this.#values = values;
    this.#levels = levels;
    this.#scratch = new Float64Array(values.length);
    this.bases = levels.map((level) => {
      this.#scratch.set(values);
      return short(quantile(this.#scratch, values.length, level));
    });
    this.#fitted = this.bases.map((base) => new Float64Array(values.length).fill(base));
  }

  /** By how much each row should go up or down for the quantile at one of the levels. */
  gradients(place: number): Float64Array {
    const level = this.#levels[place] as number;
    const fitted = this.#fitted[place] as Float64Array;
    return this.#values.map((value, row) => (value > (fitted[row] as number) ? level : level - 1));
  }

  /** What a leaf with such rows adds to each level. */
  leaf(rows: Int32Array, rate: number): number[] {
    return this.#levels.map((level, place) => {
      const fitted = this.#fitted[place] as Float64Array;
      for (const [index, row] of rows.entries())
        this.#scratch[index] = (this.#values[row] as number) - (fitted[row] as number);
      return short(rate * quantile(this.#scratch, rows.length, level));
    });
  }

  /** Adds what a tree answers for each row. */
  add({ feature, threshold, child, leaves }: CurveTreeRecord): void {
    const leafOf = new Float64Array(this.#values.length);
    const value = child.map((place, node) => ((feature[node] as number) < 0 ? place : 0));
    this.#data.addTo(leafOf, { feature, threshold, child, value });
    for (const [place, fitted] of this.#fitted.entries())
      for (let row = 0; row < fitted.length; row += 1)
        fitted[row] = (fitted[row] as number) + (leaves[leafOf[row] as number]?.[place] as number);
  }
}

const curveTree = (
  { feature, threshold, child }: { feature: number[]; threshold: number[]; child: number[] },
  leaves: readonly Leaf[],
  answers: (rows: Int32Array) => number[],
): CurveTreeRecord => {
  const placeOf = new Map(leaves.map(({ node }, place) => [node, place]));
  return {
    feature,
    threshold,
    child: child.map((next, node) => placeOf.get(node) ?? next),
    leaves: leaves.map(({ rows }) => answers(rows)),
  };
};

/**
 * Fits boosted trees to rows for the quantiles at several levels at once: each tree is grown on the gradient of one level, the
 * levels taking turns, and its leaves answer for all of them (as one sketch stands for many gradients in Iosipoi and
 * Vakhrushev 2022, SketchBoost). The same rows and generator give the same trees. Throws a RangeError without a level.
 */
export const growCurves = (
  data: BinnedRows,
  values: Float64Array,
  levels: readonly number[],
  growth: Growth,
  random: Generator,
): CurveForestRecord => {
  if (levels.length === 0) throw new RangeError('trees need a level to learn');
  const fit = new Fit(data, values, levels);
  const trees: CurveTreeRecord[] = [];
  for (let round = 0; round < growth.trees; round += 1) {
    const features = sampleOf(data.columns.length, growth.featureShare, random);
    const grower = new TreeGrower(data, fit.gradients(round % levels.length), features, growth);
    const { tree, leaves } = grower.grow(sampleOf(values.length, growth.rowShare, random));
    const grown = curveTree(tree, leaves, (rows) => fit.leaf(rows, growth.rate));
    fit.add(grown);
    trees.push(grown);
  }
  return { bases: [...fit.bases], trees };
};
