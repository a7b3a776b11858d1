import type { Cargo } from './cargo.ts';
import { type Choice, goesInto } from './choice.ts';
import type { Work } from './effort.ts';
import { FitSearch } from './fit-search.ts';
import { Fitter } from './fitter.ts';
import { FreeSpace } from './free-space.ts';
import type { Fit } from './part.ts';
import type { Room } from './pass.ts';

const MOST_REMEMBERED = 20_000;

/** Which cartons hold a whole cargo: found out once, whatever the tariff. */
export interface WholeFits {
  /** Choices that sides and volume allow. */
  readonly candidates: readonly number[];
  readonly units: number;
  readonly massGrams: number;
  readonly volume: number;
  /** Whether the cargo goes into the carton of a choice, and how. */
  ask(choice: number): Fit;
}

/**
 * Remembers which cartons hold which cargo: shops send the same baskets over and over, and whether a basket goes into a
 * carton does not depend on what it costs. What is remembered never changes an answer, only when it is found.
 */
export class FitMemory {
  readonly #choices: readonly Choice[];
  readonly #rooms: readonly Room[];
  readonly #whole = new Map<Work, Map<string, WholeFits>>();
  readonly #space = new FreeSpace();

  constructor(choices: readonly Choice[]) {
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
    const found = this.#ask(cargo, work);
    byCargo.set(cargo.key, found);
    return found;
  }

  #ask(cargo: Cargo, work: Work): WholeFits {
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
    const answers = new Map<number, Fit>();
    let search: FitSearch | undefined;
    return {
      candidates,
      units: counts.reduce((sum, count) => sum + count, 0),
      massGrams,
      volume,
      ask: (choice) => {
        if (answers.has(choice)) return answers.get(choice);
        search ??= new FitSearch(types, counts, this.fitter(cargo), work);
        const answer = search.ask(counts, (this.#choices[choice] as Choice).room);
        answers.set(choice, answer);
        return answer;
      },
    };
  }
}
