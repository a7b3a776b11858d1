import { ComparedWord, weighed } from './jaro-winkler.ts';
import type { ScreeningMethod } from './method.ts';
import type { FirstLetters } from './name-score.ts';

/** Looked-up words that are kept, so that the commonest are compared once. */
const REMEMBERED = 50_000;

/** Words of the table that are like another one: their numbers, and the score of each. */
export interface AlikeWords {
  readonly numbers: number[];
  readonly scores: number[];
}

/** Which letters a word has once, and which twice, as bits; `more` counts all beyond that. */
export interface Letters {
  readonly length: number;
  readonly first: number;
  /** Codes of the first four letters, seven bits each. */
  readonly start: number;
  readonly once: number;
  readonly twice: number;
  readonly more: number;
}

const countBits = (bits: number): number => {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** Letters at the start of a word that fit in one number. */
const PACKED = 4;

/** The letters of a word of a to z and digits; digits share six bits, which can only make words look more alike. */
export const lettersOf = (word: string): Letters => {
  let once = 0;
  let twice = 0;
  let more = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    const bit = 1 << (code >= 97 ? code - 97 : 26 + (code % 6));
    if ((once & bit) === 0) once |= bit;
    else if ((twice & bit) === 0) twice |= bit;
    else more += 1;
  }
  let start = 0;
  for (let at = 0; at < PACKED; at += 1) start = (start << 7) | (at < word.length ? word.charCodeAt(at) : 0);
  return { length: word.length, first: word.charCodeAt(0), start, once, twice, more };
};

const WIDTH = 5;

/** Letters of many words side by side, as a scan over them wants it. */
class LetterRows {
  #rows = new Int32Array(WIDTH * 16);
  size = 0;

