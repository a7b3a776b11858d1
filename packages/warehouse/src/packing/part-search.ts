import { costOfTwoOrMore } from './bound.ts';
import type { Cargo } from './cargo.ts';
import type { Choice } from './choice.ts';
import { CountSpace } from './count-space.ts';
import { Division } from './division.ts';
import type { Work } from './effort.ts';
import { Filler } from './filler.ts';
import type { FitMemory } from './fit-memory.ts';
import { FitSearch } from './fit-search.ts';
import type { Fitter } from './fitter.ts';
import type { Offers } from './offers.ts';
import type { Refusal } from './packing.ts';
import type { FitQuestion, Part } from './part.ts';
import { ownPackings, type Ware } from './price-table.ts';
import { refusalOf } from './refusal.ts';
import { Spread } from './spread.ts';
import type { Supply } from './supply.ts';
import type { WholeFits } from './whole-fits.ts';

/** The parcels of a cargo, and the units of each type that are in none, with the reason. */
export interface Found {
  readonly parts: readonly Part[];
  readonly refused: readonly { readonly type: number; readonly quantity: number; readonly reason: Refusal }[];
  /** What every division of the packed units costs at least; 0 when nothing is known. */
  readonly bound: number;
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
  readonly #wares: () => readonly Ware[];
  #keptFitter: Fitter | undefined;
  #keptFiller: Filler | undefined;
  #keptSearch: FitSearch | undefined;

  /** `wares` gives the price table of the offers, which orders under one tariff share. */
  constructor(
    cargo: Cargo,
    offers: Offers,
    memory: FitMemory,
    work: Work,
    wares: () => readonly Ware[],
    stop: () => boolean,
  ) {
    this.#cargo = cargo;
    this.#offers = offers;
    this.#memory = memory;
    this.#work = work;
    this.#wares = wares;
    this.#stop = stop;
    this.#supply = memory.supply;
    this.#whole = memory.whole(cargo, work);
  }

  run(): Found {
    const whole = this.#cheapestWhole();
    if (whole && !this.#work.divides) return { parts: [whole], refused: [], bound: 0 };
    const { types, counts } = this.#cargo;
    if (whole) {
      const least = this.#leastOfTwo(whole.cost);
      if (whole.cost <= least) return { parts: [whole], refused: [], bound: Math.min(least, this.#wholeBound()) };
    }
    const reasons = types.map((type) => refusalOf(type, this.#offers));
    const sendable = counts.map((count, type) => (reasons[type] ? 0 : count));
    const { parts, bound } = this.#divide(sendable, whole);
    const left = counts.slice();
    for (const part of parts) for (const [type, count] of part.counts.entries()) left[type] = (left[type] ?? 0) - count;
    const refused = [...left].flatMap((quantity, type) =>
      quantity > 0 ? [{ type, quantity, reason: reasons[type] ?? ('no-carton-left' as const) }] : [],
    );
    return { parts, refused, bound };
  }

  /** What the cargo costs at least in two parcels or more, as far as that matters for something that costs so much. */
  #leastOfTwo(cost: number): number {
    if (this.#whole.units === 1) return Number.POSITIVE_INFINITY;
    const wares = [...this.#wares(), ...ownPackings(this.#cargo.types, this.#offers)];
    const twice = 2 * wares.reduce((least, ware) => Math.min(least, ware.cost), Number.POSITIVE_INFINITY);
    return twice >= cost ? twice : costOfTwoOrMore(wares, this.#whole.massGrams, this.#whole.volume, cost);
  }

  /** What the cargo costs at least in one carton, those counted that may hold it though no loading was found. */
  #wholeBound(): number {
    const { candidates, massGrams } = this.#whole;
    const costs = candidates
      .map((choice) => ({ choice, cost: this.#offers.cost(choice, massGrams) }))
      .sort((a, b) => a.cost - b.cost);
    return costs.find(({ choice }) => this.#whole.ask(choice) !== 'never')?.cost ?? Number.POSITIVE_INFINITY;
  }

  /** The cargo in the cheapest carton that holds all of it. */
  #cheapestWhole(): Part | undefined {
    const { massGrams } = this.#whole;
    for (;;) {
      let best: number | undefined;
      let bestCost = Number.POSITIVE_INFINITY;
      for (const choice of this.#whole.open) {
        if (!this.#supply.allows(choice, [])) continue;
        const cost = this.#offers.cost(choice, massGrams);
        if (cost >= bestCost) continue;
        best = choice;
        bestCost = cost;
      }
      if (best === undefined) return undefined;
      const layout = this.#whole.ask(best);
      if (layout && layout !== 'never') return { counts: this.#cargo.counts, choice: best, cost: bestCost, layout };
    }
  }

  #divide(counts: Int32Array, whole: Part | undefined): { parts: readonly Part[]; bound: number } {
    if (counts.every((count) => count === 0)) return { parts: [], bound: 0 };
    const { types } = this.#cargo;
    if (CountSpace.pairsOf(counts) <= this.#work.pairs) {
      const division = new Division(types, counts, this.#offers, this.#fits);
      const parts = division.solve(this.#stop);
      if (parts && this.#supply.covers(parts)) return { parts, bound: this.#work.divides ? division.bound() : 0 };
    }
    const spread = new Spread(types, this.#offers, this.#supply, this.#filler(), this.#fits, this.#work);
    const parts = spread.solve(counts, this.#stop, whole);
    if (!parts) return { parts: this.#loadWhatGoes(counts), bound: 0 };
    if (!this.#work.divides || counts.some((count, type) => count !== this.#cargo.counts[type]))
      return { parts, bound: 0 };
    return { parts, bound: Math.min(this.#leastOfTwo(Number.POSITIVE_INFINITY), this.#wholeBound()) };
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
    const { types, counts: all } = this.#cargo;
    if (counts.every((count, type) => count === all[type])) return this.#whole.ask(choice);
    this.#keptSearch ??= new FitSearch(types, all, this.#fitter(), this.#work);
    return this.#keptSearch.ask(counts, (this.#offers.choices[choice] as Choice).room);
  };

  #fitter(): Fitter {
    this.#keptFitter ??= this.#memory.fitter(this.#cargo);
    return this.#keptFitter;
  }

  #filler(): Filler {
    this.#keptFiller ??= new Filler(this.#cargo.types, this.#fitter(), this.#stop);
    return this.#keptFiller;
  }
}
