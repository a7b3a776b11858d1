import type { Carton } from './carton.ts';
import type { Choice } from './choice.ts';
import { OWN_PACKING, type Part } from './part.ts';

/** How many cartons of each kind are left beside those that some parts use. */
export class Supply {
  readonly #choices: readonly Choice[];
  readonly #limited: boolean;

  constructor(choices: readonly Choice[]) {
    this.#choices = choices;
    this.#limited = choices.some(({ source }) => source.available !== undefined);
  }

  /** Whether one more carton of a choice may be used. */
  allows(choice: number, parts: readonly Part[]): boolean {
    if (!this.#limited) return true;
    const { source } = this.#choices[choice] as Choice;
    return this.#used(source, parts) < (source.available ?? Number.POSITIVE_INFINITY);
  }

  /** Whether there are cartons enough for the parts. */
  covers(parts: readonly Part[]): boolean {
    if (!this.#limited) return true;
    return this.#choices.every(({ source }) => this.#used(source, parts) <= (source.available ?? parts.length));
  }

  #used(source: Carton, parts: readonly Part[]): number {
    let used = 0;
    for (const { choice } of parts) if (choice !== OWN_PACKING && this.#choices[choice]?.source === source) used += 1;
    return used;
  }
}
