import { ComparedWord } from './jaro-winkler.ts';
import type { ScreeningMethod } from './method.ts';

/** Codes of letters and digits are below this. */
const CODES = 128;

/** Which first letters may stand for one another: a set of groups, as bits, for each letter. */
export class FirstLetters {
  readonly #groups = new Int32Array(CODES);

  constructor(groups: readonly string[]) {
    for (const [bit, letters] of groups.entries()) {
      for (const letter of letters) {
        const code = letter.charCodeAt(0);
        this.#groups[code] = (this.#groups[code] ?? 0) | (1 << bit);
      }
    }
  }

  /** Whether two words may be compared at all. */
  related(a: string, b: string): boolean {
    return this.relatedCodes(a.charCodeAt(0), b.charCodeAt(0));
  }

  /** The same of the codes of their first letters. */
  relatedCodes(a: number, b: number): boolean {
    return a === b || ((this.#groups[a] ?? 0) & (this.#groups[b] ?? 0)) !== 0;
  }
}

/** Two words, one of each name, and how alike they are. */
export interface WordPair {
  readonly asked: string;
  readonly listed: string;
  readonly score: number;
}

/** How alike two names are, and which words were paired. */
export interface NameScore {
  readonly score: number;
  readonly pairs: readonly WordPair[];
}

interface Candidate {
  readonly asked: number;
  readonly listed: number;
  readonly score: number;
}

const lengthOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + word.length, 0);

/** Compares names as lists of words under one method. */
export class NameScorer {
  readonly method: ScreeningMethod;
  readonly firstLetters: FirstLetters;

  constructor(method: ScreeningMethod) {
    this.method = method;
    this.firstLetters = new FirstLetters(method.firstLetters);
  }

  /**
   * The score of a name that is asked about against a listed one: words are paired best first, whatever their order; the
   * mean of the pairs' scores is weighed by letters, where an asked word without a partner counts as 0, and is lowered by
   * the part of the listed name that found none. After the method published with moov-io/watchman.
   */
  score(asked: readonly string[], listed: readonly string[]): NameScore {
    const pairs: WordPair[] = [];
    let sum = 0;
    let pairedLetters = 0;
    let askedUsed = 0;
    let listedUsed = 0;
    for (const { asked: i, listed: j, score } of this.#candidates(asked, listed)) {
      if (askedUsed & (1 << i) || listedUsed & (1 << j)) continue;
      askedUsed |= 1 << i;
      listedUsed |= 1 << j;
      const [a, b] = [asked[i] as string, listed[j] as string];
      sum += score * (a.length + b.length);
      pairedLetters += b.length;
      pairs.push({ asked: a, listed: b, score });
    }
    if (pairs.length === 0) return { score: 0, pairs };
    const mean = sum / (lengthOf(asked) + pairedLetters);
    const unmatched = 1 - pairedLetters / lengthOf(listed);
    return { score: mean * (1 - unmatched * this.method.unmatchedListed), pairs };
  }

  /** All pairs of words that may stand for one another, best first; ties in the order of the words. */
  #candidates(asked: readonly string[], listed: readonly string[]): Candidate[] {
    const found: Candidate[] = [];
    for (let i = 0; i < asked.length; i += 1) {
      const word = new ComparedWord(asked[i] as string);
      for (let j = 0; j < listed.length; j += 1) {
        const other = listed[j] as string;
        if (!this.firstLetters.related(word.word, other)) continue;
        found.push({ asked: i, listed: j, score: word.score(other, this.method) });
      }
    }
    return found.sort((one, other) => other.score - one.score || one.asked - other.asked || one.listed - other.listed);
  }
}
