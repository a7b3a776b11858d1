import { solved } from './linear-system.ts';

const product = (one: Float64Array, other: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
};

const ROUNDS = 60;
/** Below this a residual counts as touching the line, which keeps the weights finite. */
const TOUCHING = 1e-4;

/**
 * Coefficients of a linear quantile regression (Koenker and Bassett 1978) with a ridge on all but the first feature, which
 * is the constant 1; found by the majorise-minimise steps of Hunter and Lange (2000). Rows are lists of features of one
 * length, best of about the same spread; the answer has a coefficient for each.
 */
export const quantileRegression = (
  rows: readonly Float64Array[],
  values: readonly number[],
  level: number,
  ridge: number,
): Float64Array => {
  const width = rows[0]?.length ?? 0;
  let coefficients: Float64Array = new Float64Array(width);
  for (let round = 0; round < ROUNDS; round += 1) {
    const matrix = Array.from({ length: width }, (_, at) => {
      const row = new Float64Array(width);
      row[at] = at === 0 ? 0 : ridge;
      return row;
    });
    const right = new Float64Array(width);
    for (const [index, row] of rows.entries()) {
      const value = values[index] as number;
      const weight = 1 / Math.max(TOUCHING, Math.abs(value - product(row, coefficients)));
      const pull = weight * value + 2 * level - 1;
      for (let at = 0; at < width; at += 1) {
        const scaled = weight * (row[at] as number);
        right[at] = (right[at] as number) + pull * (row[at] as number);
        const line = matrix[at] as Float64Array;
        for (let column = 0; column < width; column += 1)
          line[column] = (line[column] as number) + scaled * (row[column] as number);
      }
    }
    coefficients = solved(matrix, right);
  }
  return coefficients;
};
