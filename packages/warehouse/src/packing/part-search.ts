import type { Cargo } from './cargo.ts';
import type { Choice } from './choice.ts';
import { CountSpace } from './count-space.ts';
import { Division } from './division.ts';
import type { Work } from './effort.ts';
import { Filler } from './filler.ts';
import type { FitMemory, WholeFits } from './fit-memory.ts';
import type { Fitter } from './fitter.ts';
import type { Offers } from './offers.ts';
import type { Refusal } from './packing.ts';
import type { FitQuestion, Part } from './part.ts';
import { refusalOf } from './refusal.ts';
import { Spread } from './spread.ts';
import { Supply } from './supply.ts';

/** The parcels of a cargo, and the units of each type that are in none, with the reason. */
export interface Found {
  readonly parts: readonly Part[];
  readonly refused: readonly { readonly type: number; readonly quantity: number; readonly reason: Refusal }[];
}

/** More cartons of a kind than the loading work is shared out over. */
const MANY = 10;

/** Looks for the best division of one cargo over the cartons on offer. */
export class PartSearch {
  readonly #cargo: Cargo;
  readonly #offers: Offers;
  readonly #memory: FitMemory;
  readonly #work: Work;
  readonly #supply: Supply;
  readonly #whole: WholeFits;
  readonly #stop: () => boolean;
  #keptFitter: Fitter | undefined;
  #kept: Filler | undefined;

  constructor(cargo: Cargo, offers: Offers, memory: FitMemory, work: Work, stop: () => boolean) {
    this.#cargo = cargo;
    this.#offers = offers;
    this.#memory = memory;
    this.#work = work;
    this.#stop = stop;
    this.#supply = new Supply(offers.choices);
    this.#whole = memory.whole(cargo, work.passes);
  }

  run(): Found {
    const whole = this.#work.divides ? undefined : this.#cheapestWhole();
    if (whole) return { parts: [whole], refused: [] };
    const { types, counts } = this.#cargo;
    const reasons = types.map((type) => refusalOf(type, this.#offers));
    const sendable = counts.map((count, type) => (reasons[type] ? 0 : count));
    const parts = this.#divide(sendable);
    const left = counts.slice();
    for (const part of parts) for (const [type, count] of part.counts.entries()) left[type] = (left[type] ?? 0) - count;
    const refused = [...left].flatMap((quantity, type) =>
      quantity > 0 ? [{ type, quantity, reason: reasons[type] ?? ('no-carton-left' as const) }] : [],
    );
    return { parts, refused };
  }

  /** The cargo in the cheapest carton that holds all of it. */
  #cheapestWhole(): Part | undefined {
    const { candidates, massGrams, layout } = this.#whole;
    const unfit = new Set<number>();
    for (;;) {
      let best: number | undefined;
      let bestCost = Number.POSITIVE_INFINITY;
      for (const choice of candidates) {
        if (unfit.has(choice) || !this.#supply.allows(choice, [])) continue;
        const cost = this.#offers.cost(choice, massGrams);
        if (cost >= bestCost) continue;
        best = choice;
        bestCost = cost;
      }
      if (best === undefined) return undefined;
      const found = layout(best);
      if (found) return { counts: this.#cargo.counts, choice: best, cost: bestCost, layout: found };
      unfit.add(best);
    }
  }

  #divide(counts: Int32Array): readonly Part[] {
    if (counts.every((count) => count === 0)) return [];
    const { types } = this.#cargo;
    if (CountSpace.pairsOf(counts) <= this.#work.pairs) {
      const parts = new Division(types, counts, this.#offers, this.#fits).solve(this.#stop);
      if (parts && this.#supply.covers(parts)) return parts;
    }
    const spread = new Spread(types, this.#offers, this.#supply, this.#filler(), this.#fits, this.#work);
    return spread.solve(counts) ?? this.#loadWhatGoes(counts);
  }

  /** One carton after the other, the roomiest first, until none is left or nothing goes in. */
  #loadWhatGoes(counts: Int32Array): readonly Part[] {
    const parts: Part[] = [];
    const left = counts.slice();
    const { choices } = this.#offers;
    const roomiest = choices
      .map((_, choice) => choice)
      .sort((a, b) => (choices[b] as Choice).volume - (choices[a] as Choice).volume || a - b);
    const { fills, loading } = this.#work;
    const cartons = choices.reduce((sum, { source }) => sum + Math.min(source.available ?? MANY, MANY), 0);
    const work = { passes: fills, blocks: loading / cartons };
    for (const choice of roomiest) {
      while (this.#supply.allows(choice, parts)) {
        const most = this.#offers.maxMassGrams(choice);
        const filling = this.#filler().fill(left, choices[choice] as Choice, most, work);
        const cost = this.#offers.cost(choice, this.#filler().massOf(filling.counts));
        if (filling.layout.length === 0 || cost === Number.POSITIVE_INFINITY) break;
        parts.push({ ...filling, choice, cost });
        for (const [type, count] of filling.counts.entries()) left[type] = (left[type] as number) - count;
      }
    }
    return parts;
  }

  readonly #fits: FitQuestion = (counts, choice) => {
    const { counts: all } = this.#cargo;
    if (counts.every((count, type) => count === all[type])) return this.#whole.layout(choice);
    return this.#fitter().fit(counts, (this.#offers.choices[choice] as Choice).room, this.#work.passes);
  };

  #fitter(): Fitter {
    this.#keptFitter ??= this.#memory.fitter(this.#cargo);
    return this.#keptFitter;
  }

  #filler(): Filler {
    this.#kept ??= new Filler(this.#cargo.types, this.#fitter(), this.#stop);
    return this.#kept;
  }
}
