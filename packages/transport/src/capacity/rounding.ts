import type { Column } from './column.ts';
import type { Load, Loading } from './loading.ts';

/** A share this close to the whole is the whole. */
const NEARLY = 1e-6;

/** Cost of an item on a column with the legs' bids. */
export const bidCost = (loading: Loading, item: number, { weight, legs }: Column, bids: Float64Array): number => {
  const { part, massGrams } = loading.item(item);
  let sum = 0;
  for (const leg of legs) sum += bids[leg] as number;
  return weight * part + sum * massGrams;
};

/** The column with room on which an item is cheapest at the bids. Not being flown always has room. */
const bestWithRoom = (loading: Loading, item: number, bids: Float64Array): Column => {
  const { columns, splitFee = 0 } = loading.loadOf(item);
  const taken = loading.itemsOf(loading.item(item).consignment).map((other) => loading.columnOf(other));
  const flies = taken.some((column) => column?.path !== undefined);
  let best = columns.at(-1) as Column;
  let least = Number.POSITIVE_INFINITY;
  for (const column of columns) {
    if (column.barred) continue;
    const fee = flies && column.path !== undefined && !taken.includes(column) ? splitFee : 0;
    const cost = bidCost(loading, item, column, bids) + fee;
    if (cost < least && loading.fits(item, column)) {
      least = cost;
      best = column;
    }
  }
  return best;
};

/** Pieces and the column that they should take; undefined: whichever has room. */
export interface Wish {
  readonly column: Column | undefined;
  readonly pieces: number;
}

/** How the linear relaxation would have a consignment: parts that stay, and pieces that have to find a place. */
export const wishesOf = ({ columns, splitFee, pieces }: Load, shares: Float64Array): Wish[] => {
  const share = ({ index }: Column) => shares[index] as number;
  const whole = columns.find((column) => share(column) >= 1 - NEARLY);
  if (whole) return [{ column: whole, pieces }];
  if (splitFee === undefined || pieces === 1) return [{ column: undefined, pieces }];
  const parts = columns
    .map((column): Wish => ({ column, pieces: Math.floor(share(column) * pieces + NEARLY) }))
    .filter((part) => part.pieces > 0);
  const left = pieces - parts.reduce((sum, part) => sum + part.pieces, 0);
  return left === 0 ? parts : [...parts, { column: undefined, pieces: left }];
};

/**
 * Loads goods as wished, by consignment: parts go where they should while there is room, and what is left over or has no
 * room there takes the column with room that is cheapest at the bid prices, heaviest first.
 */
export const loadWishes = (loading: Loading, wishes: readonly (readonly Wish[])[], bids: Float64Array): void => {
  const open: number[] = [];
  for (const [consignment, parts] of wishes.entries()) {
    const items = loading.divide(
      consignment,
      parts.map(({ pieces }) => pieces),
    );
    for (const [index, item] of items.entries()) {
      const column = parts[index]?.column;
      if (column && !column.barred && loading.fits(item, column)) loading.put(item, column);
      else open.push(item);
    }
  }
  open.sort((one, other) => loading.item(other).massGrams - loading.item(one).massGrams || one - other);
  for (const item of open) loading.put(item, bestWithRoom(loading, item, bids));
};
