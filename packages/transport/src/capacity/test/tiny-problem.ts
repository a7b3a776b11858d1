import fc from 'fast-check';
import { columnsOf } from '../column.ts';
import type { Assignment, CapacityConsignment, CapacityLeg, CapacityProblem } from '../problem.ts';
import { Room } from '../room.ts';

const NANOS = 1_000_000_000;
const LEGS = 4;

const leg = (id: string) =>
  fc
    .record({
      capacityGrams: fc.integer({ min: 0, max: 30 }).map((hundreds) => hundreds * 100_000),
      price: fc.integer({ min: 0, max: 9 }),
      block: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined, freq: 3 }),
      day: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ capacityGrams, price, block, day }): CapacityLeg => {
      const grams = block === undefined ? 0 : Math.floor((capacityGrams * block) / 10);
      return {
        id,
        capacityGrams,
        pricePerKg: price * NANOS,
        day,
        gateway: 'ORD',
        ...(block !== undefined && { block: { grams, pricePerKg: (price * NANOS) / 2 } }),
      };
    });

const path = fc
  .record({
    legs: fc.uniqueArray(fc.integer({ min: 0, max: LEGS - 1 }), { minLength: 1, maxLength: 3 }),
    other: fc.integer({ min: 0, max: 300 }),
    arrives: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ legs, other, arrives }) => ({ legs, otherPerKg: other * (NANOS / 100), arrives }));

const consignment = (id: string, mayPart: boolean) =>
  fc
    .record({
      massGrams: fc.integer({ min: 1, max: 1_500_000 }),
      pieces: fc.integer({ min: 1, max: 5 }),
      fee: fc.integer({ min: 0, max: 5000 }),
      parted: fc.boolean(),
      due: fc.integer({ min: 0, max: 5000 }),
      paths: fc.array(path, { maxLength: 3 }),
      booked: fc.option(fc.nat(), { nil: undefined }),
      held: fc.constantFrom(undefined, 'stay', 'fee'),
    })
    .map(({ massGrams, pieces, fee, parted, due, paths, booked, held }): CapacityConsignment => {
      const at = booked === undefined ? undefined : paths[booked % Math.max(1, paths.length)];
      return {
        id,
        massGrams,
        pieces: Math.min(pieces, massGrams),
        ...(mayPart && parted && { splitFee: fee }),
        due,
        latePerKg: 0.4 * NANOS,
        latePerKgDay: 0.6 * NANOS,
        unflownPerKg: 12 * NANOS,
        ...(at && {
          booking: {
            legs: at.legs,
            rebookPerKg: 0.02 * NANOS,
            ...(held && {
              held: {
                leg: at.legs[0] as number,
                reason: 'built-into' as const,
                ...(held === 'fee' && { releasePerKg: 0.15 * NANOS }),
              },
            }),
          },
        }),
        paths,
      };
    });

/** Problems small enough to try every assignment; with consignments that may be parted, or without. */
export const tinyProblem = (mayPart: boolean): fc.Arbitrary<CapacityProblem> =>
  fc
    .record({
      legs: fc.tuple(...Array.from({ length: LEGS }, (_, index) => leg(`L${index}`))),
      consignments: fc
        .integer({ min: 1, max: 5 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => consignment(`C${index}`, mayPart)))),
    })
    .map((problem) => ({ currency: 'USD', ...problem }));

/** Minor units of the cheapest assignment that leaves every consignment whole, found by trying all. */
export const cheapestOfAll = ({ currency, legs, consignments }: CapacityProblem): number => {
  const room = new Room(legs, currency);
  const used = legs.map(() => 0);
  let best = Number.POSITIVE_INFINITY;
  const beyond = () => used.reduce((sum, grams, index) => sum + Math.ceil(room.beyond(index, grams) - 1e-9), 0);
  const choose = (index: number, sum: number): void => {
    const one = consignments[index];
    if (!one) {
      best = Math.min(best, sum + beyond());
      return;
    }
    for (const column of columnsOf(one, { consignment: index, firstColumn: 0 }, { currency, legs, never: 9000 })) {
      const free = (at: number) => (legs[at]?.capacityGrams as number) - (used[at] as number);
      if (column.barred || column.legs.some((at) => one.massGrams > free(at))) continue;
      for (const at of column.legs) used[at] = (used[at] as number) + one.massGrams;
      choose(index + 1, sum + column.cost);
      for (const at of column.legs) used[at] = (used[at] as number) - one.massGrams;
    }
  };
  choose(0, room.blockPrices());
  return best;
};

/** Grams on each leg by the shares of an assignment, counted anew. */
export const gramsOnLegs = ({ legs, consignments }: CapacityProblem, { shares }: Assignment): number[] => {
  const used = legs.map(() => 0);
  for (const [index, parts] of shares.entries()) {
    for (const { path: at, massGrams } of parts) {
      for (const one of at === undefined ? [] : (consignments[index]?.paths[at]?.legs ?? []))
        used[one] = (used[one] as number) + massGrams;
    }
  }
  return used;
};
