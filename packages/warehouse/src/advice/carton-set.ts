import { type Dimensions, type Nanos, sidesMm, volumeMm3 } from '@crossparcel/units';
import type { Carton } from '../packing/carton.ts';
import type { Goods } from '../packing/goods.ts';
import { Packer } from '../packing/packer.ts';
import type { PackedParcel } from '../packing/packing.ts';
import type { Tariff } from '../packing/tariff.ts';
import { wholeTotal } from './explain.ts';

/** An order of the history, with the tariff by which it goes. */
export interface PastOrder {
  readonly goods: readonly Goods[];
  readonly tariff: Tariff;
}

/** A change of the set. */
export interface SetChange {
  readonly add: Carton;
  readonly drop: string | undefined;
  /** What it saves after those before it, whole orders in one carton. */
  readonly saves: Nanos;
}

/** A carton set for a shop's history. Costs are sums over the history in nanos of the currency of the cartons. */
export interface SetAdvice {
  readonly now: Nanos;
  readonly proposed: Nanos;
  readonly cartons: readonly Carton[];
  readonly changes: readonly SetChange[];
}

/** New sizes are whole centimetres: what a maker of cartons offers. */
const STEP_MM = 10;
/** Most new sizes that are weighed. */
const MOST_CANDIDATES = 40;
/** Changes after which the search ends in any case. */
const MOST_CHANGES = 20;

const upToStep = (mm: number): number => Math.ceil(mm / STEP_MM) * STEP_MM;

const surfaceMm2 = ({ lengthMm: l, widthMm: w, heightMm: h }: Dimensions): number => 2 * (l * w + l * h + w * h);

/** A straight line through points by least squares, not below zero. */
const lineThrough = (points: readonly (readonly [number, number])[]): ((x: number) => number) => {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const slope = spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread;
  return (x) => Math.max(0, my + slope * (x - mx));
};

/** Makes cartons of new sizes: price, tare and walls follow from the surface as they do in the present set. */
class CartonMaker {
  readonly #price: (surface: number) => number;
  readonly #tare: (surface: number) => number;
  readonly #wallsMm: number;
  readonly #maxGrossGrams: number;

  constructor(cartons: readonly Carton[]) {
    const points = (of: (carton: Carton) => number) =>
      cartons.map((carton) => [surfaceMm2(carton.outer), of(carton)] as const);
    this.#price = lineThrough(points(({ price }) => price));
    this.#tare = lineThrough(points(({ tareGrams }) => tareGrams));
    this.#wallsMm = Math.max(...cartons.map(({ inner, outer }) => outer.lengthMm - inner.lengthMm));
    this.#maxGrossGrams = Math.max(...cartons.map(({ maxGrossGrams }) => maxGrossGrams));
  }

