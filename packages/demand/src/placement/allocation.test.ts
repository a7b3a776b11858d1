import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type Choice } from './allocation.ts';

const choices = fc.array(fc.record({ value: fc.integer({ min: 1, max: 40 }), use: fc.tuple(fc.nat(12), fc.nat(12)) }), {
  maxLength: 3,
});

/** The best of all allocations, by trying each. */
const best = (items: readonly (readonly Choice[])[], room: readonly number[]): number => {
  const [first, ...rest] = items;
  if (!first) return 0;
  const without = best(rest, room);
  return first.reduce((most, { value, use }) => {
    const left = room.map((one, row) => one - (use[row] as number));
    return left.some((one) => one < 0) ? most : Math.max(most, value + best(rest, left));
  }, without);
};

describe('allocation within limits', () => {
  it('fits, is worth what it says, and lies with the best allocation under the bound', async () => {
    const items = fc.array(choices, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(items, fc.tuple(fc.nat(30), fc.nat(30)), async (given, room) => {
        const { chosen, value, bound } = await allocate(given, room);
        const taken = given.flatMap((own, at) => own[chosen[at] as number] ?? []);
        for (const [row, most] of room.entries())
          expect(taken.reduce((sum, { use }) => sum + use[row as 0 | 1], 0)).toBeLessThanOrEqual(most);
        expect(taken.reduce((sum, one) => sum + one.value, 0)).toBeCloseTo(value);
        const most = best(given, room);
        expect(value).toBeLessThanOrEqual(most + 1e-9);
        expect(bound).toBeGreaterThanOrEqual(most - 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('gives every item its best where there is room for all', async () => {
    const items = [
      [
        { value: 3, use: [1] },
        { value: 5, use: [2] },
      ],
      [{ value: 2, use: [9] }],
    ];
    expect(await allocate(items, [20])).toMatchObject({ chosen: Int32Array.of(1, 0), value: 7, bound: 7 });
  });
});
