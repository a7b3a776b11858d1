/** A record of a yes-or-no question in dense features. */
export interface DenseCase {
  readonly features: readonly number[];
  readonly yes: boolean;
  readonly trust: number;
}

const STEPS = 1500;

/** Weights of a ridge logistic regression over dense features, by full-batch Adam. */
export const learnDense = (cases: readonly DenseCase[], ridge = 1e-4): number[] => {
  const width = cases[0]?.features.length ?? 0;
  const total = cases.reduce((sum, { trust }) => sum + trust, 0);
  const weights = new Float64Array(width);
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  for (let step = 1; step <= STEPS; step += 1) {
    const slope = weights.map((weight) => ridge * weight);
    for (const { features, yes, trust } of cases) {
      let sum = 0;
      for (let at = 0; at < width; at += 1) sum += features[at]! * weights[at]!;
      const pull = ((1 / (1 + Math.exp(-sum)) - (yes ? 1 : 0)) * trust) / total;
      for (let at = 0; at < width; at += 1) slope[at]! += pull * features[at]!;
    }
    for (let at = 0; at < width; at += 1) {
      first[at] = 0.9 * first[at]! + 0.1 * slope[at]!;
      second[at] = 0.999 * second[at]! + 0.001 * slope[at]! ** 2;
      weights[at]! -= (0.02 * (first[at]! / (1 - 0.9 ** step))) / (Math.sqrt(second[at]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return [...weights];
};

/** A record of a yes-or-no question in hashed features. */
export interface SparseCase {
  readonly features: readonly number[];
  readonly yes: boolean;
  readonly trust: number;
}

const EPOCHS = 12;
const RATE = 0.5;
const DECAY = 1e-5;

/** Weights of a logistic regression over hashed features of equal size, by AdaGrad in the given order. */
export const learnSparse = (cases: readonly SparseCase[]): { bias: number; weights: Map<number, number> } => {
  const places = new Map<number, number>();
  for (const { features } of cases)
    for (const feature of features) if (!places.has(feature)) places.set(feature, places.size);
  const rows = cases.map(({ features }) => Int32Array.from(features, (feature) => places.get(feature) ?? 0));
  const weights = new Float64Array(places.size);
  const squares = new Float64Array(places.size).fill(1e-2);
  let bias = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const [at, { yes, trust }] of cases.entries()) {
      const row = rows[at]!;
      const scale = 1 / Math.sqrt(row.length);
      let sum = bias;
      for (const place of row) sum += weights[place]! * scale;
      const pull = (1 / (1 + Math.exp(-sum)) - (yes ? 1 : 0)) * trust;
      bias -= 0.02 * pull;
      for (const place of row) {
        const slope = pull * scale + DECAY * weights[place]!;
        squares[place]! += slope * slope;
        weights[place]! -= (RATE * slope) / Math.sqrt(squares[place]!);
      }
    }
  }
  return { bias, weights: new Map([...places].map(([feature, place]) => [feature, weights[place]!])) };
};
