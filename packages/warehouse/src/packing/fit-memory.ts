import type { Cargo } from './cargo.ts';
import type { Choice } from './choice.ts';
import type { Work } from './effort.ts';
import { FitSearch } from './fit-search.ts';
import { Fitter } from './fitter.ts';
import { FreeSpace } from './free-space.ts';
import type { Room } from './pass.ts';
import { Supply } from './supply.ts';
import { WholeFits } from './whole-fits.ts';

const MOST_REMEMBERED = 20_000;

/**
 * Remembers which cartons hold which cargo: shops send the same baskets over and over, and whether a basket goes into a
 * carton does not depend on what it costs. What is remembered never changes an answer, only when it is found.
 */
export class FitMemory {
  /** The cartons that there are. */
  readonly supply: Supply;
  readonly #choices: readonly Choice[];
  readonly #rooms: readonly Room[];
  readonly #whole = new Map<Work, Map<string, WholeFits>>();
  readonly #space = new FreeSpace();

  constructor(choices: readonly Choice[]) {
    this.supply = new Supply(choices);
    this.#choices = choices;
    this.#rooms = choices.map(({ room }) => room);
  }

  /** A fitter for a cargo; it shares its buffer with all others of this memory. */
  fitter(cargo: Cargo): Fitter {
    return new Fitter(cargo.types, this.#rooms, this.#space);
  }

  /** Which cartons hold the cargo, as far as some work finds out. */
  whole(cargo: Cargo, work: Work): WholeFits {
    let byCargo = this.#whole.get(work);
    if (!byCargo) {
      byCargo = new Map();
      this.#whole.set(work, byCargo);
    }
    const known = byCargo.get(cargo.key);
    if (known) return known;
    if (byCargo.size >= MOST_REMEMBERED) byCargo.clear();
    const found = new WholeFits(
      cargo,
      this.#choices,
      () => new FitSearch(cargo.types, cargo.counts, this.fitter(cargo), work),
    );
    byCargo.set(cargo.key, found);
    return found;
  }
}
