import { type Generator, generatorOf } from '@crossparcel/numerics';

/** A range of numbers, both ends possible. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Numbers drawn first and thrown away: the first ones of neighbouring seeds are alike. */
const WARM_UP = 20;

/** The generator of one purpose: streams of different names do not disturb each other (names hashed by FNV-1a). */
export const streamOf = (seed: number, name: string): Generator => {
  let hash = 0x811c9dc5;
  for (const character of `${seed}|${name}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  const generator = generatorOf(hash);
  for (let drawn = 0; drawn < WARM_UP; drawn++) generator.unit();
  return generator;
};

/** Whether an event of a probability happens. */
export const happens = (generator: Generator, probability: number): boolean => generator.unit() < probability;

/** A number evenly from a range. */
export const between = (generator: Generator, { from, to }: Range): number => from + (to - from) * generator.unit();

/** One of a list, all equally likely. Throws a RangeError for an empty list. */
export const pick = <Value>(generator: Generator, list: readonly Value[]): Value => {
  const index = Math.floor(generator.unit() * list.length);
  if (index >= list.length) throw new RangeError('nothing to pick from');
  return list[index] as Value;
};

/** Draws values by weight; weights need not add up to one. */
export class Sampler<Value> {
  readonly #values: readonly Value[];
  readonly #upTo: Float64Array;

  constructor(values: readonly Value[], weights: readonly number[]) {
    if (values.length === 0 || values.length !== weights.length) throw new RangeError('one weight a value is needed');
    this.#values = values;
    let sum = 0;
    this.#upTo = Float64Array.from(weights, (weight) => {
      sum += weight;
      return sum;
    });
  }

  draw(generator: Generator): Value {
    const sought = generator.unit() * (this.#upTo.at(-1) ?? 0);
    let low = 0;
    let high = this.#upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#upTo[middle] ?? 0) > sought) high = middle;
      else low = middle + 1;
    }
    return this.#values[low] as Value;
  }
}

/** A count with the given mean by Poisson’s law (Knuth’s method; for means up to a few hundred). */
export const poisson = (generator: Generator, mean: number): number => {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = generator.unit(); product > limit; product *= generator.unit()) count++;
  return count;
};

/** A list in random order (Fisher and Yates). */
export const shuffled = <Value>(generator: Generator, list: readonly Value[]): Value[] => {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = generator.integer(0, last);
    const kept = result[last] as Value;
    result[last] = result[other] as Value;
    result[other] = kept;
  }
  return result;
};
