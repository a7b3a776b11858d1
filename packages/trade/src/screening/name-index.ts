import { weighed, wordScore } from './jaro-winkler.ts';
import type { NameScore, NameScorer } from './name-score.ts';

/** Below this score two words count as unlike while candidates are sought; it trades the length of lists against misses of none. */
const ALIKE_FROM = 0.7;
/** Words looked up before are kept, so that the commonest are compared once. */
const REMEMBERED = 50_000;
const ROUNDING = 1e-9;

/** A listed name that scored. */
export interface IndexHit extends NameScore {
  /** Number of the name, in the order in which names were added. */
  readonly name: number;
}

interface AlikeWord {
  readonly word: number;
  readonly score: number;
}

const lettersOf = (word: string): number => {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    // Letters take 26 bits, digits share the rest.
    bits |= 1 << (code >= 97 ? code - 97 : 26 + (code % 6));
  }
  return bits;
};

const countBits = (bits: number): number => {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** The most that Jaro's similarity can be, by lengths and by letters that one word has and the other lacks. */
const jaroBound = (a: string, lettersA: number, b: string, lettersB: number): number => {
  const most = Math.min(a.length - countBits(lettersA & ~lettersB), b.length - countBits(lettersB & ~lettersA));
  return most <= 0 ? 0 : (most / a.length + most / b.length + 1) / 3;
};

/**
 * Listed names by their words, to find those that score at least a threshold without comparing all of them, and to miss
 * none. A name's score is at most the mean over pairs of words weighed by letters (an asked word without a partner counts
 * as 0), so a score of T asks that the sum of (pair's score - T) x letters over pairs, less T x letters of unpaired words, is not
 * negative. Words that are alike are looked up; any other pair scores less than `ALIKE_FROM`. Names whose sum can still reach 0
 * are compared in full.
 */
export class NameIndex {
  readonly #scorer: NameScorer;
  readonly #names: (readonly string[])[] = [];
  readonly #words: string[] = [];
  readonly #letters: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #postings: number[][] = [];
  readonly #byStart = new Map<string, number[]>();
  readonly #alike = new Map<string, readonly AlikeWord[]>();
  #gains = new Float64Array(0);

  constructor(scorer: NameScorer) {
    this.#scorer = scorer;
  }

  /** Adds a name as its words; names count from 0. */
  add(words: readonly string[]): void {
    const name = this.#names.push(words) - 1;
    for (const word of new Set(words)) this.#postings[this.#numberOf(word)]?.push(name);
    this.#alike.clear();
  }

  /** Names that score at least `threshold`, in the order in which they were added. */
  search(asked: readonly string[], threshold: number): IndexHit[] {
    const hits: IndexHit[] = [];
    for (const name of this.#candidates(asked, threshold)) {
      const found = this.#scorer.score(asked, this.#names[name] as readonly string[]);
      if (found.score >= threshold) hits.push({ name, ...found });
    }
    return hits;
  }

  /** The same by comparing every name: what `search` must agree with. */
  scan(asked: readonly string[], threshold: number): IndexHit[] {
    return this.#names.flatMap((words, name) => {
      const found = this.#scorer.score(asked, words);
      return found.score >= threshold ? [{ name, ...found }] : [];
    });
  }

  #numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#words.push(word) - 1;
    this.#letters.push(lettersOf(word));
    this.#postings.push([]);
    this.#numbers.set(word, number);
    const start = word.charAt(0);
    const same = this.#byStart.get(start);
    if (same) same.push(number);
    else this.#byStart.set(start, [number]);
    return number;
  }

  #candidates(asked: readonly string[], threshold: number): number[] {
    if (this.#gains.length < this.#names.length) this.#gains = new Float64Array(this.#names.length);
    const gains = this.#gains;
    const floor = Math.min(ALIKE_FROM, threshold);
    const touched: number[] = [];
    let without = 0;
    for (const word of asked) {
      const unlike = (floor - threshold) * word.length;
      without += unlike;
      for (const { word: number, score } of this.#alikeTo(word)) {
        const letters = word.length + (this.#words[number] as string).length;
        const gain = (score - threshold) * letters - unlike;
        if (gain <= 0) continue;
        for (const name of this.#postings[number] as number[]) {
          if (gains[name] === 0) touched.push(name);
          gains[name] = (gains[name] as number) + gain;
        }
      }
    }
    // At a threshold this low even unlike words may do.
    if (without >= 0) for (const name of this.#names.keys()) if (gains[name] === 0) touched.push(name);
    const found = touched.filter((name) => (gains[name] as number) + without >= -ROUNDING);
    for (const name of touched) gains[name] = 0;
    return found.sort((a, b) => a - b);
  }

  /** Words of listed names that are like a word. */
  #alikeTo(asked: string): readonly AlikeWord[] {
    const known = this.#alike.get(asked);
    if (known) return known;
    const letters = lettersOf(asked);
    const found: AlikeWord[] = [];
    for (const [start, numbers] of this.#byStart) {
      if (this.#scorer.firstLetters.related(asked, start)) this.#compare(asked, letters, numbers, found);
    }
    if (this.#alike.size >= REMEMBERED) this.#alike.clear();
    this.#alike.set(asked, found);
    return found;
  }

  #compare(asked: string, letters: number, numbers: readonly number[], found: AlikeWord[]): void {
    const { method } = this.#scorer;
    for (const number of numbers) {
      const word = this.#words[number] as string;
      const bound = jaroBound(asked, letters, word, this.#letters[number] as number);
      if (weighed(bound, asked, word, method) < ALIKE_FROM) continue;
      const score = wordScore(asked, word, method);
      if (score >= ALIKE_FROM) found.push({ word: number, score });
    }
  }
}
