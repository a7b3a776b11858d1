import { type BoostedTrees, boostedOdds } from './boosted.ts';
import type { Evidence, Ranked } from './evidence.ts';
import { type HashIndex, indexOf } from './hash-index.ts';
import type { SparseWeights } from './model.ts';
import { hashOf, plainText, wordsOf } from './words.ts';

const SEEDS = { word: 20, pair: 21, first: 22, last: 23, count: 24, length: 25, whole: 26, found: 27, gram: 30 };
const WEIGHTS = { word: 1, pair: 0.7, gram: 0.4, edge: 0.4, fact: 0.4, found: 0.5 };
const GRAMS = [2, 3, 4, 5];
const LONGEST = 240;
const MOST_WORDS = 9;
const WHOLE = 2;

/**
 * Hashed features of how a text is worded: words, pairs, first and last word, runs of two to five signs as it was written,
 * its length, and what the classifier took it for. A feature's weight is divided by the length of all.
 */
export const wordingOf = (text: string, evidence: Evidence, ranked: readonly Ranked[]): Map<number, number> => {
  const found = new Map<number, number>();
  const words = wordsOf(text);
  for (const word of words) found.set(hashOf(word, SEEDS.word), WEIGHTS.word);
  for (let at = 1; at < words.length; at += 1) {
    found.set(hashOf(`${words[at - 1]} ${words[at]}`, SEEDS.pair), WEIGHTS.pair);
  }
  const raw = ` ${plainText(text).replaceAll(/\d/g, '0')} `.slice(0, LONGEST);
  for (const gram of GRAMS) {
    for (let from = 0; from + gram <= raw.length; from += 1) {
      found.set(hashOf(raw.slice(from, from + gram), SEEDS.gram), WEIGHTS.gram);
    }
  }
  found.set(hashOf(words[0] ?? '', SEEDS.first), WEIGHTS.edge);
  found.set(hashOf(words.at(-1) ?? '', SEEDS.last), WEIGHTS.edge);
  found.set(hashOf(String(Math.min(MOST_WORDS, words.length)), SEEDS.count), WEIGHTS.fact);
  found.set(hashOf(String(text.length), SEEDS.length), WEIGHTS.fact);
  found.set(hashOf(`about ${Math.floor(text.length / 4)}`, SEEDS.length), WEIGHTS.fact);
  if (words.length <= WHOLE) found.set(hashOf(words.join(' '), SEEDS.whole), WEIGHTS.word);
  const [first] = ranked;
  if (first) addFound(found, evidence, first);
  let squares = 0;
  for (const weight of found.values()) squares += weight * weight;
  const scale = 1 / Math.sqrt(squares);
  for (const [hash, weight] of found) found.set(hash, weight * scale);
  return found;
};

/** What the classifier took the text for: the code at its three depths, the term, and the chapter with how sure it was. */
const addFound = (found: Map<number, number>, evidence: Evidence, { place, probability }: Ranked) => {
  const code = evidence.codes[place] ?? '';
  const sure = `${code.slice(0, 2)} ${Math.floor(probability * 5)}`;
  const facts = [code, code.slice(0, 4), code.slice(0, 2), `term ${evidence.terms[place]}`, sure];
  for (const fact of facts) found.set(hashOf(fact, SEEDS.found), WEIGHTS.found);
};

/**
 * How probable it is that a text is too vague: a linear support vector machine over its wording, whose margin is one of the
 * numbers that boosted trees then judge by (stacking, after Wolpert 1992).
 */
export class Vagueness {
  readonly #places: HashIndex;
  readonly #weights: Int8Array;
  readonly #step: number;
  readonly #bias: number;
  readonly #trees: BoostedTrees;

  constructor({ hashes, weights }: SparseWeights, step: number, bias: number, trees: BoostedTrees) {
    this.#places = indexOf(hashes);
    this.#weights = weights;
    this.#step = step;
    this.#bias = bias;
    this.#trees = trees;
  }

  /** From 0 (says what the goods are) to 1 (too vague); `ranked` as the ranking left it, before calibration. */
  of(text: string, evidence: Evidence, ranked: readonly Ranked[], signs: readonly number[]): number {
    let margin = this.#bias;
    for (const [hash, weight] of wordingOf(text, evidence, ranked)) {
      const place = this.#places.place(hash);
      if (place >= 0) margin += (this.#weights[place] ?? 0) * this.#step * weight;
    }
    return 1 / (1 + Math.exp(-boostedOdds(this.#trees, [margin, ...signs])));
  }
}
