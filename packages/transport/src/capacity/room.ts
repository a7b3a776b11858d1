import { type CurrencyCode, minorDigits } from '@crossparcel/units';
import { minorOfMass } from './column.ts';
import type { CapacityLeg } from './problem.ts';

const NANOS_PER_MAJOR = 1_000_000_000;
const GRAMS_PER_KG = 1000;

/** Room of the legs as it is now: what a cancellation or a cut has left of it, without what is only offered. */
export class Room {
  readonly #legs: readonly CapacityLeg[];
  readonly #currency: CurrencyCode;
  readonly #capacity: Float64Array;
  readonly #block: Float64Array;
  /** Minor units for a gram beyond the block; nothing on legs without one, whose price is in the columns. */
  readonly #pricePerGram: Float64Array;

  constructor(legs: readonly CapacityLeg[], currency: CurrencyCode) {
    this.#legs = legs;
    this.#currency = currency;
    this.#capacity = Float64Array.from(legs, ({ capacityGrams, offered }) => (offered ? 0 : capacityGrams));
    this.#block = Float64Array.from(legs, ({ block }) => block?.grams ?? 0);
    const perMinor = (NANOS_PER_MAJOR / 10 ** minorDigits(currency)) * GRAMS_PER_KG;
    this.#pricePerGram = Float64Array.from(legs, ({ block, pricePerKg }) => (block ? pricePerKg / perMinor : 0));
  }

  get count(): number {
    return this.#legs.length;
  }

  isBlocked(leg: number): boolean {
    return this.#legs[leg]?.block !== undefined;
  }

  capacity(leg: number): number {
    return this.#capacity[leg] as number;
  }

  setCapacity(leg: number, grams: number): void {
    this.#capacity[leg] = grams;
  }

  setBlock(leg: number, grams: number): void {
    this.#block[leg] = grams;
  }

  /** The block as it was agreed, whether there is room for it or not. */
  agreedBlock(leg: number): number {
    return this.#block[leg] as number;
  }

  /** The block, as far as there is room: nobody pays for a block on a flight that does not go. */
  block(leg: number): number {
    return Math.min(this.#block[leg] as number, this.#capacity[leg] as number);
  }

  /** Room that costs nothing more: the block, or all of it where there is none. */
  paidFor(leg: number): number {
    return this.isBlocked(leg) ? this.block(leg) : this.capacity(leg);
  }

  beyondPerGram(leg: number): number {
    return this.#pricePerGram[leg] as number;
  }

  /** Minor units for what goes beyond the block, not rounded. */
  beyond(leg: number, usedGrams: number): number {
    if (!this.isBlocked(leg)) return 0;
    return Math.max(0, usedGrams - this.block(leg)) * this.beyondPerGram(leg);
  }

  /** Price of a leg's block in minor units. */
  blockPrice(leg: number): number {
    const block = this.#legs[leg]?.block;
    return block ? minorOfMass(this.block(leg), block.pricePerKg, this.#currency) : 0;
  }

  /** Price of all blocks in minor units: paid whatever flies. */
  blockPrices(): number {
    let sum = 0;
    for (let leg = 0; leg < this.count; leg += 1) sum += this.blockPrice(leg);
    return sum;
  }
}
