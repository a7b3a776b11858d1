import type { Column } from './column.ts';
import type { Load, Loading } from './loading.ts';

/** A share this close to the whole is the whole. */
const NEARLY = 1e-6;

/** Whole pieces nearest below each share, and what is left over on the largest share. */
const piecesOf = (shares: readonly number[], pieces: number): number[] => {
  const counts = shares.map((share) => Math.floor(share * pieces + NEARLY));
  const left = pieces - counts.reduce((a, b) => a + b, 0);
  const largest = shares.indexOf(Math.max(...shares));
  counts[largest] = (counts[largest] as number) + left;
  return counts;
};

/** Cost of an item on a column with the legs' bids. */
export const bidCost = (loading: Loading, item: number, { weight, legs }: Column, bids: Float64Array): number => {
  const { part, massGrams } = loading.item(item);
  let sum = 0;
  for (const leg of legs) sum += bids[leg] as number;
  return weight * part + sum * massGrams;
};

/** The column with room on which an item is cheapest at the bids. Not being flown always has room. */
const bestWithRoom = (loading: Loading, item: number, bids: Float64Array): Column => {
  const { columns } = loading.loadOf(item);
  let best = columns.at(-1) as Column;
  let least = Number.POSITIVE_INFINITY;
  for (const column of columns) {
    if (column.barred) continue;
    const cost = bidCost(loading, item, column, bids);
    if (cost < least && loading.fits(item, column)) {
      least = cost;
      best = column;
    }
  }
  return best;
};

const wanted = ({ columns, splitFee, pieces }: Load, shares: Float64Array) => {
  const used = columns
    .map((column) => ({ column, share: shares[column.index] as number }))
    .filter(({ share }) => share > NEARLY);
  const whole = used.find(({ share }) => share >= 1 - NEARLY);
  if (whole) return [{ column: whole.column, pieces }];
  if (splitFee === undefined || pieces === 1) return [{ column: undefined, pieces }];
  const counts = piecesOf(
    used.map(({ share }) => share),
    pieces,
  );
  return used.map(({ column }, index) => ({ column, pieces: counts[index] as number })).filter((one) => one.pieces > 0);
};

/**
 * Loads what the linear relaxation wants: consignments that it leaves whole go where they are, those that may be parted are
 * parted to the piece, and the others take, heaviest first, the column with room that is cheapest at the bid prices.
 */
export const loadRelaxed = (
  loading: Loading,
  shares: Float64Array,
  bids: Float64Array,
  wantedNow: (consignment: number) => boolean,
): void => {
  const open: number[] = [];
  for (const [consignment, load] of loading.loads.entries()) {
    const parts = wantedNow(consignment) ? wanted(load, shares) : [];
    const items = loading.divide(
      consignment,
      parts.map(({ pieces }) => pieces),
    );
    for (const [index, item] of items.entries()) {
      const column = parts[index]?.column;
      if (column && loading.fits(item, column)) loading.put(item, column);
      else open.push(item);
    }
  }
  open.sort((one, other) => loading.item(other).massGrams - loading.item(one).massGrams || one - other);
  for (const item of open) loading.put(item, bestWithRoom(loading, item, bids));
};
