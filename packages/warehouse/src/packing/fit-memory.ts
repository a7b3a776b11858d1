import type { Cargo } from './cargo.ts';
import { type Choice, goesInto } from './choice.ts';
import { Fitter } from './fitter.ts';
import { FreeSpace } from './free-space.ts';
import type { Room } from './pass.ts';

const MOST_REMEMBERED = 20_000;

/** Which cartons hold a whole cargo: found out once, whatever the tariff. */
export interface WholeFits {
  /** Choices that sides and volume allow. */
  readonly candidates: readonly number[];
  readonly massGrams: number;
  /** Where the units lie, in loading order; undefined when no loading was found. */
  layout(choice: number): Int32Array | undefined;
}

/**
 * Remembers which cartons hold which cargo: shops send the same baskets over and over, and whether a basket goes into a
 * carton does not depend on what it costs. What is remembered never changes an answer, only when it is found.
 */
export class FitMemory {
  readonly #choices: readonly Choice[];
  readonly #rooms: readonly Room[];
  readonly #whole = new Map<string, WholeFits>();
  readonly #space = new FreeSpace();

  constructor(choices: readonly Choice[]) {
    this.#choices = choices;
    this.#rooms = choices.map(({ room }) => room);
  }

  /** A fitter for a cargo; it shares its buffer with all others of this memory. */
  fitter(cargo: Cargo): Fitter {
    return new Fitter(cargo.types, this.#rooms, this.#space);
  }

  whole(cargo: Cargo, passes: number): WholeFits {
    const key = `${passes}#${cargo.key}`;
    const known = this.#whole.get(key);
    if (known) return known;
    if (this.#whole.size >= MOST_REMEMBERED) this.#whole.clear();
    const found = this.#ask(cargo, passes);
    this.#whole.set(key, found);
    return found;
  }

  #ask(cargo: Cargo, passes: number): WholeFits {
    const { types, counts } = cargo;
    let volume = 0;
    let massGrams = 0;
    for (const [index, type] of types.entries()) {
      volume += type.volume * (counts[index] as number);
      massGrams += type.massGrams * (counts[index] as number);
    }
    const candidates = this.#choices.flatMap((choice, index) =>
      volume <= choice.volume && types.every((type) => goesInto(type, choice.room)) ? [index] : [],
    );
    const layouts = new Map<number, Int32Array | undefined>();
    let fitter: Fitter | undefined;
    return {
      candidates,
      massGrams,
      layout: (choice) => {
        if (layouts.has(choice)) return layouts.get(choice);
        fitter ??= this.fitter(cargo);
        const layout = fitter.fit(counts, (this.#choices[choice] as Choice).room, passes);
        layouts.set(choice, layout);
        return layout;
      },
    };
  }
}
