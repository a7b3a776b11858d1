/** A record of a yes-or-no question in hashed features with weights. */
export interface SparseCase {
  readonly features: ReadonlyMap<number, number>;
  readonly yes: boolean;
}

/** A linear margin: positive for yes. */
export interface Margin {
  readonly bias: number;
  readonly weights: ReadonlyMap<number, number>;
}

const ROUNDS = 10;
const COST = 1;

/** A fixed order that looks like chance. */
const shuffle = (order: Int32Array, round: number) => {
  let state = round + 1;
  for (let at = order.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
};

/** A support vector machine with squared hinge loss, by coordinate descent on its dual (Hsieh and others 2008). */
export const learnMargin = (cases: readonly SparseCase[]): Margin => {
  const places = new Map<number, number>();
  for (const { features } of cases)
    for (const hash of features.keys()) if (!places.has(hash)) places.set(hash, places.size);
  const rows = cases.map(({ features }) => Int32Array.from(features.keys(), (hash) => places.get(hash)!));
  const values = cases.map(({ features }) => Float64Array.from(features.values()));
  const soft = 1 / (2 * COST);
  const lengths = values.map((row) => row.reduce((sum, value) => sum + value * value, 1 + soft));
  const weights = new Float64Array(places.size);
  const duals = new Float64Array(cases.length);
  const order = Int32Array.from(cases, (_, at) => at);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, round);
    for (const at of order) {
      const row = rows[at]!;
      const value = values[at]!;
      const sign = cases[at]!.yes ? 1 : -1;
      let margin = bias;
      for (let one = 0; one < row.length; one += 1) margin += weights[row[one]!]! * value[one]!;
      const old = duals[at]!;
      const dual = Math.max(0, old - (sign * margin - 1 + soft * old) / lengths[at]!);
      const change = sign * (dual - old);
      if (change === 0) continue;
      duals[at] = dual;
      bias += change;
      for (let one = 0; one < row.length; one += 1) weights[row[one]!]! += change * value[one]!;
    }
  }
  return { bias, weights: new Map([...places].map(([hash, place]) => [hash, weights[place]!])) };
};

/** The margin of a record. */
export const marginOf = ({ bias, weights }: Margin, features: ReadonlyMap<number, number>): number => {
  let margin = bias;
  for (const [hash, weight] of features) margin += (weights.get(hash) ?? 0) * weight;
  return margin;
};
