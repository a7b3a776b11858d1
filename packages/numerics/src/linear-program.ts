import loadHighs, { type Highs, type Model } from 'highs';

/** The types of the package say that its CommonJS form is imported; what is imported is the loader itself. */
const load = loadHighs as unknown as () => Promise<Highs>;

let loaded: Promise<Highs> | undefined;

/** A sparse row or column: positions and coefficients side by side. */
export interface SparseVector {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** Columns (unknowns, from nothing up to `upper`) to be added: `entries` name rows that are there. */
export interface NewColumns {
  readonly cost: readonly number[];
  readonly upper: readonly number[];
  readonly entries: readonly SparseVector[];
}

/** An optimum: a value for each column, a price for each row, and what it costs. */
export interface Optimum {
  readonly objective: number;
  readonly values: Float64Array;
  /** By how much the objective grows with a row's bound: zero or less for an upper bound that binds. */
  readonly rowPrices: Float64Array;
  readonly pivots: number;
}

const matrixOf = (entries: readonly SparseVector[]) => {
  const starts = new Int32Array(entries.length + 1);
  for (const [index, { indices }] of entries.entries()) starts[index + 1] = (starts[index] as number) + indices.length;
  return {
    starts,
    indices: Int32Array.from(entries.flatMap(({ indices }) => indices)),
    values: Float64Array.from(entries.flatMap(({ values }) => values)),
  };
};

/**
 * A linear program, to be minimised, that stays with the solver between changes, so that it is solved again from the
 * basis it had: the dual simplex method of HiGHS (Huangfu and Hall, "Parallelizing the dual revised simplex method",
 * Mathematical Programming Computation 10, 2018). Presolve is off, since a presolved model has no basis to keep.
 * Whoever is done with one calls `dispose`: the memory lies outside of the garbage collector's reach.
 */
export class LinearProgram {
  readonly #model: Model;
  readonly #highs: Highs;

  private constructor(highs: Highs) {
    this.#highs = highs;
    this.#model = highs.createModel();
    this.#model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
  }

  /** An empty program; the first one in a process loads the solver. */
  static async open(): Promise<LinearProgram> {
    loaded ??= load();
    return new LinearProgram(await loaded);
  }

  /** Adds rows without entries, to be at least `lower` (−Infinity for none) and at most `upper`. */
  addRows(lower: readonly number[], upper: readonly number[]): void {
    if (lower.length === 0) return;
    const { numCols } = this.#model.getDimensions();
    const matrix = { ...matrixOf(lower.map(() => ({ indices: [], values: [] }))), numRows: lower.length, numCols };
    this.#model.addRows({
      lower: Float64Array.from(lower, (bound) => this.#bound(bound)),
      upper: Float64Array.from(upper, (bound) => this.#bound(bound)),
      matrix: { format: 'csr', ...matrix },
    });
  }

  addColumns({ cost, upper, entries }: NewColumns): void {
    if (cost.length === 0) return;
    const { numRows } = this.#model.getDimensions();
    this.#model.addCols({
      cost: Float64Array.from(cost),
      lower: new Float64Array(cost.length),
      upper: Float64Array.from(upper, (bound) => this.#bound(bound)),
      matrix: { format: 'csc', ...matrixOf(entries), numRows, numCols: cost.length },
    });
  }

  boundRow(row: number, lower: number, upper: number): void {
    this.#model.changeRowBounds(row, this.#bound(lower), this.#bound(upper));
  }

  boundColumn(column: number, upper: number): void {
    this.#model.changeColBounds(column, 0, this.#bound(upper));
  }

  /** The same upper bound for many columns, each named once. */
  boundColumns(columns: readonly number[], upper: number): void {
    if (columns.length === 0) return;
    const indices = Int32Array.from(columns).sort();
    const uppers = new Float64Array(columns.length).fill(this.#bound(upper));
    this.#model.changeColsBounds({ kind: 'set', indices }, new Float64Array(columns.length), uppers);
  }

  priceColumn(column: number, cost: number): void {
    this.#model.changeColCost(column, cost);
  }

  /** Solves it, from where it was last. Throws when there is no optimum. */
  solve(): Optimum {
    this.#model.run();
    const status = this.#model.getModelStatus();
    const { numCols, numRows } = this.#model.getDimensions();
    if (numCols === 0)
      return { objective: 0, values: new Float64Array(), rowPrices: new Float64Array(numRows), pivots: 0 };
    if (status !== this.#highs.constants.modelStatus.optimal)
      throw new Error(`a linear program has no optimum: status ${status}`);
    const { colValue, rowDual } = this.#model.getSolution();
    return {
      objective: this.#model.getObjectiveValue(),
      values: colValue,
      rowPrices: rowDual,
      pivots: Number(this.#model.info.get('simplex_iteration_count')),
    };
  }

  /** Remembers the basis; the function that is returned goes back to it. */
  keepBasis(): () => void {
    // A program without columns is never solved and has no basis.
    if (this.#model.getDimensions().numCols === 0) return () => undefined;
    const basis = this.#model.getBasis();
    return () => {
      this.#model.setBasis(basis);
    };
  }

  dispose(): void {
    this.#model.dispose();
  }

  #bound(value: number): number {
    if (Number.isFinite(value)) return value;
    return value > 0 ? this.#highs.infinity : -this.#highs.infinity;
  }
}
