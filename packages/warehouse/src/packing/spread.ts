import { type Choice, goesInto } from './choice.ts';
import type { Work } from './effort.ts';
import type { Filler } from './filler.ts';
import type { ItemType } from './item-type.ts';
import type { Offers } from './offers.ts';
import type { FitQuestion, Part } from './part.ts';
import type { Supply } from './supply.ts';

interface State {
  readonly left: Int32Array;
  readonly massGrams: number;
  readonly volume: number;
  readonly parts: readonly Part[];
  readonly cost: number;
  /** Cost, and what the rest is estimated to cost. */
  readonly promise: number;
}

interface Move {
  readonly choice: number;
  readonly capGrams: number;
  readonly promise: number;
}

/** Share of a carton's room that a good loading uses when it takes all; only estimates rest on it. */
const USUAL_FILL = 0.85;
const MOST_PARCELS_AHEAD = 8;

/**
 * Divides a cargo of many units over parcels by beam search: the next parcel is some carton filled up to a mass, which is
 * an even share of what is left stretched to the top of its price step, or the top of the step below.
 */
export class Spread {
  readonly #types: readonly ItemType[];
  readonly #offers: Offers;
  readonly #filler: Filler;
  readonly #fits: FitQuestion;
  readonly #work: Work;
  /** Volume that can be hoped for in each carton. */
  #capacity: readonly number[] = [];
  readonly #steps: Map<number, { readonly from: number; readonly to: number }[]> = new Map();

  readonly #supply: Supply;
  /** Whether a unit goes into a carton by its sides, by type and choice; and into how many. */
  readonly #goes: readonly (readonly boolean[])[];
  readonly #takers: readonly number[];

  constructor(
    types: readonly ItemType[],
    offers: Offers,
    supply: Supply,
    filler: Filler,
    fits: FitQuestion,
    work: Work,
  ) {
    this.#types = types;
    this.#offers = offers;
    this.#supply = supply;
    this.#goes = types.map((type) => offers.choices.map(({ room }) => goesInto(type, room)));
    this.#takers = this.#goes.map((row) => row.filter(Boolean).length);
    this.#filler = filler;
    this.#fits = fits;
    this.#work = work;
  }

