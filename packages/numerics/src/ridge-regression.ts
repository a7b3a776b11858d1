import { solved } from './linear-system.ts';

/**
 * Coefficients of a weighted least-squares regression with a ridge on each feature (Hoerl and Kennard 1970). Rows are lists
 * of features of one length, the constant 1 first and without a ridge; `ridges` has an entry for each feature.
 */
export const ridgeRegression = (
  rows: readonly Float64Array[],
  values: readonly number[],
  weights: readonly number[],
  ridges: readonly number[],
): Float64Array => {
  const matrix = ridges.map((ridge, at) => {
    const line = new Float64Array(ridges.length);
    line[at] = at === 0 ? 0 : ridge;
    return line;
  });
  const right = new Float64Array(ridges.length);
  for (const [index, row] of rows.entries()) {
    for (const [at, line] of matrix.entries()) {
      const pull = (weights[index] as number) * (row[at] as number);
      right[at] = (right[at] as number) + pull * (values[index] as number);
      for (let column = 0; column < line.length; column += 1)
        line[column] = (line[column] as number) + pull * (row[column] as number);
    }
  }
  return solved(matrix, right);
};
