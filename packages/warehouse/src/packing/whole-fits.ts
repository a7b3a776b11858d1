import type { Cargo } from './cargo.ts';
import { type Choice, goesInto } from './choice.ts';
import type { FitSearch } from './fit-search.ts';
import type { Fit } from './part.ts';

/** Which cartons hold a whole cargo: found out once, whatever the tariff. */
export class WholeFits {
  /** Choices that sides and volume allow. */
  readonly candidates: readonly number[];
  readonly units: number;
  readonly massGrams: number;
  readonly volume: number;
  readonly #counts: Int32Array;
  readonly #choices: readonly Choice[];
  readonly #search: () => FitSearch;
  readonly #answers = new Map<number, Fit>();
  #open: readonly number[];

  /** `search` is made only when something has to be searched. */
  constructor({ types, counts }: Cargo, choices: readonly Choice[], search: () => FitSearch) {
    this.#counts = counts;
    this.#choices = choices;
    this.#search = search;
    this.units = counts.reduce((sum, count) => sum + count, 0);
    this.massGrams = types.reduce((sum, type, index) => sum + type.massGrams * (counts[index] as number), 0);
    const volume = types.reduce((sum, type, index) => sum + type.volume * (counts[index] as number), 0);
    this.volume = volume;
    this.candidates = choices.flatMap((choice, index) =>
      volume <= choice.volume && types.every((type) => goesInto(type, choice.room)) ? [index] : [],
    );
    this.#open = this.candidates;
  }

  /** The candidates of which it is not known that no loading is found. */
  get open(): readonly number[] {
    return this.#open;
  }

  /** Whether the cargo goes into the carton of a choice, and how. */
  ask(choice: number): Fit {
    if (this.#answers.has(choice)) return this.#answers.get(choice);
    const answer = this.#search().ask(this.#counts, (this.#choices[choice] as Choice).room);
    this.#answers.set(choice, answer);
    if (!answer || answer === 'never') this.#open = this.#open.filter((one) => one !== choice);
    return answer;
  }
}
