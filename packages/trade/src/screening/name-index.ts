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
  readonly #postings: (number[] | undefined)[] = [];
  #gains = new Float64Array(0);

  /** Indexes that are asked for the same words may share a `table`, made by `tableFor`. */
  constructor(scorer: NameScorer, table = NameIndex.tableFor(scorer)) {
    this.#scorer = scorer;
    this.#table = table;
  }

  /** A table of words for one or several indexes. */
  static tableFor({ firstLetters, method }: NameScorer): WordTable {
    return new WordTable(ALIKE_FROM, firstLetters, method);
  }

  /** Adds a name as its words; names count from 0. */
  add(words: readonly string[]): void {
    const name = this.#names.push(words) - 1;
    const numbers = words.map((word) => this.#table.add(word));
    this.#wordsOf.push(numbers);
    for (const number of new Set(numbers)) {
      const posted = this.#postings[number];
      if (posted) posted.push(name);
      else this.#postings[number] = [name];
    }
  }

  /** Names that score at least `threshold`, in the order in which they were added. */
  search(asked: readonly string[], threshold: number): IndexHit[] {
    const wanted = asked.map((word) => this.#wanted(word, threshold));
    const hits: IndexHit[] = [];
    // Long words first, as they decide soonest that a name cannot reach the threshold.
    const byLength = wanted.toSorted((a, b) => b.letters.length - a.letters.length);
    for (const name of this.#candidates(wanted, threshold)) {
      if (!this.#mayReach(byLength, this.#wordsOf[name] as readonly number[], threshold)) continue;
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

  #wanted(word: string, threshold: number): Wanted {
    const { numbers, scores } = this.#table.alikeTo(word);
    const unlike = Math.min(0, ALIKE_FROM - threshold) * word.length;
    const gains = scores.map((score, at) => {
      const other = this.#table.words[numbers[at] as number] as string;
      return (score - threshold) * (word.length + other.length);
    });
    return { letters: lettersOf(word), numbers, gains, unlike, most: gains.reduce((a, b) => Math.max(a, b), unlike) };
  }

  /** Names that the first bound lets pass, in any order. */
  #candidates(wanted: readonly Wanted[], threshold: number): number[] {
    if (this.#gains.length < this.#names.length) this.#gains = new Float64Array(this.#names.length);
    const gains = this.#gains;
    const touched: number[] = [];
    for (const { numbers, gains: own, unlike } of wanted) {
      for (let at = 0; at < numbers.length; at += 1) {
        const gain = (own[at] as number) - unlike;
        const posted = this.#postings[numbers[at] as number];
        if (gain <= 0 || !posted) continue;
        for (const name of posted) {
          if (gains[name] === 0) touched.push(name);
          gains[name] = (gains[name] as number) + gain;
        }
      }
    }
    const without = wanted.reduce((sum, { unlike }) => sum + unlike, 0);
    // At a threshold this low even unlike words may do.
    if (threshold <= ALIKE_FROM) for (const name of this.#names.keys()) if (gains[name] === 0) touched.push(name);
    const found = touched.filter((name) => (gains[name] as number) + without >= -ROUNDING);
    for (const name of touched) gains[name] = 0;
    return found;
  }

  /** The second bound: each asked word with the listed word that its letters allow most, whether or not another has it too. */
  #mayReach(wanted: readonly Wanted[], listed: readonly number[], threshold: number): boolean {
    // What unlike words add is bounded only where they score less than the threshold.
    if (threshold <= ALIKE_FROM) return true;
    let sum = 0;
    for (const { most } of wanted) sum += most;
    for (const { letters, most } of wanted) {
      let best = -threshold * letters.length;
      for (const number of listed) {
        const gain = this.#table.gainBound(letters, number, threshold);
        if (gain > best) best = gain;
      }
      if (best < most) sum += best - most;
      if (sum < -ROUNDING) return false;
    }
    return true;
  }
}

/** An asked word: which listed words are like it, and what pairing it with each adds to the sum that must not be negative. */
interface Wanted {
  readonly letters: Letters;
  readonly numbers: readonly number[];
  readonly gains: readonly number[];
  /** The most that any other word adds. */
  readonly unlike: number;
  /** The most that any word adds. */
  readonly most: number;
}
