import type { CapacityConsignment, CapacityProblem } from '@crossparcel/transport';
import loadHighs, { type Highs } from 'highs';

const load = loadHighs as unknown as () => Promise<Highs>;
const NANOS_PER_MINOR = 10_000_000;

/** Minor units a kilogram on a path, by the terms of the problem and nothing of ours. */
const perKg = (one: CapacityConsignment, at: number, { legs }: CapacityProblem): number => {
  const { booking, due, latePerKg, latePerKgDay, paths } = one;
  const path = paths[at] as CapacityConsignment['paths'][number];
  let nanos = path.otherPerKg;
  for (const leg of path.legs) if (!legs[leg]?.block) nanos += legs[leg]?.pricePerKg ?? 0;
  if (path.arrives > due) nanos += latePerKg + (latePerKgDay * (path.arrives - due)) / 1440;
  if (booking && booking.legs.join() !== path.legs.join()) {
    nanos += booking.rebookPerKg;
    if (booking.held && !path.legs.includes(booking.held.leg)) nanos += booking.held.releasePerKg ?? 0;
  }
  return nanos / NANOS_PER_MINOR;
};

/** The linear relaxation written down anew and given to HiGHS as it comes, presolve and all; minor units. */
export const relaxedFromScratch = async (problem: CapacityProblem): Promise<() => number> => {
  const highs = await load();
  const { legs, consignments } = problem;
  const inf = highs.infinity;
  const cost: number[] = [];
  const upper: number[] = [];
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  let offset = 0;
  const column = (price: number, most: number, entries: readonly (readonly [number, number])[]) => {
    cost.push(price);
    upper.push(most);
    for (const [row, value] of entries) {
      indices.push(row);
      values.push(value);
    }
    starts.push(indices.length);
  };
  for (const [leg, { block, capacityGrams, pricePerKg }] of legs.entries()) {
    if (!block) continue;
    offset += (block.pricePerKg / NANOS_PER_MINOR) * (block.grams / 1000);
    column(pricePerKg / NANOS_PER_MINOR / 100, (capacityGrams - block.grams) / 1000, [[leg, -1]]);
  }
  for (const [index, one] of consignments.entries()) {
    const kg = one.massGrams / 1000;
    const row: readonly [number, number] = [legs.length + index, 1];
    for (const [at, path] of one.paths.entries()) {
      const on = path.legs.map((leg): readonly [number, number] => [leg, kg]);
      column((perKg(one, at, problem) * kg) / 100, inf, [...on, row]);
    }
    column(((one.unflownPerKg / NANOS_PER_MINOR) * kg) / 100, inf, [row]);
  }
  const numCols = cost.length;
  const numRows = legs.length + consignments.length;
  const ones = consignments.map(() => 1);
  const room = legs.map(({ block, capacityGrams }) => (block?.grams ?? capacityGrams) / 1000);
  const data = {
    numCols,
    numRows,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(numCols),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from([...room.map(() => -inf), ...ones]),
    rowUpper: Float64Array.from([...room, ...ones]),
    matrix: {
      format: 'csc' as const,
      numRows,
      numCols,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  };
  return () =>
    highs.withModel(data, (model) => {
      model.options.set({ output_flag: false });
      model.run();
      return model.getObjectiveValue() * 100 + offset;
    });
};
