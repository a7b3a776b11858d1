import type { Column } from './column.ts';
import type { Room } from './room.ts';

/** A sum of floating-point numbers that knows how far it can be off (Higham, "Accuracy and Stability", 2002, 4.2). */
class SafeSum {
  #sum = 0;
  #size = 0;
  #terms = 0;

  add(term: number): void {
    this.#sum += term;
    this.#size += Math.abs(term);
    this.#terms += 1;
  }

  /** The largest whole number that the true sum is not below. */
  floor(): number {
    // Each term is itself a handful of roundings away from the truth.
    return Math.floor(this.#sum - (this.#terms + 8) * Number.EPSILON * this.#size);
  }
}

/** What a consignment costs at least, when each gram on a leg costs its bid beside the column's own cost. */
const cheapest = (columns: readonly Column[], massGrams: number, bids: Float64Array): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const { cost, legs, barred } of columns) {
    if (barred) continue;
    let sum = 0;
    for (const leg of legs) sum += bids[leg] as number;
    least = Math.min(least, cost + sum * massGrams);
  }
  return least;
};

/**
 * Minor units below which no assignment can cost, from any bid prices of nothing or more: the Lagrangian dual of the rooms
 * (Geoffrion, "Lagrangean relaxation for integer programming", 1974). It is proven by the prices alone: neither an optimal
 * basis nor an assignment is taken on trust, and rounding is allowed for.
 */
export const boundOf = (
  consignments: Iterable<{ readonly massGrams: number; readonly columns: readonly Column[] }>,
  room: Room,
  bids: Float64Array,
): number => {
  const sum = new SafeSum();
  sum.add(room.blockPrices());
  for (let leg = 0; leg < room.count; leg += 1) {
    const bid = bids[leg] as number;
    if (bid === 0) continue;
    sum.add(-bid * room.paidFor(leg));
    const saved = bid - room.beyondPerGram(leg);
    if (room.isBlocked(leg) && saved > 0) sum.add(-saved * (room.capacity(leg) - room.block(leg)));
  }
  for (const { massGrams, columns } of consignments) sum.add(cheapest(columns, massGrams, bids));
  return sum.floor();
};
