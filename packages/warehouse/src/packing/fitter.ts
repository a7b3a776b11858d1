import { type Generator, generatorOf } from '@crossparcel/numerics';
import { goesInto } from './choice.ts';
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

/** Passes that go through orders and preferences before orders are shuffled. */
const PLANS = 5;

/** How far a shuffled lot may move, as a share of all lots. */
const SHUFFLE = 0.6;

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
  readonly #types: readonly ItemType[];
  /** What a unit of each type is worth in a filling. */
  readonly #worth: Float64Array;
  /** Types that few cartons take, first. */
  readonly #choosy: readonly number[];

  /** `space` is a buffer that fitters may share. */
  constructor(types: readonly ItemType[], rooms: readonly Room[], space: FreeSpace) {
    this.#types = types;
    this.#pass = new Pass(types, space);
    const meanMass = Math.max(1, types.reduce((sum, type) => sum + type.massGrams, 0) / types.length);
    const meanVolume = types.reduce((sum, type) => sum + type.volume, 0) / types.length;
    const takers = types.map((type) => Math.max(1, rooms.filter((room) => goesInto(type, room)).length));
    this.#worth = Float64Array.from(
      types,
      ({ massGrams, volume }, type) =>
        ((massGrams / meanMass + volume / meanVolume) * rooms.length) / (takers[type] as number),
    );
    this.#choosy = types.map((_, type) => type).sort((a, b) => (takers[a] as number) - (takers[b] as number) || a - b);
    const sides = types.map(sidesOf);
    const distinct = new Map<string, number[]>();
    const add = (order: number[]) => distinct.set(order.join(), order);
    // What bears more goes in first, so that it comes to lie below.
    const limits = types.map(({ maxLoadGrams }) => maxLoadGrams);
    if (limits.some((limit) => limit < Number.POSITIVE_INFINITY)) add(fallingBy(limits));
    for (const measure of MEASURES) add(fallingBy(sides.map(measure)));
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
    const plans = Math.min(PLANS, this.#orders.length * PREFERENCES.length);
    const generator = passes > plans ? generatorOf(units) : undefined;
    for (let pass = 0; pass < passes; pass += 1) {
      const preference = PREFERENCES[pass % PREFERENCES.length] as Preference;
      const turn = Math.floor(pass / PREFERENCES.length) + (pass % PREFERENCES.length);
      const order = this.#orders[turn % this.#orders.length] as readonly number[];
      const lots = generator && pass >= plans ? shuffled(order, counts, this.#types, generator) : lotsOf(order, counts);
      if (this.#pass.run(lots, room, Number.POSITIVE_INFINITY, preference) === units)
        return this.#pass.units.loadingOrder();
    }
    return undefined;
  }

  /** What some units are worth in a filling: mass and volume, each against what is usual, more where few cartons take them. */
  worthOf(counts: ArrayLike<number>): number {
    let worth = 0;
    for (const [type, each] of this.#worth.entries()) worth += (counts[type] as number) * each;
    return worth;
  }

  /** Fills a room with as much mass and volume as goes in, up to a mass, a unit of `lead` first; the fullest of some passes. */
  fill(counts: ArrayLike<number>, room: Room, maxMassGrams: number, passes: number, lead?: number): Filling {
    const generator = generatorOf(counts.length);
    let best: Filling = { counts: new Int32Array(counts.length), layout: new Int32Array() };
    let bestWorth = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      const preference = PREFERENCES[pass % PREFERENCES.length] as Preference;
      const order = pass === 0 ? this.#choosy : (this.#orders[pass % this.#orders.length] as readonly number[]);
      const lots = pass >= PREFERENCES.length ? shuffled(order, counts, this.#types, generator) : lotsOf(order, counts);
      if (this.#pass.run(lots, room, maxMassGrams, preference) === 0) continue;
      if (lead !== undefined && this.#pass.placed[lead] === 0) continue;
      const worth = this.worthOf(this.#pass.placed);
      if (worth <= bestWorth) continue;
      bestWorth = worth;
      best = { counts: this.#pass.placed.slice(), layout: this.#pass.units.loadingOrder() };
    }
    return best;
  }
}

/** Indexes by falling size, equal ones by index. */
const fallingBy = (sizes: readonly number[]): number[] =>
  sizes
    .map((_, index) => index)
    .sort((a, b) => {
      const [first, second] = [sizes[a] as number, sizes[b] as number];
      return first === second ? a - b : first < second ? 1 : -1;
    });

const lotsOf = (order: readonly number[], counts: ArrayLike<number>): Lot[] =>
  order.flatMap((type) => {
    const quantity = counts[type] as number;
    return quantity > 0 ? [{ type, quantity }] : [];
  });

/** An order with some neighbours exchanged, some lots taken apart, and most told how to stand. */
const shuffled = (
  order: readonly number[],
  counts: ArrayLike<number>,
  types: readonly ItemType[],
  generator: Generator,
): Lot[] => {
  const lots = lotsOf(order, counts).flatMap(({ type, quantity }): Lot[] => {
    const ways = (types[type] as ItemType).turns.length / 3;
    const lot = (units: number): Lot => {
      const way = generator.integer(0, 2 * ways - 1);
      return way < ways ? { type, quantity: units, turn: 3 * way } : { type, quantity: units };
    };
    if (quantity === 1 || generator.integer(0, 1) === 0) return [lot(quantity)];
    const first = generator.integer(1, quantity - 1);
    return [lot(first), lot(quantity - first)];
  });
  const ranked = lots.map((lot, index) => ({ lot, rank: index + generator.unit() * lots.length * SHUFFLE }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ lot }) => lot);
};
