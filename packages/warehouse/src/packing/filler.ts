import type { Choice } from './choice.ts';
import type { Filling, Fitter } from './fitter.ts';
import type { ItemType } from './item-type.ts';
import { Loader } from './loader.ts';

/** How a carton is filled. */
export interface FillWork {
  readonly passes: number;
  /** Blocks that the search may weigh after the passes. */
  readonly blocks: number;
  /** A type of which a unit must go in; it is placed first. */
  readonly lead?: number;
}

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
  fill(counts: Int32Array, { room }: Choice, maxMassGrams: number, { passes, blocks, lead }: FillWork): Filling {
    const filling = this.#fitter.fill(counts, room, maxMassGrams, passes, lead);
    if (blocks === 0 || !this.#searches || filling.counts.every((count, type) => count === counts[type]))
      return filling;
    const loading = new Loader(this.#types, counts, room).load(counts, maxMassGrams, blocks, this.#stop);
    if (lead !== undefined && loading.counts[lead] === 0) return filling;
    return this.#fitter.worthOf(loading.counts) > this.#fitter.worthOf(filling.counts) ? loading : filling;
  }

  massOf(counts: Int32Array): number {
    return counts.reduce((sum, count, type) => sum + count * (this.#types[type] as ItemType).massGrams, 0);
  }
}
