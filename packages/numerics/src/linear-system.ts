/** Solves a symmetric positive definite system by elimination, in place; the right side becomes the answer. */
export const solved = (matrix: readonly Float64Array[], right: Float64Array): Float64Array => {
  const size = right.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const row = matrix[pivot] as Float64Array;
    for (let below = pivot + 1; below < size; below += 1) {
      const other = matrix[below] as Float64Array;
      const factor = (other[pivot] as number) / (row[pivot] as number);
      for (let column = pivot; column < size; column += 1)
        other[column] = (other[column] as number) - factor * (row[column] as number);
      right[below] = (right[below] as number) - factor * (right[pivot] as number);
    }
  }
  for (let pivot = size - 1; pivot >= 0; pivot -= 1) {
    const row = matrix[pivot] as Float64Array;
    let sum = right[pivot] as number;
    for (let column = pivot + 1; column < size; column += 1) sum -= (row[column] as number) * (right[column] as number);
    right[pivot] = sum / (row[pivot] as number);
  }
  return right;
};
