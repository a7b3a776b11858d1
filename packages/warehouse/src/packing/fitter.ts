import { type Generator, generatorOf } from '@crossparcel/numerics';
import type { FreeSpace } from './free-space.ts';
import type { ItemType } from './item-type.ts';
import { type Lot, Pass, type Preference, type Room } from './pass.ts';

/** Ways to order types, biggest first by some measure of their sides (longest first). */
const MEASURES: readonly ((sides: readonly [number, number, number]) => number)[] = [
  ([a, b, c]) => a * b * c,
  ([a]) => a,
  ([a, b]) => a * b,
  ([, , c]) => c,
  ([a, b, c]) => a + b + c,
];

const PREFERENCES: readonly Preference[] = ['snug', 'low', 'small-space', 'near-corner', 'touching-top'];

const sidesOf = (type: ItemType): readonly [number, number, number] => {
  const [a = 0, b = 0, c = 0] = [...type.turns.subarray(0, 3)].sort((x, y) => y - x);
  return [a, b, c];
};

/** Some units in a carton: how many of each type, and where they lie in loading order. */
export interface Filling {
  readonly counts: Int32Array;
  readonly layout: Int32Array;
}

/** Seeks a loading of all of some units into one carton, by constructive passes. One fitter serves one cargo's types. */
export class Fitter {
  readonly #pass: Pass;
  readonly #orders: readonly (readonly number[])[];
  readonly #meanMass: number;
  readonly #meanVolume: number;

  /** `space` is a buffer that fitters may share. */
  constructor(types: readonly ItemType[], space: FreeSpace) {
    this.#pass = new Pass(types, space);
    this.#meanMass = Math.max(1, types.reduce((sum, type) => sum + type.massGrams, 0) / types.length);
    this.#meanVolume = types.reduce((sum, type) => sum + type.volume, 0) / types.length;
    const sides = types.map(sidesOf);
    const distinct = new Map<string, number[]>();
    for (const measure of MEASURES) {
      const sizes = sides.map(measure);
      const order = types.map((_, index) => index).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
      distinct.set(order.join(), order);
    }
    this.#orders = [...distinct.values()];
  }

  /** Spaces looked at so far. */
  get looked(): number {
    return this.#pass.looked;
  }

  /** Where each unit lies when all of them go in, as a loading order of units; undefined when no pass gets them in. */
  fit(counts: ArrayLike<number>, room: Room, passes: number): Int32Array | undefined {
    let units = 0;
    for (let type = 0; type < counts.length; type += 1) units += counts[type] as number;
    const plans = this.#orders.length * PREFERENCES.length;
    const generator = passes > plans ? generatorOf(units) : undefined;
    for (let pass = 0; pass < passes; pass += 1) {
      const preference = PREFERENCES[pass % PREFERENCES.length] as Preference;
      const turn = Math.floor(pass / PREFERENCES.length) + (pass % PREFERENCES.length);
      const order = this.#orders[turn % this.#orders.length] as readonly number[];
      const lots = generator && pass >= plans ? shuffled(order, counts, generator) : lotsOf(order, counts);
      if (this.#pass.run(lots, room, Number.POSITIVE_INFINITY, preference) === units)
        return this.#pass.units.loadingOrder();
    }
    return undefined;
  }

  /** Fills a room with as much mass and volume as goes in, up to a mass; the fullest of some passes. */
  fill(counts: ArrayLike<number>, room: Room, maxMassGrams: number, passes: number): Filling {
    const generator = generatorOf(counts.length);
    let best: Filling = { counts: new Int32Array(counts.length), layout: new Int32Array() };
    let bestWorth = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      const preference = PREFERENCES[pass % PREFERENCES.length] as Preference;
      const order = this.#orders[pass % this.#orders.length] as readonly number[];
      const lots = pass >= PREFERENCES.length ? shuffled(order, counts, generator) : lotsOf(order, counts);
      if (this.#pass.run(lots, room, maxMassGrams, preference) === 0) continue;
      const worth = this.#pass.massGrams / this.#meanMass + this.#pass.volume / this.#meanVolume;
      if (worth <= bestWorth) continue;
      bestWorth = worth;
      best = { counts: this.#pass.placed(), layout: this.#pass.units.loadingOrder() };
    }
    return best;
  }
}

const lotsOf = (order: readonly number[], counts: ArrayLike<number>): Lot[] =>
  order.flatMap((type) => {
    const quantity = counts[type] as number;
    return quantity > 0 ? [{ type, quantity }] : [];
  });

/** An order with some neighbours exchanged and some lots taken apart. */
const shuffled = (order: readonly number[], counts: ArrayLike<number>, generator: Generator): Lot[] => {
  const lots = lotsOf(order, counts).flatMap((lot): Lot[] => {
    if (lot.quantity === 1 || generator.integer(0, 1) === 0) return [lot];
    const first = generator.integer(1, lot.quantity - 1);
    return [
      { type: lot.type, quantity: first },
      { type: lot.type, quantity: lot.quantity - first },
    ];
  });
  const rank = lots.map((_, index) => index + generator.unit() * lots.length * 0.6);
  return lots
    .map((lot, index) => ({ lot, rank: rank[index] as number }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ lot }) => lot);
};
