import { goesInto } from './choice.ts';
import { CountSpace } from './count-space.ts';
import { type ItemType, keptApart } from './item-type.ts';
import type { Offers } from './offers.ts';
import { type FitQuestion, OWN_PACKING, type Part } from './part.ts';

const WORD = 31;

/**
 * The cheapest way to divide a cargo over parcels, by dynamic programming over all its parts (a set partition), with the
 * question whether a part goes into a carton asked only of parts that the best division so far wants to use: a part
 * starts with the cheapest carton that sides, volume and mass allow, and when that turns out not to hold it, with the
 * next. Nothing that the search tries depends on the tariff except its order, so a cheaper tariff never makes the
 * division dearer.
 */
export class Division {
  readonly #types: readonly ItemType[];
  readonly #offers: Offers;
  readonly #fits: FitQuestion;
  readonly #space: CountSpace;
  readonly #words: number;
  readonly #allowed: Int32Array;
  readonly #mass: Float64Array;
  readonly #volume: Float64Array;
  /** Cheapest cost of a take as one parcel by what is known, and the carton. */
  readonly #single: Float64Array;
  readonly #choice: Int32Array;
  readonly #layouts = new Map<number, Int32Array>();
  /** What a take would cost in the cheapest carton of which it is not certain that it does not hold it. */
  readonly #doubts = new Map<number, number>();
  /** Cheapest cost of a take however divided, and its first part. */
  readonly #best: Float64Array;
  readonly #part: Int32Array;
  // Counts of the take and the part at hand.
  readonly #inTake: Int32Array;
  readonly #inPart: Int32Array;

  constructor(types: readonly ItemType[], counts: Int32Array, offers: Offers, fits: FitQuestion) {
    this.#types = types;
    this.#offers = offers;
    this.#fits = fits;
    this.#space = new CountSpace(counts);
    const { size } = this.#space;
    this.#words = Math.ceil(offers.choices.length / WORD);
    this.#allowed = new Int32Array(size * this.#words);
    this.#mass = new Float64Array(size);
    this.#volume = new Float64Array(size);
    this.#single = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#choice = new Int32Array(size);
    this.#best = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#part = new Int32Array(size);
    this.#best[0] = 0;
    this.#inTake = new Int32Array(counts.length);
    this.#inPart = new Int32Array(counts.length);
    this.#prepare();
  }

