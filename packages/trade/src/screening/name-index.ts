import type { NameScore, NameScorer } from './name-score.ts';
import { type Letters, lettersOf, WordTable } from './word-table.ts';

/** Below this score two words count as unlike while candidates are sought: the higher, the fewer words and the more names are compared. */
const ALIKE_FROM = 0.7;
const ROUNDING = 1e-9;

/** A listed name that scored. */
export interface IndexHit extends NameScore {
  /** Number of the name, in the order in which names were added. */
  readonly name: number;
}

/**
 * Listed names by their words, to find those that score at least a threshold without comparing all of them, and to miss
 * none. A name's score is at most the mean over pairs of words weighed by letters (an asked word without a partner counts
 * as 0). So a score of T asks that the sum of (pair's score - T) x letters over all pairs, less T x letters of unpaired asked
 * words, is not negative. A first bound takes scores of words that are alike from a table, and `ALIKE_FROM` for any other
 * pair; a second takes, for names that pass, what the letters of each pair allow. Only names that pass both are compared.
 */
export class NameIndex {
  readonly #scorer: NameScorer;
  readonly #table: WordTable;
  readonly #names: (readonly string[])[] = [];
  readonly #wordsOf: (readonly number[])[] = [];
  readonly #postings: number[][] = [];
  #gains = new Float64Array(0);

  constructor(scorer: NameScorer) {
    this.#scorer = scorer;
    this.#table = new WordTable(ALIKE_FROM, scorer.firstLetters, scorer.method);
  }

  /** Adds a name as its words; names count from 0. */
  add(words: readonly string[]): void {
    const name = this.#names.push(words) - 1;
    const numbers = words.map((word) => this.#table.add(word));
    this.#wordsOf.push(numbers);
    for (const number of new Set(numbers)) {
      this.#postings[number] ??= [];
      this.#postings[number].push(name);
    }
  }

  /** Names that score at least `threshold`, in the order in which they were added. */
  search(asked: readonly string[], threshold: number): IndexHit[] {
    const letters = asked.map(lettersOf);
    const hits: IndexHit[] = [];
    for (const name of this.#candidates(asked, threshold)) {
      if (!this.#mayReach(letters, this.#wordsOf[name] as readonly number[], threshold)) continue;
      const found = this.#scorer.score(asked, this.#names[name] as readonly string[]);
      if (found.score >= threshold) hits.push({ name, ...found });
    }
    return hits.sort((a, b) => a.name - b.name);
  }

  /** The same by comparing every name: what `search` must agree with. */
  scan(asked: readonly string[], threshold: number): IndexHit[] {
    return this.#names.flatMap((words, name) => {
      const found = this.#scorer.score(asked, words);
      return found.score >= threshold ? [{ name, ...found }] : [];
    });
  }

  /** Names that the first bound lets pass, in any order. */
  #candidates(asked: readonly string[], threshold: number): number[] {
    if (this.#gains.length < this.#names.length) this.#gains = new Float64Array(this.#names.length);
    const gains = this.#gains;
    const touched: number[] = [];
    let without = 0;
    for (const word of asked) {
      const unlike = Math.min(0, ALIKE_FROM - threshold) * word.length;
      without += unlike;
      for (const { word: number, score } of this.#table.alikeTo(word)) {
        const letters = word.length + (this.#table.words[number] as string).length;
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
    return found;
  }

  /** The second bound: each asked word with the listed word that its letters allow most, whether or not another has it too. */
  #mayReach(asked: readonly Letters[], listed: readonly number[], threshold: number): boolean {
    let sum = 0;
    for (const letters of asked) {
      let best = -threshold * letters.length;
      for (const number of listed) {
        const gain = this.#table.gainBound(letters, number, threshold);
        if (gain > best) best = gain;
      }
      sum += best;
    }
    return sum >= -ROUNDING;
  }
}