  push({ once, twice, more, length, first, start }: Letters): void {
    if (WIDTH * (this.size + 1) > this.#rows.length) {
      const wider = new Int32Array(2 * this.#rows.length);
      wider.set(this.#rows);
      this.#rows = wider;
    }
    this.#rows.set([once, twice, more, (first << 8) | length, start], WIDTH * this.size);
    this.size += 1;
  }

  /** The most letters that a word can have in common with the one in a row. */
  mostCommon({ once, twice, more }: Letters, row: number): number {
    const rows = this.#rows;
    const at = WIDTH * row;
    return (
      countBits(once & (rows[at] as number)) +
      countBits(twice & (rows[at + 1] as number)) +
      Math.min(more, rows[at + 2] as number)
    );
  }

  /** Code of the first letter of the word in a row. */
  first(row: number): number {
    return (this.#rows[WIDTH * row + 3] as number) >> 8;
  }

  /** The start of the word in a row. */
  start(row: number): number {
    return this.#rows[WIDTH * row + 4] as number;
  }

  /** Length of the word in a row. */
  length(row: number): number {
    return (this.#rows[WIDTH * row + 3] as number) & 0xff;
  }
}

/** Words of one first letter and one length. */
interface Shape {
  readonly numbers: number[];
  readonly letters: LetterRows;
}

/** The most letters, as the method counts them, that two words start with in common; 0 only when their first letters differ. */
const mostStart = (a: number, b: number, method: ScreeningMethod): number => {
  const differing = a ^ b;
  const same = differing === 0 ? PACKED : ((Math.clz32(differing) - 4) / 7) | 0;
  return same === PACKED ? Math.max(PACKED, method.boost.letters) : same;
};

/** The most that the score of two words can be that have some letters in common. */
const boundOf = (common: number, a: number, b: number, start: number, method: ScreeningMethod): number => {
  const counted = start === 0 ? 0 : Math.max(1, Math.min(start, method.boost.letters));
  return weighed((common / a + common / b + 1) / 3, a, b, counted, method);
};

/** More letters than words have. */
const NEVER = 1000;

/** How many letters two words of some lengths must have in common to score `from`; `NEVER` where they cannot. */
const neededCommon = (a: number, b: number, start: number, from: number, method: ScreeningMethod): number => {
  for (let common = 1; common <= Math.min(a, b); common += 1) {
    if (boundOf(common, a, b, start, method) >= from) return common;
  }
  return NEVER;
};

/** All words of listed names, by first letter and length, so that those like a word are found without comparing all. */
export class WordTable {
  readonly words: string[] = [];
  readonly #letters = new LetterRows();
  readonly #from: number;
  readonly #method: ScreeningMethod;
  readonly #firstLetters: FirstLetters;
  readonly #numbers = new Map<string, number>();
  readonly #byShape = new Map<string, Map<number, Shape>>();
  readonly #known = new Map<string, AlikeWords>();
  readonly #neededBy = new Map<number, readonly number[]>();

  /** Words that score less than `from` count as unlike. */
  constructor(from: number, firstLetters: FirstLetters, method: ScreeningMethod) {
    this.#from = from;
    this.#firstLetters = firstLetters;
    this.#method = method;
  }

  /** Number of a word, which is added if it is new. */
  add(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.push(word) - 1;
    const letters = lettersOf(word);
    this.#letters.push(letters);
    this.#numbers.set(word, number);
    const start = word.charAt(0);
    const byLength = this.#byShape.get(start) ?? new Map<number, Shape>();
    this.#byShape.set(start, byLength);
    const shape = byLength.get(word.length) ?? { numbers: [], letters: new LetterRows() };
    byLength.set(word.length, shape);
    shape.numbers.push(number);
    shape.letters.push(letters);
    this.#known.clear();
    return number;
  }

  /** The words that are like a word, with their scores. */
  alikeTo(asked: string): AlikeWords {
    const known = this.#known.get(asked);
    if (known) return known;
    const letters = lettersOf(asked);
    const compared = new ComparedWord(asked);
    const found: AlikeWords = { numbers: [], scores: [] };
    for (const [start, byLength] of this.#byShape) {
      if (!this.#firstLetters.related(asked, start)) continue;
      for (const [length, shape] of byLength) {
        this.#compare(compared, letters, shape, this.#needed(asked.length, length, asked.charAt(0) === start), found);
      }
    }
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(asked, found);
    return found;
  }

  /**
   * The most that pairing a word with one of the table can add to a sum of (score - `threshold`) x letters, by their letters alone;
   * what leaving it unpaired adds where they may not be paired.
   */
  gainBound(asked: Letters, number: number, threshold: number): number {
    const rows = this.#letters;
    const first = rows.first(number);
    if (!this.#firstLetters.relatedCodes(asked.first, first)) return -threshold * asked.length;
    const most = rows.mostCommon(asked, number);
    const length = rows.length(number);
    const score =
      most === 0
        ? 0
        : boundOf(most, asked.length, length, mostStart(asked.start, rows.start(number), this.#method), this.#method);
    return (score - threshold) * (asked.length + length);
  }

  /** Letters that words of two lengths must have in common, by how many they start with in common. */
  #needed(a: number, b: number, sameFirst: boolean): readonly number[] {
    const key = (a << 16) | (b << 8) | Number(sameFirst);
    const known = this.#neededBy.get(key);
    if (known) return known;
    const starts = Array.from({ length: Math.max(PACKED, this.#method.boost.letters) + 1 }, (_, start) => start);
    const needed = starts.map((start) =>
      start > 0 === sameFirst ? neededCommon(a, b, start, this.#from, this.#method) : NEVER,
    );
    this.#neededBy.set(key, needed);
    return needed;
  }

  #compare(
    asked: ComparedWord,
    letters: Letters,
    { numbers, letters: rows }: Shape,
    needed: readonly number[],
    found: AlikeWords,
  ): void {
    const least = Math.min(...needed);
    if (least === NEVER) return;
    for (let row = 0; row < rows.size; row += 1) {
      const common = rows.mostCommon(letters, row);
      if (common < least) continue;
      if (common < (needed[mostStart(letters.start, rows.start(row), this.#method)] as number)) continue;
      const number = numbers[row] as number;
      const score = asked.score(this.words[number] as string, this.#method);
      if (score < this.#from) continue;
      found.numbers.push(number);
      found.scores.push(score);
    }
  }
}
