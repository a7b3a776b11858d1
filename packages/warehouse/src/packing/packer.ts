import { type Dimensions, type Nanos, sidesMm, volumeMm3 } from '@crossparcel/units';
import type { Carton } from './carton.ts';
import { fillCarton, type Placement } from './fill.ts';
import type { Goods } from './goods.ts';
import type { Tariff } from './tariff.ts';

/** Units of one item in a parcel. */
export interface PackedLine {
  readonly item: string;
  readonly quantity: number;
}

/** A parcel as packed: the carton with its contents, or an item in its own packing (`carton` undefined). */
export interface PackedParcel {
  readonly carton: Carton | undefined;
  readonly outer: Dimensions;
  readonly grossGrams: number;
  readonly lines: readonly PackedLine[];
  readonly placements: readonly Placement[];
  /** Carton and postage, in nanos of the plan's currency. */
  readonly cartonPrice: Nanos;
  readonly postage: Nanos;
}

/** Units that could not be sent, and why. */
export interface Unpacked {
  readonly item: string;
  readonly quantity: number;
  readonly reason: 'too-large' | 'too-heavy' | 'not-accepted';
}

/** The parcels of an order. */
export interface Packing {
  readonly parcels: readonly PackedParcel[];
  readonly unpacked: readonly Unpacked[];
}

interface Fit {
  readonly carton: Carton;
  readonly placements: readonly Placement[];
}

const MOST_REMEMBERED = 20_000;

/**
 * Packs orders into cartons of one set, by the simplest method that is correct: of the cartons that hold everything, the
 * one for which carton and postage together cost least; when none does, the roomiest is filled first and the rest is
 * packed in the same way. Which cartons hold a basket does not depend on the tariff and is remembered.
 */
export class Packer {
  readonly #cartons: readonly Carton[];
  readonly #roomiest: readonly Carton[];
  readonly #fits = new Map<string, readonly Fit[]>();

  constructor(cartons: readonly Carton[]) {
    const byId = (a: Carton, b: Carton) => (a.id < b.id ? -1 : 1);
    this.#cartons = [...cartons].sort(
      (a, b) => a.price - b.price || volumeMm3(a.outer) - volumeMm3(b.outer) || byId(a, b),
    );
    this.#roomiest = [...cartons].sort(
      (a, b) => volumeMm3(b.inner) - volumeMm3(a.inner) || a.price - b.price || byId(a, b),
    );
  }

  /** The parcels for some goods under a tariff. Every unit is in exactly one parcel or named as unpacked. */
  pack(goods: readonly Goods[], tariff: Tariff): Packing {
    const parcels: PackedParcel[] = [];
    const unpacked: Unpacked[] = [];
    let left: readonly Goods[] = goods.filter((one) => one.quantity > 0);
    while (left.length > 0) {
      const whole = this.#cheapestWhole(left, tariff);
      if (whole) {
        parcels.push(whole);
        break;
      }
      const part = this.#fillRoomiest(left, tariff) ?? this.#inOwnPacking(left, tariff);
      if (!part) {
        unpacked.push(...left.map((one) => this.#refuse(one, tariff)));
        break;
      }
      parcels.push(part);
      left = without(left, part.lines);
    }
    return { parcels, unpacked };
  }

  #cheapestWhole(goods: readonly Goods[], tariff: Tariff): PackedParcel | undefined {
    const massGrams = goods.reduce((sum, one) => sum + one.quantity * one.massGrams, 0);
    let best: { fit: Fit; postage: Nanos } | undefined;
    for (const fit of this.#fitting(goods)) {
      const grossGrams = massGrams + fit.carton.tareGrams;
      const postage = grossGrams > tariff.maxGrossGrams ? undefined : tariff.price(fit.carton.outer, grossGrams);
      if (postage === undefined) continue;
      if (!best || fit.carton.price + postage < best.fit.carton.price + best.postage) best = { fit, postage };
    }
    if (!best) return undefined;
    const { carton, placements } = best.fit;
    return parcelOf(carton, massGrams, linesOf(goods), placements, best.postage);
  }

  /** The cartons that hold all of the goods, cheapest first. */
  #fitting(goods: readonly Goods[]): readonly Fit[] {
    const key = goods.map((one) => `${one.id}*${one.quantity}`).join('+');
    const known = this.#fits.get(key);
    if (known) return known;
    const fits = this.#cartons.flatMap((carton) => wholeFit(carton, goods) ?? []);
    if (this.#fits.size >= MOST_REMEMBERED) this.#fits.clear();
    this.#fits.set(key, fits);
    return fits;
  }

  #fillRoomiest(goods: readonly Goods[], tariff: Tariff): PackedParcel | undefined {
    for (const carton of this.#roomiest) {
      const maxGross = Math.min(carton.maxGrossGrams, tariff.maxGrossGrams);
      const { placed, placements, massGrams } = fillCarton(goods, carton.inner, maxGross - carton.tareGrams);
      if (placements.length === 0) continue;
      const postage = tariff.price(carton.outer, massGrams + carton.tareGrams);
      if (postage === undefined) continue;
      const lines = goods.flatMap((one, index) => {
        const quantity = placed[index] ?? 0;
        return quantity > 0 ? [{ item: one.id, quantity }] : [];
      });
      return parcelOf(carton, massGrams, lines, placements, postage);
    }
    return undefined;
  }

  /** The first item that may travel without a carton, one unit of it. */
  #inOwnPacking(goods: readonly Goods[], tariff: Tariff): PackedParcel | undefined {
    for (const one of goods) {
      if (one.massGrams > tariff.maxGrossGrams) continue;
      const postage = tariff.price(one.size, one.massGrams);
      if (postage === undefined) continue;
      const lines = [{ item: one.id, quantity: 1 }];
      return {
        carton: undefined,
        outer: one.size,
        grossGrams: one.massGrams,
        lines,
        placements: [],
        cartonPrice: 0,
        postage,
      };
    }
    return undefined;
  }

  #refuse(one: Goods, tariff: Tariff): Unpacked {
    const heavy = one.massGrams > tariff.maxGrossGrams;
    const fits = this.#cartons.some((carton) => mayHold(carton, [one], 1));
    return { item: one.id, quantity: one.quantity, reason: heavy ? 'too-heavy' : fits ? 'not-accepted' : 'too-large' };
  }
}

