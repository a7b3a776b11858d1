import type { Column } from './column.ts';
import type { Room } from './room.ts';

/** What is placed as one: a consignment, or some pieces of one. */
export interface Item {
  readonly consignment: number;
  readonly pieces: number;
  readonly massGrams: number;
  /** Part of the consignment's mass. */
  readonly part: number;
}

/** A consignment as it is loaded. */
export interface Load {
  readonly massGrams: number;
  readonly pieces: number;
  /** Fee for each further master waybill; undefined where it stays whole. */
  readonly splitFee: number | undefined;
  readonly columns: readonly Column[];
}

/** Mass of some pieces after so many others, so that the masses of all pieces add up: an even share, to the gram. */
const massOfPieces = ({ massGrams, pieces }: Load, after: number, count: number): number =>
  Math.floor(((after + count) * massGrams) / pieces) - Math.floor((after * massGrams) / pieces);

/**
 * Items and the columns they are on, with what they use of each leg. An item on no column yet uses nothing and costs nothing.
 */
export class Loading {
  readonly loads: readonly Load[];
  readonly items: Item[] = [];
  readonly room: Room;
  readonly #used: Float64Array;
  readonly #column: (Column | undefined)[] = [];
  readonly #onLeg: Set<number>[];
  readonly #itemsOf: number[][];

  constructor(loads: readonly Load[], room: Room) {
    this.loads = loads;
    this.room = room;
    this.#used = new Float64Array(room.count);
    this.#onLeg = Array.from({ length: room.count }, () => new Set());
    this.#itemsOf = loads.map(() => []);
  }

  loadOf(item: number): Load {
    return this.loads[this.item(item).consignment] as Load;
  }

  item(item: number): Item {
    return this.items[item] as Item;
  }

  columnOf(item: number): Column | undefined {
    return this.#column[item];
  }

  usedGrams(leg: number): number {
    return this.#used[leg] as number;
  }

  freeGrams(leg: number): number {
    return this.room.capacity(leg) - (this.#used[leg] as number);
  }

  itemsOn(leg: number): ReadonlySet<number> {
    return this.#onLeg[leg] as Set<number>;
  }

  itemsOf(consignment: number): readonly number[] {
    return this.#itemsOf[consignment] as number[];
  }

  /** Makes items of a consignment's pieces, counts of which are given; they are on no column yet. */
  divide(consignment: number, counts: readonly number[]): number[] {
    const load = this.loads[consignment] as Load;
    let after = 0;
    return counts.map((pieces) => {
      const massGrams = massOfPieces(load, after, pieces);
      after += pieces;
      return this.#make({ consignment, pieces, massGrams, part: massGrams / load.massGrams });
    });
  }

  #make(item: Item): number {
    this.items.push(item);
    this.#column.push(undefined);
    this.#itemsOf[item.consignment]?.push(this.items.length - 1);
    return this.items.length - 1;
  }

  /** Takes pieces off an item that is on no leg, as an item of their own, which is returned. */
  takeOff(item: number, pieces: number): number {
    const { consignment, pieces: all, massGrams } = this.item(item);
    const load = this.loads[consignment] as Load;
    const taken = Math.floor((pieces * massGrams) / all);
    const column = this.#column[item];
    const as = (count: number, mass: number): Item => ({
      consignment,
      pieces: count,
      massGrams: mass,
      part: mass / load.massGrams,
    });
    this.items[item] = as(all - pieces, massGrams - taken);
    const made = this.#make(as(pieces, taken));
    this.#column[made] = column;
    return made;
  }

  /** Whether an item has room on a column. */
  fits(item: number, column: Column): boolean {
    const { massGrams } = this.item(item);
    const now = this.#column[item];
    for (const leg of column.legs) {
      if (!now?.legs.includes(leg) && massGrams > this.freeGrams(leg)) return false;
    }
    return true;
  }

  /** What it would cost more to have an item on another column: its own cost, what legs sell beyond blocks, waybills. */
  change(item: number, to: Column): number {
    const { massGrams, part } = this.item(item);
    const from = this.#column[item];
    let sum = (to.weight - (from?.weight ?? 0)) * part;
    for (const leg of to.legs) if (!from?.legs.includes(leg)) sum += this.#beyondChange(leg, massGrams);
    for (const leg of from?.legs ?? []) if (!to.legs.includes(leg)) sum += this.#beyondChange(leg, -massGrams);
    const siblings = this.itemsOf(this.item(item).consignment);
    return siblings.length === 1 ? sum : sum + this.#feeChange(item, to, siblings);
  }

  #beyondChange(leg: number, grams: number): number {
    if (!this.room.isBlocked(leg)) return 0;
    const used = this.#used[leg] as number;
    return this.room.beyond(leg, used + grams) - this.room.beyond(leg, used);
  }

  #feeChange(item: number, to: Column, siblings: readonly number[]): number {
    const others = new Set(siblings.filter((other) => other !== item).map((other) => this.#column[other]));
    const mastersWith = (column: Column | undefined) => {
      const all = new Set(others).add(column);
      return Math.max(1, [...all].filter((one) => one?.path !== undefined).length);
    };
    const fee = this.loadOf(item).splitFee ?? 0;
    return fee * (mastersWith(to) - mastersWith(this.#column[item]));
  }

  /** Puts an item on a column, whether it fits or not; undefined takes it off. */
  put(item: number, to: Column | undefined): void {
    const { massGrams } = this.item(item);
    for (const leg of this.#column[item]?.legs ?? []) {
      this.#used[leg] = (this.#used[leg] as number) - massGrams;
      this.#onLeg[leg]?.delete(item);
    }
    for (const leg of to?.legs ?? []) {
      this.#used[leg] = (this.#used[leg] as number) + massGrams;
      this.#onLeg[leg]?.add(item);
    }
    this.#column[item] = to;
  }
}
