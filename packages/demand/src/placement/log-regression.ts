/** Courses of demand that stand for a distribution: the middles of equally likely tenths. */
export const COURSES = 10;

/** Features of a case, and the logarithm that they are to tell. */
export interface LogRow {
  readonly features: Float64Array;
  readonly log: number;
}

/** A size below which a feature is held to say nothing. */
const RIDGE = 1e-6;

/** The sum of slopes times features. */
export const linear = (slopes: readonly number[], features: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < features.length; at += 1) sum += (slopes[at] as number) * (features[at] as number);
  return sum;
};

/** The middles of equally likely parts of a sorted sample, as many as there are courses; zeros of none. */
export const middles = (sorted: readonly number[]): number[] =>
  Array.from({ length: COURSES }, (_, course) => sorted[Math.floor(((course + 0.5) / COURSES) * sorted.length)] ?? 0);

/** The middles of equally likely parts of a sample whose values count by their weights. */
export const weightedMiddles = (sample: readonly { readonly value: number; readonly weight: number }[]): number[] => {
  const sorted = sample.toSorted((one, other) => one.value - other.value);
  const whole = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let at = 0;
  let below = sorted[0]?.weight ?? 0;
  return Array.from({ length: COURSES }, (_, course) => {
    while (below < ((course + 0.5) / COURSES) * whole && at < sorted.length - 1) {
      at += 1;
      below += sorted[at]?.weight ?? 0;
    }
    return sorted[at]?.value ?? 0;
  });
};

/**
 * Least squares, held near given slopes as much as `rows` more rows of the same kind would (Hoerl and Kennard 1970, about a
 * prior), which without one are zero and weigh next to nothing. Needs at least one row.
 */
export const leastSquares = (
  cases: readonly LogRow[],
  prior?: { readonly slopes: readonly number[]; readonly rows: number },
): number[] => {
  const size = cases[0]?.features.length ?? 0;
  const system = Array.from({ length: size }, () => new Float64Array(size + 1));
  for (const { features, log } of cases)
    for (const [row, target] of system.entries()) {
      const value = features[row] as number;
      for (let at = 0; at < size; at += 1) target[at] = (target[at] as number) + value * (features[at] as number);
      target[size] = (target[size] as number) + value * log;
    }
  for (const [row, target] of system.entries()) {
    const weight = ((prior?.rows ?? 0) * (target[row] as number)) / cases.length + RIDGE;
    target[row] = (target[row] as number) + weight;
    target[size] = (target[size] as number) + weight * (prior?.slopes[row] ?? 0);
  }
  return solved(system);
};

/** Gauss–Jordan elimination of a positive definite system, its right side as the last column. */
const solved = (system: readonly Float64Array[]): number[] => {
  for (const [pivot, source] of system.entries())
    for (const [row, target] of system.entries()) {
      if (row === pivot) continue;
      const factor = (target[pivot] as number) / (source[pivot] as number);
      for (let at = pivot; at < target.length; at += 1)
        target[at] = (target[at] as number) - factor * (source[at] as number);
    }
  return system.map((target, row) => (target.at(-1) as number) / (target[row] as number));
};
