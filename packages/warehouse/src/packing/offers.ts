import { volumeMm3 } from '@crossparcel/units';
import type { Choice } from './choice.ts';
import type { ItemType } from './item-type.ts';
import type { Tariff } from './tariff.ts';

/** What is made small: cartons with postage and handling, or the number of cartons and then their room. */
export type Objective = 'cost' | 'cartons';

/** Outweighs the room of any one carton in mm³. */
const ONE_CARTON = 1e12;

/** What parcels cost under a tariff, choice by choice. */
export class Offers {
  readonly choices: readonly Choice[];
  readonly #tariff: Tariff;
  readonly #objective: Objective;

  constructor(choices: readonly Choice[], tariff: Tariff, objective: Objective) {
    this.choices = choices;
    this.#tariff = tariff;
    this.#objective = objective;
  }

  /** Heaviest content of a carton in grams; below zero when it takes nothing. */
  maxMassGrams(choice: number): number {
    const { tareGrams, maxGrossGrams } = (this.choices[choice] as Choice).source;
    return Math.min(maxGrossGrams, this.#tariff.maxGrossGrams) - tareGrams;
  }

  /** What the search makes small for a parcel with so much content; infinite when it is not taken. */
  cost(choice: number, massGrams: number): number {
    const { source, outer, volume } = this.choices[choice] as Choice;
    const grossGrams = massGrams + source.tareGrams;
    if (grossGrams > source.maxGrossGrams || grossGrams > this.#tariff.maxGrossGrams) return Number.POSITIVE_INFINITY;
    const postage = this.#tariff.price(outer, grossGrams);
    if (postage === undefined) return Number.POSITIVE_INFINITY;
    if (this.#objective === 'cartons') return ONE_CARTON + volume;
    return source.price + postage + (this.#tariff.perParcel ?? 0);
  }

  /** The same for a unit that travels as it is. */
  ownPackingCost({ massGrams, size }: ItemType): number {
    const postage = massGrams > this.#tariff.maxGrossGrams ? undefined : this.#tariff.price(size, massGrams);
    if (postage === undefined) return Number.POSITIVE_INFINITY;
    if (this.#objective === 'cartons') return ONE_CARTON + volumeMm3(size);
    return postage + (this.#tariff.perParcel ?? 0);
  }
}
