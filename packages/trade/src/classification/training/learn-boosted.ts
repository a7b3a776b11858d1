import type { BoostedTrees } from '../boosted.ts';
import { hashOf } from '../words.ts';
import type { DenseCase } from './learn-logistic.ts';

const TREES = 300;
const DEPTH = 4;
const RATE = 0.04;
/** Least sum of p(1 − p) on either side of a split. */
const LEAST = 8;
/** Ridge on leaves. */
const RIDGE = 10;
/** Each tree may ask about one feature in so many, by chance. */
const ASKED_IN = 2;
const BINS = 64;

/** At most `BINS - 1` values between which a feature is cut, so that the bins hold about as many rows each. */
const cutsOf = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b);
  const cuts = new Set<number>();
  for (let bin = 1; bin < BINS; bin += 1) cuts.add(Math.fround(sorted[Math.floor((bin * sorted.length) / BINS)]!));
  cuts.delete(Math.fround(sorted.at(-1)!));
  return [...cuts];
};

const binOf = (cuts: readonly number[], value: number): number => {
  let from = 0;
  let to = cuts.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (value > cuts[middle]!) from = middle + 1;
    else to = middle;
  }
  return from;
};

interface Sums {
  slope: number;
  bend: number;
}
interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

/** Grows trees one after the other on what the ones before left over (Friedman 2001; leaves by Newton steps). */
export const learnBoosted = (cases: readonly DenseCase[]): BoostedTrees => {
  const width = cases[0]!.features.length;
  const cuts = Array.from({ length: width }, (_, one) => cutsOf(cases.map(({ features }) => features[one]!)));
  const bins = cuts.map((cut, one) => Uint8Array.from(cases, ({ features }) => binOf(cut, features[one]!)));
  const total = cases.reduce((sum, { trust }) => sum + trust, 0);
  const yes = cases.reduce((sum, { trust, yes: right }) => sum + (right ? trust : 0), 0);
  const start = Math.log((yes + 1) / (total - yes + 1));
  const odds = new Float64Array(cases.length).fill(start);
  const slopes = new Float64Array(cases.length);
  const bends = new Float64Array(cases.length);
  const grown = { roots: [] as number[], features: [] as number[], values: [] as number[], lower: [] as number[] };
  const histogram = new Float64Array(2 * BINS);
  const asked = new Uint8Array(width);

  const bestSplit = (rows: Int32Array, { slope, bend }: Sums): Split | undefined => {
    let best: Split | undefined;
    const whole = (slope * slope) / (bend + RIDGE);
    for (let feature = 0; feature < width; feature += 1) {
      const count = cuts[feature]!.length;
      if (count === 0 || asked[feature] === 0) continue;
      const own = bins[feature]!;
      histogram.fill(0);
      for (const row of rows) {
        const at = 2 * own[row]!;
        histogram[at]! += slopes[row]!;
        histogram[at + 1]! += bends[row]!;
      }
      let left = 0;
      let leftBend = 0;
      for (let bin = 0; bin < count; bin += 1) {
        left += histogram[2 * bin]!;
        leftBend += histogram[2 * bin + 1]!;
        if (leftBend < LEAST || bend - leftBend < LEAST) continue;
        const gain = (left * left) / (leftBend + RIDGE) + (slope - left) ** 2 / (bend - leftBend + RIDGE) - whole;
        if (gain > (best?.gain ?? 1e-9)) best = { feature, bin, gain };
      }
    }
    return best;
  };

  const add = (): number => {
    grown.features.push(-1);
    grown.values.push(0);
    grown.lower.push(0);
    return grown.features.length - 1;
  };
  const grow = (node: number, rows: Int32Array, level: number) => {
    const sums = { slope: 0, bend: 0 };
    for (const row of rows) {
      sums.slope += slopes[row]!;
      sums.bend += bends[row]!;
    }
    const split = level < DEPTH ? bestSplit(rows, sums) : undefined;
    if (!split) {
      const step = Math.fround((RATE * sums.slope) / (sums.bend + RIDGE));
      grown.values[node] = step;
      for (const row of rows) odds[row]! += step;
      return;
    }
    const own = bins[split.feature]!;
    grown.features[node] = split.feature;
    grown.values[node] = cuts[split.feature]![split.bin]!;
    const lower = add();
    add();
    grown.lower[node] = lower;
    grow(
      lower,
      rows.filter((row) => own[row]! <= split.bin),
      level + 1,
    );
    grow(
      lower + 1,
      rows.filter((row) => own[row]! > split.bin),
      level + 1,
    );
  };
  const every = Int32Array.from(cases, (_, at) => at);
  for (let tree = 0; tree < TREES; tree += 1) {
    for (const [at, { yes: right, trust }] of cases.entries()) {
      const p = 1 / (1 + Math.exp(-odds[at]!));
      slopes[at] = ((right ? 1 : 0) - p) * trust;
      bends[at] = p * (1 - p) * trust;
    }
    for (let feature = 0; feature < width; feature += 1) asked[feature] = hashOf(`${tree} ${feature}`, 8) % ASKED_IN;
    const root = add();
    grown.roots.push(root);
    grow(root, every, 0);
  }
  return {
    start,
    roots: Uint16Array.from(grown.roots),
    features: Int8Array.from(grown.features),
    values: Float32Array.from(grown.values),
    lower: Uint16Array.from(grown.lower),
  };
};
