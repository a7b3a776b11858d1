import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinearProgram } from './linear-program.ts';

/** Cheapest way to cover a demand by sources with limits: filled from the cheapest on. */
const filled = (costs: readonly number[], limits: readonly number[], demand: number): number => {
  let left = demand;
  let sum = 0;
  for (const [cost, limit] of costs
    .map((one, index) => [one, limits[index] as number] as const)
    .sort((a, b) => a[0] - b[0])) {
    const taken = Math.min(left, limit);
    sum += taken * cost;
    left -= taken;
  }
  return sum;
};

const open = async (costs: readonly number[], limits: readonly number[], demand: number) => {
  const program = await LinearProgram.open();
  program.addRows([demand, ...limits.map(() => Number.NEGATIVE_INFINITY)], [demand, ...limits]);
  const entries = costs.map((_, index) => ({ indices: [0, index + 1], values: [1, 1] }));
  program.addColumns({ cost: costs, upper: costs.map(() => Number.POSITIVE_INFINITY), entries });
  return program;
};

const sources = fc.array(fc.record({ cost: fc.integer({ min: 1, max: 50 }), limit: fc.integer({ min: 0, max: 9 }) }), {
  minLength: 1,
  maxLength: 8,
});

describe('a linear program', () => {
  it('costs what filling from the cheapest costs, also after bounds change, and its prices prove it', async () => {
    await fc.assert(
      fc.asyncProperty(sources, fc.nat(), async (given, which) => {
        const costs = [...given.map(({ cost }) => cost), 1000];
        const limits = [...given.map(({ limit }) => limit), 100];
        const program = await open(costs, limits, 20);
        expect(program.solve().objective).toBeCloseTo(filled(costs, limits, 20), 6);
        const cut = which % given.length;
        limits[cut] = 0;
        program.boundRow(cut + 1, Number.NEGATIVE_INFINITY, 0);
        const { objective, rowPrices } = program.solve();
        expect(objective).toBeCloseTo(filled(costs, limits, 20), 6);
        const dual = limits.reduce(
          (sum, limit, index) => sum + limit * (rowPrices[index + 1] as number),
          20 * (rowPrices[0] as number),
        );
        expect(dual).toBeCloseTo(objective, 6);
        program.dispose();
      }),
      { numRuns: 50 },
    );
  });

  it('goes back to a basis, forbids columns and takes new prices', async () => {
    const program = await open([1, 2, 3], [10, 10, 10], 10);
    expect(program.solve().objective).toBe(10);
    const back = program.keepBasis();
    program.boundColumns([1, 0], 0);
    expect(program.solve().objective).toBe(30);
    program.boundColumns([1, 0], Number.POSITIVE_INFINITY);
    back();
    expect(program.solve()).toMatchObject({ objective: 10, pivots: 0 });
    program.priceColumn(0, 5);
    expect(program.solve().objective).toBe(20);
    program.boundColumn(1, 4);
    expect(program.solve().objective).toBe(4 * 2 + 6 * 3);
    program.dispose();
  });

  it('says so when there is no optimum', async () => {
    const program = await open([1], [3], 5);
    expect(() => program.solve()).toThrow('no optimum');
    program.dispose();
  });
});
