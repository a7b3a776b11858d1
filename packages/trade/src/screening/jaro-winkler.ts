import type { ScreeningMethod } from './method.ts';

/** Words are compared by so many letters, since bits of a number stand for their places. */
export const LONGEST_WORD = 30;

const CODES = 128;

/**
 * A word that many others are compared with. For each letter it knows the places where it stands, as bits, so that partners are
 * found without a search (as H. Hyyrö's bit vectors do for edit distances).
 */
export class ComparedWord {
  readonly word: string;
  readonly #places = new Int32Array(CODES);

  /** `word` has at most 30 signs below U+0080. */
  constructor(word: string) {
    this.word = word;
    for (let at = 0; at < word.length; at += 1) {
      const code = word.charCodeAt(at);
      this.#places[code] = (this.#places[code] as number) | (1 << at);
    }
  }

  /**
   * Jaro's similarity to another word, 0 to 1 (M. A. Jaro, 1989): partners are equal letters at most half the longer word apart; the
   * score is lowered for those that come in another order.
   */
  jaro(other: string): number {
    const { word } = this;
    if (word === other) return 1;
    const [own, its] = [word.length, other.length];
    const reach = Math.max(0, (Math.max(own, its) >> 1) - 1);
    let taken = 0;
    let paired = 0;
    let found = 0;
    for (let at = 0; at < its; at += 1) {
      const from = at - reach;
      // Places from - reach to at + reach; those past the end of the word have no bits.
      const window = ((1 << Math.min(31, at + reach + 1)) - 1) & (from > 0 ? -1 << from : -1);
      const open = (this.#places[other.charCodeAt(at)] as number) & window & ~taken;
      if (open === 0) continue;
      taken |= open & -open;
      paired |= 1 << at;
      found += 1;
    }
    if (found === 0) return 0;
    const moved = this.#moved(other, taken, paired) / 2;
    return (found / own + found / its + (found - moved) / found) / 3;
  }

  /** How many partners differ when both words' partners are read in order. */
  #moved(other: string, takenPlaces: number, pairedPlaces: number): number {
    let taken = takenPlaces;
    let paired = pairedPlaces;
    let moved = 0;
    while (taken !== 0) {
      const place = 31 - Math.clz32(taken & -taken);
      const its = 31 - Math.clz32(paired & -paired);
      if (this.word.charCodeAt(place) !== other.charCodeAt(its)) moved += 1;
      taken &= taken - 1;
      paired &= paired - 1;
    }
    return moved;
  }

  /** The score against another word under a method, 0 to 1. */
  score(other: string, method: ScreeningMethod): number {
    const { word } = this;
    if (word === other) return 1;
    const start = commonStart(word, other, Math.max(1, method.boost.letters));
    return weighed(this.jaro(other), word.length, other.length, start, method);
  }
}

/** How many letters two words start with in common, at most `most`. */
const commonStart = (a: string, b: string, most: number): number => {
  const end = Math.min(most, a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
};

/**
 * What Winkler's boost and the method's penalties make of Jaro's similarity of two words of some lengths that start with `start`
 * letters in common; it never falls when `similarity` or `start` rises.
 */
export const weighed = (
  similarity: number,
  lengthA: number,
  lengthB: number,
  start: number,
  { boost, length, otherFirstLetter }: ScreeningMethod,
): number => {
  const boosted = similarity > boost.from ? similarity + boost.perLetter * start * (1 - similarity) : similarity;
  const ratio = Math.min(lengthA, lengthB) / Math.max(lengthA, lengthB);
  const score = ratio < length.below ? boosted * (1 - (1 - ratio) * length.weight) : boosted;
  return start > 0 ? score : score * otherFirstLetter;
};