  /** The cheapest division; undefined when some unit goes into no parcel, or the search was stopped. */
  solve(stop: () => boolean): Part[] | undefined {
    const { size } = this.#space;
    for (let take = 1; take < size; take += 1) this.#divide(take);
    for (;;) {
      if (stop() || this.#best[size - 1] === Number.POSITIVE_INFINITY) return undefined;
      const unfit = this.#unfitParts();
      if (unfit.length === 0) return this.#parts();
      this.#correct(unfit);
    }
  }

  /** What every division costs at least, loadings that were not found included. Ends the search: solve first. */
  bound(): number {
    const { size } = this.#space;
    if (this.#doubts.size === 0) return this.#best[size - 1] as number;
    for (const [take, cost] of this.#doubts) this.#single[take] = cost;
    for (let take = 1; take < size; take += 1) this.#divide(take);
    return this.#best[size - 1] as number;
  }

  /** What every take weighs and measures, which cartons it may go into by sides, and the cheapest of them. */
  #prepare(): void {
    const { size, strides, counts } = this.#space;
    const sides = this.#types.map((type) => this.#cartonsFor(type));
    const everywhere = new Int32Array(this.#words).fill(2 ** WORD - 1);
    const apart = this.#types.map((one) => this.#types.map((other) => keptApart(one, other)));
    const taken = new Int32Array(counts.length);
    for (let take = 1; take < size; take += 1) {
      let type = counts.length - 1;
      while (taken[type] === counts[type]) taken[type--] = 0;
      taken[type] = (taken[type] as number) + 1;
      const less = take - (strides[type] as number);
      const one = this.#types[type] as ItemType;
      this.#mass[take] = (this.#mass[less] as number) + one.massGrams;
      this.#volume[take] = (this.#volume[less] as number) + one.volume;
      const clash = taken.some((count, other) => count > (other === type ? 1 : 0) && apart[type]?.[other]);
      for (let word = 0; word < this.#words; word += 1) {
        const before = less === 0 ? everywhere : this.#allowed.subarray(less * this.#words);
        this.#allowed[take * this.#words + word] = clash
          ? 0
          : (before[word] as number) & (sides[type]?.[word] as number);
      }
      this.#choose(take);
      if (less === 0 && one.ownPacking) this.#considerOwnPacking(take, one);
    }
  }

  #cartonsFor(type: ItemType): Int32Array {
    const mask = new Int32Array(this.#words);
    for (const [index, { room }] of this.#offers.choices.entries()) {
      if (!goesInto(type, room)) continue;
      const word = Math.floor(index / WORD);
      mask[word] = (mask[word] as number) | (1 << (index % WORD));
    }
    return mask;
  }

  #considerOwnPacking(take: number, type: ItemType): void {
    if (type.ownPacking === 'when-too-large' && this.#single[take] !== Number.POSITIVE_INFINITY) return;
    const cost = this.#offers.ownPackingCost(type);
    if (cost >= (this.#single[take] as number)) return;
    this.#single[take] = cost;
    this.#choice[take] = OWN_PACKING;
    this.#layouts.set(take, new Int32Array());
  }

  /** Finds the cheapest carton among those still allowed for a take. */
  #choose(take: number): void {
    const volume = this.#volume[take] as number;
    const mass = this.#mass[take] as number;
    const { choices } = this.#offers;
    let best = Number.POSITIVE_INFINITY;
    for (let choice = 0; choice < choices.length; choice += 1) {
      const word = this.#allowed[take * this.#words + Math.floor(choice / WORD)] as number;
      if (!(word & (1 << (choice % WORD))) || volume > (choices[choice]?.volume as number)) continue;
      const cost = this.#offers.cost(choice, mass);
      if (cost >= best) continue;
      best = cost;
      this.#choice[take] = choice;
    }
    this.#single[take] = best;
  }

  /** Finds the best division of a take from those of its parts. The first part is the one with a unit of the first type in it. */
  #divide(take: number): void {
    const { strides, counts } = this.#space;
    const single = this.#single;
    const best = this.#best;
    const inTake = this.#inTake;
    const inPart = this.#inPart;
    const last = counts.length - 1;
    let rest = take;
    let lead = -1;
    for (let type = 0; type <= last; type += 1) {
      const stride = strides[type] as number;
      const count = Math.floor(rest / stride);
      rest -= count * stride;
      inTake[type] = count;
      inPart[type] = 0;
      if (lead < 0 && count > 0) lead = type;
    }
    inPart[lead] = 1;
    let part = strides[lead] as number;
    let cost = single[take] as number;
    let cheapest = take;
    for (;;) {
      const sum = (single[part] as number) + (best[take - part] as number);
      if (sum < cost) {
        cost = sum;
        cheapest = part;
      }
      let type = last;
      while (type > lead && inPart[type] === inTake[type]) {
        part -= (inPart[type] as number) * (strides[type] as number);
        inPart[type] = 0;
        type -= 1;
      }
      if (inPart[type] === inTake[type]) break;
      inPart[type] = (inPart[type] as number) + 1;
      part += strides[type] as number;
    }
    best[take] = cost;
    this.#part[take] = cheapest;
  }

  /**
   * Divides again what used parts that have become dearer. Costs only rise, so a division that used none of them stays
   * the best.
   */
  #correct(unfit: readonly number[]): void {
    const { size } = this.#space;
    const isUnfit = new Uint8Array(size);
    const isDearer = new Uint8Array(size);
    for (const take of unfit) isUnfit[take] = 1;
    for (let take = Math.min(...unfit); take < size; take += 1) {
      const part = this.#part[take] as number;
      if (!isUnfit[part] && !isDearer[take - part]) continue;
      const before = this.#best[take] as number;
      this.#divide(take);
      if (this.#best[take] !== before) isDearer[take] = 1;
    }
  }

  /** Asks whether the parts of the best division fit; those that do not get the next carton. */
  #unfitParts(): number[] {
    const unfit: number[] = [];
    for (let left = this.#space.size - 1; left > 0; left -= this.#part[left] as number) {
      const take = this.#part[left] as number;
      if (this.#layouts.has(take)) continue;
      const choice = this.#choice[take] as number;
      const fit = this.#fits(this.#space.countsOf(take), choice);
      if (fit && fit !== 'never') {
        this.#layouts.set(take, fit);
        continue;
      }
      // Cartons are asked by rising cost, so the first doubt is the cheapest.
      if (fit === undefined && !this.#doubts.has(take)) this.#doubts.set(take, this.#single[take] as number);
      const at = take * this.#words + Math.floor(choice / WORD);
      this.#allowed[at] = (this.#allowed[at] as number) & ~(1 << (choice % WORD));
      this.#choose(take);
      unfit.push(take);
    }
    return unfit;
  }

  #parts(): Part[] {
    const parts: Part[] = [];
    for (let left = this.#space.size - 1; left > 0; left -= this.#part[left] as number) {
      const take = this.#part[left] as number;
      parts.push({
        counts: this.#space.countsOf(take),
        choice: this.#choice[take] as number,
        cost: this.#single[take] as number,
        layout: this.#layouts.get(take) as Int32Array,
      });
    }
    return parts;
  }
}
