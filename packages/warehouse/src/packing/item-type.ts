import { type Goods, orientations } from './goods.ts';

/** What matters of a unit for packing. Goods that differ in nothing else share one type, whatever they are called. */
export interface ItemType {
  /** The same for goods of the same type; orders types in a way that does not depend on the input. */
  readonly key: string;
  /** Extents along length, width and height in mm, three numbers for each way to stand. */
  readonly turns: Int32Array;
  readonly volume: number;
  readonly massGrams: number;
  /** Infinity where there is no limit. */
  readonly maxLoadGrams: number;
  readonly kinds: readonly string[];
  readonly apartFrom: readonly string[];
  readonly ownPacking: Goods['ownPacking'];
  /** Size without a cushion, as it travels without a carton. */
  readonly size: Goods['size'];
}

const sorted = (list: readonly string[] | undefined): readonly string[] => (list ? [...list].sort() : []);

/** The type of some goods. */
export const itemTypeOf = (goods: Goods): ItemType => {
  const turns = orientations(goods)
    .map(({ lengthMm, widthMm, heightMm }) => [lengthMm, widthMm, heightMm] as const)
    .sort((a, b) => a[2] - b[2] || b[0] - a[0] || b[1] - a[1]);
  const { massGrams, maxLoadGrams = Number.POSITIVE_INFINITY, ownPacking, size } = goods;
  const kinds = sorted(goods.kinds);
  const apartFrom = sorted(goods.apartFrom);
  const [first = [0, 0, 0]] = turns;
  const rules = [massGrams, maxLoadGrams, ownPacking ?? '', kinds.join('+'), apartFrom.join('+')];
  return {
    key: `${turns.map((turn) => turn.join('x')).join(' ')};${rules.join(';')}`,
    turns: Int32Array.from(turns.flat()),
    volume: first[0] * first[1] * first[2],
    massGrams,
    maxLoadGrams,
    kinds,
    apartFrom,
    ownPacking,
    size,
  };
};

/** Whether units of the two types, or two units of the same, may not lie in one parcel. */
export const keptApart = (one: ItemType, other: ItemType): boolean =>
  one.apartFrom.some((kind) => other.kinds.includes(kind)) || other.apartFrom.some((kind) => one.kinds.includes(kind));
