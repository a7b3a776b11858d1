import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import type { Booking, CapacityConsignment, CapacityLeg, CapacityProblem } from './problem.ts';

const bad = (field: string, what: string, mend: string): Fault => ({ code: 'bad-capacity-problem', field, what, mend });

const isAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function* amountFaults(at: string, amounts: Readonly<Record<string, number | undefined>>): Generator<Fault> {
  for (const [name, value] of Object.entries(amounts)) {
    if (value !== undefined && !isAmount(value))
      yield bad(`${at}.${name}`, 'is not a whole number of nothing or more', 'give 0 or more');
  }
}

function* legFaults(leg: CapacityLeg, at: string): Generator<Fault> {
  const { capacityGrams, pricePerKg, block } = leg;
  yield* amountFaults(at, { capacityGrams, pricePerKg });
  if (!block) return;
  yield* amountFaults(`${at}.block`, { grams: block.grams, pricePerKg: block.pricePerKg });
  if (block.grams > capacityGrams)
    yield bad(
      `${at}.block.grams`,
      `is more than the room of the leg, ${capacityGrams} g`,
      'give at most capacityGrams',
    );
}

function* indexFaults(legs: readonly number[], count: number, at: string): Generator<Fault> {
  for (const [place, leg] of legs.entries()) {
    if (!(Number.isInteger(leg) && leg >= 0 && leg < count))
      yield bad(`${at}[${place}]`, `is no leg: ${leg}`, 'give the index of a leg');
    if (legs.indexOf(leg) !== place) yield bad(`${at}[${place}]`, 'is on the path twice', 'name each leg once');
  }
}

function* bookingFaults({ legs, rebookPerKg, held }: Booking, count: number, at: string): Generator<Fault> {
  yield* indexFaults(legs, count, `${at}.legs`);
  yield* amountFaults(at, { rebookPerKg });
  if (!held) return;
  if (!legs.includes(held.leg))
    yield bad(`${at}.held.leg`, 'is not on the booking', 'name the leg of the booking that the goods are held to');
  yield* amountFaults(`${at}.held`, { releasePerKg: held.releasePerKg });
}

/** What is wrong with a consignment of a problem with so many legs. */
export function* consignmentFaults(one: CapacityConsignment, legs: number, at: string): Generator<Fault> {
  const { massGrams, pieces, splitFee, latePerKg, latePerKgDay, unflownPerKg, booking } = one;
  yield* amountFaults(at, { splitFee, latePerKg, latePerKgDay, unflownPerKg });
  if (!(isAmount(massGrams) && massGrams > 0))
    yield bad(`${at}.massGrams`, 'is not a whole number of grams above nothing', 'give 1 or more');
  if (!(isAmount(pieces) && pieces > 0 && pieces <= massGrams))
    yield bad(`${at}.pieces`, 'is not a number of pieces of a gram or more', 'give 1 to massGrams');
  for (const [index, path] of one.paths.entries()) {
    yield* indexFaults(path.legs, legs, `${at}.paths[${index}].legs`);
    yield* amountFaults(`${at}.paths[${index}]`, { otherPerKg: path.otherPerKg });
  }
  if (booking) yield* bookingFaults(booking, legs, `${at}.booking`);
}

function* faultsOf({ legs, consignments }: CapacityProblem): Generator<Fault> {
  for (const [index, leg] of legs.entries()) yield* legFaults(leg, `legs[${index}]`);
  for (const [index, one] of consignments.entries())
    yield* consignmentFaults(one, legs.length, `consignments[${index}]`);
}

/** The problem as it was given, or the first thing that is wrong with it, by field. */
export const checkedProblem = (problem: CapacityProblem): Result<CapacityProblem, Fault> => {
  for (const fault of faultsOf(problem)) return fail(fault);
  return ok(problem);
};
