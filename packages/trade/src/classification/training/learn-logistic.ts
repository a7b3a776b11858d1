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
