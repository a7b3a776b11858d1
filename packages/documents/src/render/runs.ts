import type { Matrix } from '../symbol.ts';

/** Neighbouring dark modules of a row. */
interface Run {
  readonly column: number;
  readonly row: number;
  readonly length: number;
}

/** The dark modules of a symbol as runs, row by row. */
export const matrixRuns = ({ size, dark }: Matrix): Run[] => {
  const runs: Run[] = [];
  for (let row = 0; row < size; row += 1) {
    let column = 0;
    while (column < size) {
      const from = column;
      while (column < size && dark[row * size + column] === 1) column += 1;
      if (column > from) runs.push({ column: from, row, length: column - from });
      column += 1;
    }
  }
  return runs;
};