  make(inner: Dimensions): Carton {
    const outer = {
      lengthMm: inner.lengthMm + this.#wallsMm,
      widthMm: inner.widthMm + this.#wallsMm,
      heightMm: inner.heightMm + this.#wallsMm,
    };
    const surface = surfaceMm2(outer);
    return {
      id: `new-${inner.lengthMm}x${inner.widthMm}x${inner.heightMm}`,
      inner,
      outer,
      tareGrams: Math.round(this.#tare(surface)),
      maxGrossGrams: this.#maxGrossGrams,
      price: Math.round(this.#price(surface)),
    };
  }
}

/** The room that the goods of a parcel take up, longest side first, in whole steps. */
const snugSize = ({ placements }: PackedParcel): Dimensions | undefined => {
  if (placements.length === 0) return undefined;
  const extent = (of: (placement: PackedParcel['placements'][number]) => number) => Math.max(...placements.map(of));
  const [lengthMm, widthMm, heightMm] = sidesMm({
    lengthMm: upToStep(extent(({ x, lengthMm: long }) => x + long)),
    widthMm: upToStep(extent(({ y, widthMm: wide }) => y + wide)),
    heightMm: upToStep(extent(({ z, heightMm: high }) => z + high)),
  });
  return { lengthMm, widthMm, heightMm };
};

const costOf = (parcels: readonly PackedParcel[], { perParcel = 0 }: Tariff): Nanos =>
  parcels.reduce((sum, { cartonPrice, postage }) => sum + cartonPrice + postage + perParcel, 0);

/**
 * Proposes a carton set of a size for a history of orders: sizes that parcels of the history would fill snugly are weighed
 * against the present ones, and the exchange that saves most is made until none saves anything. The exchange looks at
 * whole orders in one carton; the costs that are told are those of packing the whole history again. `onProgress` is told
 * how many cartons have been weighed.
 */
export const adviseCartons = (
  orders: readonly PastOrder[],
  cartons: readonly Carton[],
  most: number,
  onProgress: (done: number, all: number) => void = () => undefined,
): SetAdvice => {
  const packer = new Packer(cartons);
  const packed = orders.map(({ goods, tariff }) => packer.pack(goods, tariff, { effort: 'normal' }).parcels);
  const plan = packed.map((parcels, index) => costOf(parcels, (orders[index] as PastOrder).tariff));
  const candidates = newCartons(packed.flat(), cartons);
  const all = [...cartons, ...candidates];
  const costs = all.map((carton, at) => {
    onProgress(at, all.length);
    const alone = new Packer([carton]);
    return Float64Array.from(orders, ({ goods, tariff }) => {
      const total = wholeTotal(alone, goods, tariff);
      return total === undefined ? Number.POSITIVE_INFINITY : total + (tariff.perParcel ?? 0);
    });
  });
  const place = new Map(cartons.map(({ id }, at) => [id, at]));
  const plans = packed.map((parcels, index) => ({
    cost: plan[index] as Nanos,
    uses: [...new Set(parcels.flatMap(({ carton }) => (carton ? (place.get(carton.id) ?? []) : [])))],
  }));
  const { chosen, changes } = exchange(costs, plans, cartons.length, most);
  const proposed = chosen.map((at) => all[at] as Carton);
  return {
    now: sum(plan),
    proposed: repackedCost(orders, proposed, plan),
    cartons: proposed,
    changes: changes.map(({ add, drop, saves }) => ({
      add: all[add] as Carton,
      saves,
      drop: drop === undefined ? undefined : (all[drop] as Carton).id,
    })),
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What the history costs in another set; an order that it does not hold as well stays as it is. */
const repackedCost = (orders: readonly PastOrder[], cartons: readonly Carton[], plan: readonly Nanos[]): Nanos => {
  const packer = new Packer(cartons);
  return sum(
    orders.map(({ goods, tariff }, index) => {
      const { parcels, unpacked } = packer.pack(goods, tariff, { effort: 'normal' });
      return unpacked.length > 0 ? (plan[index] as Nanos) : costOf(parcels, tariff);
    }),
  );
};

/** Snug sizes of the history, those that most parcels want first, as cartons. */
const newCartons = (parcels: readonly PackedParcel[], present: readonly Carton[]): Carton[] => {
  const maker = new CartonMaker(present);
  const known = new Set(present.map(({ inner }) => String(sidesMm(inner))));
  const wanted = new Map<string, { size: Dimensions; parcels: number }>();
  for (const parcel of parcels) {
    const size = snugSize(parcel);
    const key = size && String(sidesMm(size));
    if (!size || !key || known.has(key)) continue;
    const one = wanted.get(key) ?? { size, parcels: 0 };
    one.parcels += 1;
    wanted.set(key, one);
  }
  return [...wanted.values()]
    .sort((a, b) => b.parcels - a.parcels || volumeMm3(a.size) - volumeMm3(b.size))
    .slice(0, MOST_CANDIDATES)
    .map(({ size }) => maker.make(size));
};

interface Exchange {
  readonly add: number;
  readonly drop: number | undefined;
  readonly saves: Nanos;
}

/** What an order costs as it is packed now, and the cartons of the present set that it uses. */
interface Plan {
  readonly cost: Nanos;
  readonly uses: readonly number[];
}

/**
 * Adds the candidate that saves most, and drops the carton that is missed least while there are too many, as long as the
 * whole saves. `costs[c][o]` is order `o` whole in carton `c`. An order may also stay as it is while its cartons do.
 */
const exchange = (
  costs: readonly Float64Array[],
  plans: readonly Plan[],
  present: number,
  most: number,
): { chosen: number[]; changes: Exchange[] } => {
  const chosen = Array.from({ length: present }, (_, index) => index);
  const changes: Exchange[] = [];
  const total = (set: readonly number[]): number => {
    let all = 0;
    for (const [order, { cost, uses }] of plans.entries()) {
      let least = uses.every((one) => set.includes(one)) ? cost : Number.POSITIVE_INFINITY;
      for (const carton of set) least = Math.min(least, costs[carton]?.[order] ?? Number.POSITIVE_INFINITY);
      all += least;
    }
    return all;
  };
  let now = total(chosen);
  while (changes.length < MOST_CHANGES) {
    const offers = costs.flatMap((_, add) => {
      if (chosen.includes(add)) return [];
      const more = [...chosen, add];
      const drops = more.length <= most ? [undefined] : chosen;
      return drops.map((drop) => ({ add, drop, cost: total(more.filter((one) => one !== drop)) }));
    });
    const best = offers.reduce<(typeof offers)[number] | undefined>(
      (least, offer) => (least && least.cost <= offer.cost ? least : offer),
      undefined,
    );
    if (!best || best.cost >= now) break;
    if (best.drop !== undefined) chosen.splice(chosen.indexOf(best.drop), 1);
    chosen.push(best.add);
    changes.push({ add: best.add, drop: best.drop, saves: now - best.cost });
    now = best.cost;
  }
  return { chosen, changes };
};
