import * as z from 'zod';
import type { Passage } from './features.ts';
import { wordsOf } from './words.ts';

/** A row of `reference/hs/goods-terms.csv`: names of goods and the subheading that they belong to. */
export const goodsTermSchema = z.object({
  hs6: z.string().regex(/^\d{6}$/, 'is not a code of six digits'),
  /** What must also be told, `;` between demands and `/` between words that meet one: `knit;women/girls`. */
  when: z.string(),
  /** Names, `;` between them. */
  terms: z.string(),
});
export type GoodsTerm = z.infer<typeof goodsTermSchema>;

/** A row of `reference/hs/goods-words.csv`: words, also in other languages, that stand for one material or one kind of wearer. */
export const goodsWordsSchema = z.object({ kind: z.string(), concept: z.string(), words: z.string() });
export type GoodsWords = z.infer<typeof goodsWordsSchema>;

/** How well the lexicon knows a subheading for a record. */
export interface LexiconHit {
  /** How much of what the record says names these goods. */
  score: number;
  /** Share of the row's demands that are met, 1 when it makes none. */
  met: number;
  readonly term: string;
}

interface Entry {
  readonly hs6: string;
  readonly demands: readonly (readonly string[])[];
}
interface Phrase {
  readonly term: string;
  readonly length: number;
  readonly entries: Entry[];
}

const LONGEST_PHRASE = 5;
const PLACE_WEIGHT: Readonly<Record<Passage['place'], number>> = {
  name: 1,
  purpose: 0.35,
  leaf: 0.9,
  path: 0.25,
  attribute: 0.5,
};

const split = (text: string, at: string): string[] =>
  text
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '');

interface Found {
  readonly phrase: Phrase;
  readonly weight: number;
}

/** Finds names of goods in what a record says: the longest at each place, those in front of `for` before those behind. */
export class Lexicon {
  readonly #phrases = new Map<string, Phrase>();
  /** Words that stand for another: material and person in other languages. */
  readonly #synonyms: ReadonlyMap<string, string>;

  constructor(rows: Iterable<GoodsTerm>, words: Iterable<GoodsWords>) {
    this.#synonyms = new Map(
      [...words].flatMap(({ concept, words: forms }) =>
        split(forms, ';').flatMap((form) =>
          wordsOf(form).map((word): [string, string] => [word, wordsOf(concept)[0] ?? '']),
        ),
      ),
    );
    for (const { hs6, when, terms } of rows) {
      const demands = split(when, ';').map((demand) =>
        split(demand, '/').flatMap((word) => this.#concepts(wordsOf(word))),
      );
      for (const term of split(terms, ';')) this.#add(term, { hs6, demands });
    }
  }

  #add(term: string, entry: Entry) {
    const words = wordsOf(term);
    const key = words.join(' ');
    const phrase = this.#phrases.get(key) ?? { term, length: words.length, entries: [] };
    phrase.entries.push(entry);
    this.#phrases.set(key, phrase);
  }

  #concepts(words: readonly string[]): string[] {
    return words.map((word) => this.#synonyms.get(word) ?? word);
  }

  #inPassage({ place, words }: Passage): Found[] {
    const found: Found[] = [];
    const weight = PLACE_WEIGHT[place];
    for (let from = 0; from < words.length; ) {
      let taken = 1;
      for (let length = Math.min(LONGEST_PHRASE, words.length - from); length > 0; length -= 1) {
        const phrase = this.#phrases.get(words.slice(from, from + length).join(' '));
        if (!phrase) continue;
        // English, Chinese and German name the kind of thing last: what stands later in the name weighs more.
        const late = place === 'name' ? 0.7 + (0.3 * (from + length)) / words.length : 1;
        found.push({ phrase, weight: weight * late * (1 + 0.5 * (length - 1)) });
        taken = length;
        break;
      }
      from += taken;
    }
    return found;
  }

  /** Subheadings that the lexicon knows for the goods. */
  find(passages: readonly Passage[]): Map<string, LexiconHit> {
    const told = new Set(passages.flatMap(({ words }) => this.#concepts(words)));
    const hits = new Map<string, LexiconHit>();
    for (const passage of passages) {
      for (const { phrase, weight } of this.#inPassage(passage)) this.#vote(hits, phrase, weight, told);
    }
    return hits;
  }

  #vote(hits: Map<string, LexiconHit>, phrase: Phrase, weight: number, told: ReadonlySet<string>) {
    const shares = phrase.entries.map(({ demands }) => {
      const met = demands.filter((words) => words.some((word) => told.has(word))).length;
      return {
        met: demands.length === 0 ? 1 : met / demands.length,
        share: 1 + 2 * met - 0.7 * (demands.length - met),
      };
    });
    const weights = shares.map(({ share }) => Math.exp(share));
    const sum = weights.reduce((total, part) => total + part, 0);
    for (const [at, { hs6 }] of phrase.entries.entries()) {
      const score = (weight * (weights[at] ?? 0)) / sum;
      const hit = hits.get(hs6);
      const met = shares[at]?.met ?? 1;
      if (!hit) hits.set(hs6, { score, met, term: phrase.term });
      else {
        hit.score = Math.max(hit.score, score) + 0.3 * Math.min(hit.score, score);
        hit.met = Math.max(hit.met, met);
      }
    }
  }
}
