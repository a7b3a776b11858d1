import { volumeMm3 } from '@crossparcel/units';
import type { Carton, Tariff } from '@crossparcel/warehouse';
import { pack3D } from 'binpackingjs/3d';
import type { PackingOrder } from './packing-orders.ts';

/** An item as binpackingjs takes it; its own types do not resolve under `nodenext`. */
interface Item3D {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly weight: number;
}

const asItems = ({ goods }: PackingOrder): Item3D[] =>
  goods.flatMap(({ id, quantity, size, massGrams }) =>
    Array.from({ length: quantity }, (_, unit) => ({
      name: `${id}~${unit}`,
      width: size.lengthMm,
      height: size.heightMm,
      depth: size.widthMm,
      weight: massGrams,
    })),
  );

const massOf = (items: readonly Item3D[]): number => items.reduce((sum, item) => sum + item.weight, 0);

/**
 * What an order costs as binpackingjs packs it: the smallest carton that it gets everything into, else the carton that it
 * fills with most volume, and the rest in the same way. Undefined when something goes nowhere.
 */
export const costByPeer = (order: PackingOrder, cartons: readonly Carton[], tariff: Tariff): number | undefined => {
  const taken = cartons
    .filter(({ outer }) => tariff.price(outer, 1) !== undefined)
    .sort((a, b) => volumeMm3(a.inner) - volumeMm3(b.inner));
  let left = asItems(order);
  let cost = 0;
  while (left.length > 0) {
    const [next] = fullestFirst(left, taken, tariff);
    if (!next) return undefined;
    const { carton, packed, unfit } = next;
    const postage = tariff.price(carton.outer, massOf(packed) + carton.tareGrams);
    if (postage === undefined) return undefined;
    cost += carton.price + postage;
    left = unfit;
  }
  return cost;
};

interface Filled {
  readonly carton: Carton;
  readonly packed: Item3D[];
  readonly unfit: Item3D[];
}

const fullestFirst = (items: Item3D[], cartons: readonly Carton[], tariff: Tariff): Filled[] => {
  const filled: Filled[] = [];
  for (const carton of cartons) {
    const { lengthMm, widthMm, heightMm } = carton.inner;
    const maxWeight = Math.min(carton.maxGrossGrams, tariff.maxGrossGrams) - carton.tareGrams;
    const bin = { name: carton.id, width: lengthMm, height: heightMm, depth: widthMm, maxWeight };
    const { unfitItems }: { unfitItems: readonly Item3D[] } = pack3D({ bins: [bin], items });
    const isUnfit = new Set(unfitItems.map(({ name }) => name));
    const one = {
      carton,
      packed: items.filter(({ name }) => !isUnfit.has(name)),
      unfit: items.filter(({ name }) => isUnfit.has(name)),
    };
    if (one.unfit.length === 0) return [one];
    if (one.packed.length > 0) filled.push(one);
  }
  const volumeOf = ({ packed }: Filled) => packed.reduce((sum, item) => sum + item.width * item.height * item.depth, 0);
  return filled.sort((a, b) => volumeOf(b) - volumeOf(a));
};
