import type { Goods } from './goods.ts';
import { type ItemType, itemTypeOf } from './item-type.ts';

/** Units of one item within a type. */
interface Share {
  readonly id: string;
  readonly quantity: number;
}

/** The goods of an order in canonical form: types by falling volume, however the goods were listed. */
export interface Cargo {
  readonly types: readonly ItemType[];
  /** Units of each type. */
  readonly counts: Int32Array;
  /** The items that each type stands for, by id. */
  readonly shares: readonly (readonly Share[])[];
  /** The same for orders that are alike for packing. */
  readonly key: string;
}

/** Types found before, by the object that holds the size: goods of one item mostly share it from order to order. */
const known = new WeakMap<Goods['size'], { readonly goods: Goods; readonly type: ItemType }>();

const typeOf = (goods: Goods): ItemType => {
  const before = known.get(goods.size);
  if (before && isAlike(before.goods, goods)) return before.type;
  const type = itemTypeOf(goods);
  known.set(goods.size, { goods, type });
  return type;
};

const isAlike = (one: Goods, other: Goods): boolean =>
  one.massGrams === other.massGrams &&
  one.vertical === other.vertical &&
  one.fixed === other.fixed &&
  one.maxLoadGrams === other.maxLoadGrams &&
  one.clearanceMm === other.clearanceMm &&
  one.kinds === other.kinds &&
  one.apartFrom === other.apartFrom &&
  one.ownPacking === other.ownPacking;

/** Brings goods into canonical form; goods without units are left out. */
export const cargoOf = (goods: readonly Goods[]): Cargo => {
  const byKey = new Map<string, { type: ItemType; count: number; shares: Share[] }>();
  for (const one of goods) {
    if (one.quantity <= 0) continue;
    const type = typeOf(one);
    const share = { id: one.id, quantity: one.quantity };
    const entry = byKey.get(type.key);
    if (entry) {
      entry.count += one.quantity;
      entry.shares.push(share);
    } else byKey.set(type.key, { type, count: one.quantity, shares: [share] });
  }
  const entries = [...byKey.values()].sort(
    (a, b) => b.type.volume - a.type.volume || (a.type.key < b.type.key ? -1 : 1),
  );
  for (const { shares } of entries) shares.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    types: entries.map(({ type }) => type),
    counts: Int32Array.from(entries, ({ count }) => count),
    shares: entries.map(({ shares }) => shares),
    key: entries.map(({ type, count }) => `${count}*${type.key}`).join('|'),
  };
};

/** Hands units of each type out to the items that they stand for, in order of id. */
export class ShareOut {
  readonly #cargo: Cargo;
  readonly #at: number[];
  readonly #left: number[];

  constructor(cargo: Cargo) {
    this.#cargo = cargo;
    this.#at = cargo.shares.map(() => 0);
    this.#left = cargo.shares.map(([first]) => first?.quantity ?? 0);
  }

  /** The item of the next unit of a type. */
  next(type: number): string {
    const shares = this.#cargo.shares[type] ?? [];
    let at = this.#at[type] ?? 0;
    while ((this.#left[type] ?? 0) === 0 && at < shares.length - 1) {
      at += 1;
      this.#at[type] = at;
      this.#left[type] = shares[at]?.quantity ?? 0;
    }
    this.#left[type] = (this.#left[type] ?? 0) - 1;
    return shares[at]?.id ?? '';
  }
}