const linesOf = (goods: readonly Goods[]): PackedLine[] =>
  goods.map((one) => ({ item: one.id, quantity: one.quantity }));

const parcelOf = (
  carton: Carton,
  massGrams: number,
  lines: readonly PackedLine[],
  placements: readonly Placement[],
  postage: Nanos,
): PackedParcel => ({
  carton,
  outer: carton.outer,
  grossGrams: massGrams + carton.tareGrams,
  lines,
  placements,
  cartonPrice: carton.price,
  postage,
});

const without = (goods: readonly Goods[], lines: readonly PackedLine[]): Goods[] =>
  goods.flatMap((one) => {
    const gone = lines.find((line) => line.item === one.id)?.quantity ?? 0;
    return one.quantity > gone ? [{ ...one, quantity: one.quantity - gone }] : [];
  });

/** A quick no: volume, mass or a single side already rule the carton out. */
const mayHold = (carton: Carton, goods: readonly Goods[], atMost = Number.POSITIVE_INFINITY): boolean => {
  let volume = 0;
  let massGrams = carton.tareGrams;
  const [long, middle, short] = sidesMm(carton.inner);
  for (const one of goods) {
    const quantity = Math.min(one.quantity, atMost);
    volume += volumeMm3(one.size) * quantity;
    massGrams += one.massGrams * quantity;
    const [a, b, c] = sidesMm(one.size);
    if (a > long || b > middle || c > short) return false;
  }
  return volume <= volumeMm3(carton.inner) && massGrams <= carton.maxGrossGrams;
};

const wholeFit = (carton: Carton, goods: readonly Goods[]): Fit | undefined => {
  if (!mayHold(carton, goods)) return undefined;
  const { placed, placements } = fillCarton(goods, carton.inner, carton.maxGrossGrams - carton.tareGrams);
  return goods.every((one, index) => placed[index] === one.quantity) ? { carton, placements } : undefined;
};