  /** The cheapest division found, at most as dear as all in one carton; undefined when cartons run out. */
  solve(counts: Int32Array, stop: () => boolean, whole: Part | undefined): Part[] | undefined {
    this.#capacity = this.#capacities(counts);
    let states: State[] = [this.#state(counts, [], 0)];
    let best = whole && this.#state(new Int32Array(counts.length), [whole], whole.cost);
    const most = counts.reduce((sum, count) => sum + count, 0);
    for (let depth = 0; depth < most && states.length > 0; depth += 1) {
      if (stop() && best) break;
      const next: State[] = [];
      const seen = new Set<string>();
      for (const state of states) {
        for (const child of this.#children(state)) {
          if (best && child.cost >= best.cost) continue;
          if (child.left.every((count) => count === 0)) {
            best = child;
            continue;
          }
          best = this.#whole(child, best?.cost ?? Number.POSITIVE_INFINITY) ?? best;
          const key = `${child.left.join()}:${child.cost}`;
          if (!seen.has(key)) next.push(child);
          seen.add(key);
        }
      }
      next.sort((a, b) => a.promise - b.promise);
      const bound = best?.cost ?? Number.POSITIVE_INFINITY;
      states = next.filter((state) => state.cost < bound).slice(0, stop() ? 1 : this.#work.width);
    }
    return best && [...best.parts];
  }

  /** How much volume of a mix goes into each carton when mass does not matter. */
  #capacities(counts: Int32Array): number[] {
    return this.#offers.choices.map((carton) => {
      const { volume } = carton;
      const filled = this.#filler.fill(counts, carton, Number.POSITIVE_INFINITY, { passes: 1, blocks: 0 }).counts;
      const taken = filled.reduce((sum, count, type) => sum + count * (this.#types[type] as ItemType).volume, 0);
      return filled.every((count, type) => count === counts[type]) ? Math.max(taken, volume * USUAL_FILL) : taken;
    });
  }

  #state(left: Int32Array, parts: readonly Part[], cost: number): State {
    let massGrams = 0;
    let volume = 0;
    for (const [type, count] of left.entries()) {
      massGrams += count * (this.#types[type] as ItemType).massGrams;
      volume += count * (this.#types[type] as ItemType).volume;
    }
    return { left, massGrams, volume, parts, cost, promise: cost + this.#estimate(massGrams, volume) };
  }

  /** All that is left in the cheapest carton that holds it, where that makes the whole cheaper than a limit. */
  #whole(state: State, below: number): State | undefined {
    const { choices } = this.#offers;
    const costs = choices.map(({ volume }, choice) =>
      volume < state.volume || !this.#supply.allows(choice, state.parts)
        ? Number.POSITIVE_INFINITY
        : this.#offers.cost(choice, state.massGrams),
    );
    const order = choices.map((_, choice) => choice).filter((choice) => costs[choice] !== Number.POSITIVE_INFINITY);
    order.sort((a, b) => (costs[a] as number) - (costs[b] as number) || a - b);
    for (const choice of order) {
      const cost = costs[choice] as number;
      if (state.cost + cost >= below) return undefined;
      const layout = this.#fits(state.left, choice);
      if (!layout || layout === 'never') continue;
      const part = { counts: state.left, choice, cost, layout };
      return this.#state(new Int32Array(state.left.length), [...state.parts, part], state.cost + cost);
    }
    return undefined;
  }

  *#children(state: State): Generator<State> {
    const lead = this.#lead(state.left);
    for (const { choice, capGrams } of this.#moves(state, lead)) {
      const { fills, blocks } = this.#work;
      const carton = this.#offers.choices[choice] as Choice;
      const { counts, layout } = this.#filler.fill(state.left, carton, capGrams, { passes: fills, blocks, lead });
      if (counts[lead] === 0) continue;
      const cost = this.#offers.cost(choice, this.#filler.massOf(counts));
      const left = state.left.map((count, type) => count - (counts[type] as number));
      yield this.#state(left, [...state.parts, { counts, choice, cost, layout }], state.cost + cost);
    }
  }

  /** The most promising next parcels by volume and mass alone. */
  #moves(state: State, lead: number): Move[] {
    const moves: Move[] = [];
    const least = (this.#types[lead] as ItemType).massGrams;
    for (let choice = 0; choice < this.#offers.choices.length; choice += 1) {
      if (!this.#goes[lead]?.[choice] || !this.#supply.allows(choice, state.parts)) continue;
      const most = this.#offers.maxMassGrams(choice);
      const caps = new Set<number>();
      for (let parcels = 1; parcels <= MOST_PARCELS_AHEAD; parcels += 1) {
        const step = this.#step(choice, Math.min(most, Math.ceil(state.massGrams / parcels)));
        if (!step) continue;
        if (step.to >= least) caps.add(step.to);
        if (step.from > least) caps.add(step.from - 1);
      }
      for (const capGrams of caps) {
        const share = Math.min(
          1,
          state.massGrams > 0 ? capGrams / state.massGrams : 1,
          (this.#capacity[choice] as number) / state.volume,
        );
        const massGrams = share * state.massGrams;
        const cost = this.#offers.cost(choice, Math.ceil(massGrams));
        const rest = this.#estimate(state.massGrams - massGrams, state.volume * (1 - share));
        if (cost + rest < Number.POSITIVE_INFINITY) moves.push({ choice, capGrams, promise: cost + rest });
      }
    }
    return moves.sort((a, b) => a.promise - b.promise || a.choice - b.choice).slice(0, this.#work.branches);
  }

  /** The unit left that the fewest cartons take, of equals the largest: it goes into the next parcel, whichever that is. */
  #lead(left: Int32Array): number {
    let lead = -1;
    for (const [type, count] of left.entries())
      if (count > 0 && (lead < 0 || (this.#takers[type] as number) < (this.#takers[lead] as number))) lead = type;
    return lead;
  }

  /** Masses around one that cost the same in a carton. */
  #step(choice: number, massGrams: number): { from: number; to: number } | undefined {
    const known = this.#steps.get(choice) ?? [];
    const found = known.find(({ from, to }) => from <= massGrams && massGrams <= to);
    if (found) return found;
    const cost = this.#offers.cost(choice, massGrams);
    if (cost === Number.POSITIVE_INFINITY) return undefined;
    const edge = (limit: number): number => {
      let same = massGrams;
      let other = limit;
      if (this.#offers.cost(choice, limit) === cost) return limit;
      while (Math.abs(other - same) > 1) {
        const middle = Math.floor((same + other) / 2);
        if (this.#offers.cost(choice, middle) === cost) same = middle;
        else other = middle;
      }
      return same;
    };
    const step = { from: edge(0), to: edge(this.#offers.maxMassGrams(choice)) };
    this.#steps.set(choice, [...known, step]);
    return step;
  }

  /** What so much is likely to cost: the cheapest way to send it as some equal parcels. */
  #estimate(massGrams: number, volume: number): number {
    if (volume <= 0) return 0;
    let best = Number.POSITIVE_INFINITY;
    for (let parcels = 1; parcels <= MOST_PARCELS_AHEAD || best === Number.POSITIVE_INFINITY; parcels += 1) {
      const mass = Math.ceil(massGrams / parcels);
      const room = volume / parcels;
      for (const [choice, capacity] of this.#capacity.entries()) {
        if (capacity < room) continue;
        best = Math.min(best, parcels * this.#offers.cost(choice, mass));
      }
      if (parcels > 1000) break;
    }
    return best;
  }
}
