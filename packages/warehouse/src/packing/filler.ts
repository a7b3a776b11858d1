import type { Choice } from './choice.ts';
import type { Filling, Fitter } from './fitter.ts';
import type { ItemType } from './item-type.ts';
import { Loader } from './loader.ts';

/** Fills cartons with as much as goes in: by constructive passes, then by a search over blocks where its rules allow that. */
export class Filler {
  readonly #types: readonly ItemType[];
  readonly #fitter: Fitter;
  readonly #searches: boolean;
  readonly #stop: () => boolean;

  constructor(types: readonly ItemType[], fitter: Fitter, stop: () => boolean) {
    this.#types = types;
    this.#fitter = fitter;
    // The block search knows neither load limits nor goods to be kept apart.
    this.#searches = types.every(
      ({ maxLoadGrams, apartFrom }) => maxLoadGrams === Number.POSITIVE_INFINITY && apartFrom.length === 0,
    );
    this.#stop = stop;
  }

  /** The fullest filling of a carton with some of the units, up to a mass. */
  fill(counts: Int32Array, { room }: Choice, maxMassGrams: number, passes: number, blocks: number): Filling {
    const filling = this.#fitter.fill(counts, room, maxMassGrams, passes);
    if (blocks === 0 || !this.#searches || filling.counts.every((count, type) => count === counts[type]))
      return filling;
    const loading = new Loader(this.#types, counts, room).load(counts, maxMassGrams, blocks, this.#stop);
    return this.worthOf(loading.counts) > this.worthOf(filling.counts) ? loading : filling;
  }

  /** Mass and volume of some units, each against what is usual for this cargo, so that the two can be added. */
  worthOf(counts: ArrayLike<number>): number {
    return this.#fitter.worthOf(counts);
  }

  massOf(counts: Int32Array): number {
    return counts.reduce((sum, count, type) => sum + count * (this.#types[type] as ItemType).massGrams, 0);
  }
}
