import type { Column } from './column.ts';
import type { Loading } from './loading.ts';
import { bidCost } from './rounding.ts';

/** Moves tried for small problems, beside those for each item. */
const MOVES_BESIDE = 20_000;
/** Items that are moved out of the way of another, one after the other, and ways tried for each. */
const CHAIN = 2;
const WIDTH = 20;
/** A gain below this is rounding. */
const LEAST_GAIN = 1e-6;

interface Move {
  readonly item: number;
  readonly to: Column;
  readonly change: number;
}

/**
 * Betters an assignment by ejection chains (Glover, "Ejection chains, reference structures and alternating path methods",
 * 1996): an item takes a cheaper column; where it has no room there, an item on the full leg takes another column, and so on.
 * Items that pay most above their price at the bids come first. Effort is counted in moves tried.
 */
class Repair {
  readonly #loading: Loading;
  readonly #bids: Float64Array;
  readonly #budget: number;
  readonly #moved: { item: number; from: Column | undefined }[] = [];
  moves = 0;

  constructor(loading: Loading, bids: Float64Array, movesPerItem: number) {
    this.#loading = loading;
    this.#bids = bids;
    this.#budget = MOVES_BESIDE + movesPerItem * loading.items.length;
  }

  run(): void {
    while (this.#round() && this.moves < this.#budget);
  }

  /** Tries every item that is not where the bids want it; whether any moved. */
  #round(): boolean {
    const regrets = this.#loading.items
      .map((_, item) => ({ item, regret: this.#regret(item) }))
      .filter(({ regret }) => regret > LEAST_GAIN)
      .sort((one, other) => other.regret - one.regret || one.item - other.item);
    let moved = false;
    for (const { item } of regrets) {
      if (this.moves >= this.#budget) break;
      if (this.#better(item)) moved = true;
    }
    return moved;
  }

  /** What an item pays above the least it could pay if all room were to be had at the bids, and for being parted. */
  #regret(item: number): number {
    const now = this.#loading.columnOf(item) as Column;
    let least = Number.POSITIVE_INFINITY;
    for (const column of this.#loading.loadOf(item).columns)
      if (!column.barred) least = Math.min(least, bidCost(this.#loading, item, column, this.#bids));
    const { consignment } = this.#loading.item(item);
    const fee = this.#loading.itemsOf(consignment).length > 1 ? (this.#loading.loadOf(item).splitFee ?? 0) : 0;
    return bidCost(this.#loading, item, now, this.#bids) - least + fee;
  }

  #better(item: number): boolean {
    const loading = this.#loading;
    const now = loading.columnOf(item);
    const moves = loading
      .loadOf(item)
      .columns.filter((to) => to !== now && !to.barred)
      .map((to): Move => ({ item, to, change: loading.change(item, to) }))
      .filter(({ change }) => change < -LEAST_GAIN)
      .sort((one, other) => one.change - other.change);
    this.moves += moves.length + 1;
    return moves.some((move) => this.#try(move, 0, CHAIN));
  }

  /** Makes a move and those that it forces, if they gain together; else nothing has changed. */
  #try({ item, to, change }: Move, before: number, chain: number): boolean {
    const from = this.#loading.columnOf(item);
    const sum = before + change;
    this.#moved.push({ item, from });
    this.#loading.put(item, to);
    const done = this.#settle(sum, chain);
    this.#moved.pop();
    if (!done) this.#loading.put(item, from);
    return done;
  }

  #settle(sum: number, chain: number): boolean {
    const full = this.#overfull();
    if (full === undefined) return sum < -LEAST_GAIN;
    if (chain === 0 || this.moves >= this.#budget) return false;
    return this.#waysOut(full, sum, chain).some((move) => this.#try(move, sum, chain - 1));
  }

  /** A leg that the moves so far have overfilled. */
  #overfull(): number | undefined {
    for (const { item } of this.#moved) {
      const leg = this.#loading.columnOf(item)?.legs.find((one) => this.#loading.freeGrams(one) < 0);
      if (leg !== undefined) return leg;
    }
    return undefined;
  }

  /** The cheapest moves of other items off a leg that leave something of the gain. */
  #waysOut(leg: number, sum: number, chain: number): Move[] {
    const loading = this.#loading;
    const over = -loading.freeGrams(leg);
    const ways: Move[] = [];
    for (const item of loading.itemsOn(leg)) {
      if (this.#moved.some((one) => one.item === item)) continue;
      if (chain === 1 && loading.item(item).massGrams < over) continue;
      for (const to of loading.loadOf(item).columns) {
        if (to.barred || to.legs.includes(leg) || to === loading.columnOf(item)) continue;
        this.moves += 1;
        const change = loading.change(item, to);
        if (sum + change >= -LEAST_GAIN) continue;
        if (chain === 1 && !loading.fits(item, to)) continue;
        ways.push({ item, to, change });
      }
    }
    return ways.sort((one, other) => one.change - other.change || one.item - other.item).slice(0, WIDTH);
  }
}

/** Pieces of an item that have room on a column, with one to spare for pieces of unequal mass. */
const piecesWithRoom = (loading: Loading, item: number, { legs }: Column): number => {
  const { pieces, massGrams } = loading.item(item);
  const room = Math.min(massGrams, ...legs.map((leg) => loading.freeGrams(leg)));
  return Math.floor((room * pieces) / massGrams) - 1;
};

/** Lets pieces of an item that stays behind fly where there is room and it pays for a waybill of its own. */
const flyPartsOf = (loading: Loading, item: number): void => {
  const { splitFee = 0, columns } = loading.loadOf(item);
  const left = loading.columnOf(item) as Column;
  const ways = columns.filter(({ path, barred }) => path !== undefined && !barred);
  for (const column of ways.sort((one, other) => one.weight - other.weight)) {
    const count = piecesWithRoom(loading, item, column);
    const { pieces, part } = loading.item(item);
    if (count < 1 || (left.weight - column.weight) * part * (count / pieces) <= splitFee) continue;
    const taken = loading.takeOff(item, count);
    if (loading.change(taken, column) < -LEAST_GAIN) loading.put(taken, column);
  }
};

const flyParts = (loading: Loading): void => {
  const { length } = loading.items;
  for (let item = 0; item < length; item += 1) {
    const { pieces } = loading.item(item);
    if (pieces === 1 || loading.loadOf(item).splitFee === undefined) continue;
    if (loading.columnOf(item)?.path === undefined) flyPartsOf(loading, item);
  }
};

/** Betters a loading in which every item has a column, with so much effort; says how many moves were tried. */
export const repair = (loading: Loading, bids: Float64Array, movesPerItem: number): number => {
  const search = new Repair(loading, bids, movesPerItem);
  search.run();
  flyParts(loading);
  return search.moves;
};
