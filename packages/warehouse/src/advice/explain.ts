import type { Nanos } from '@crossparcel/units';
import type { Carton } from '../packing/carton.ts';
import type { Goods } from '../packing/goods.ts';
import { Packer } from '../packing/packer.ts';
import type { PackedParcel } from '../packing/packing.ts';
import type { Tariff } from '../packing/tariff.ts';

/** Another carton for the goods of a parcel. */
export interface Alternative {
  readonly carton: Carton;
  /** Carton and postage; undefined when the carton does not hold the goods, or nobody takes it. */
  readonly total: Nanos | undefined;
}

/** How much smaller one side of a product's pack would have to be for its parcel to cost less, and what that saves. */
export interface PackEdge {
  readonly item: string;
  readonly change: 'length' | 'width' | 'height';
  readonly byMm: number;
  readonly carton: string;
  readonly saves: Nanos;
}

const SIDES = ['length', 'width', 'height'] as const;
/** A side is not looked at below three quarters of what it is: no product is packed that much smaller. */
const LEAST_SHARE = 0.75;

/** Whole parcels of some goods in cartons of one set, under one tariff. */
export class ParcelAdvice {
  readonly #cartons: readonly Carton[];
  readonly #tariff: Tariff;
  readonly #all: Packer;
  readonly #alone: ReadonlyMap<string, Packer>;

  constructor(cartons: readonly Carton[], tariff: Tariff) {
    this.#cartons = cartons;
    this.#tariff = tariff;
    this.#all = new Packer(cartons);
    this.#alone = new Map(cartons.map((carton) => [carton.id, new Packer([carton])]));
  }

  /** Every carton of the set for the goods of a parcel, cheapest first; those that do not hold them last. */
  alternatives(goods: readonly Goods[]): Alternative[] {
    const order = (total: Nanos | undefined) => total ?? Number.POSITIVE_INFINITY;
    return this.#cartons
      .map((carton) => ({ carton, total: wholeTotal(this.#alone.get(carton.id) as Packer, goods, this.#tariff) }))
      .sort((a, b) => order(a.total) - order(b.total) || (a.carton.id < b.carton.id ? -1 : 1));
  }

  /**
   * For each product of a parcel and each side of its pack the smallest reduction, in whole millimetres, with which the
   * parcel costs less; largest saving first. Found by halving, so that where a little less does and a little more does
   * not (cartons are no smooth matter) a nearer one may be missed.
   */
  packEdges(goods: readonly Goods[], parcel: PackedParcel): PackEdge[] {
    const now = parcel.cartonPrice + parcel.postage;
    return goods
      .flatMap((one) => SIDES.flatMap((change) => this.#edge(goods, one, change, now) ?? []))
      .sort((a, b) => b.saves - a.saves || (a.item < b.item ? -1 : 1));
  }

  #edge(goods: readonly Goods[], of: Goods, change: PackEdge['change'], now: Nanos): PackEdge | undefined {
    const side = `${change}Mm` as const;
    const at = (mm: number) =>
      this.#cheapest(goods.map((one) => (one === of ? { ...one, size: { ...one.size, [side]: mm } } : one)));
    let smaller = Math.max(1, Math.ceil(of.size[side] * LEAST_SHARE));
    let found = at(smaller);
    if (smaller >= of.size[side] || !found || found.total >= now) return undefined;
    let larger = of.size[side];
    while (larger - smaller > 1) {
      const middle = Math.floor((smaller + larger) / 2);
      const there = at(middle);
      if (there && there.total < now) {
        smaller = middle;
        found = there;
      } else larger = middle;
    }
    const { total, carton } = found;
    return { item: of.id, change, byMm: of.size[side] - smaller, carton, saves: now - total };
  }

  #cheapest(goods: readonly Goods[]): { total: Nanos; carton: string } | undefined {
    const { parcels, unpacked } = this.#all.pack(goods, this.#tariff);
    const [only, ...others] = parcels;
    if (!only?.carton || others.length > 0 || unpacked.length > 0) return undefined;
    return { total: only.cartonPrice + only.postage, carton: only.carton.id };
  }
}

/** What goods cost as one parcel; undefined when they do not make one. */
export const wholeTotal = (packer: Packer, goods: readonly Goods[], tariff: Tariff): Nanos | undefined => {
  const { parcels, unpacked } = packer.pack(goods, tariff);
  const [only, ...others] = parcels;
  return only && others.length === 0 && unpacked.length === 0 ? only.cartonPrice + only.postage : undefined;
};
