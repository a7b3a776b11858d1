import { HashIndex } from './hash-index.ts';
import { hashOf, wordsOf } from './words.ts';

/** Goods as a shop describes them. */
export interface Goods {
  readonly text: string;
  readonly category?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** A run of words of one weight: the name of the goods, what they are for, the category's leaf, … */
export interface Passage {
  readonly place: 'name' | 'purpose' | 'leaf' | 'path' | 'attribute';
  readonly words: readonly string[];
}

/** Hashed features with their weights. */
export interface Features {
  readonly hashes: Uint32Array;
  readonly weights: Float32Array;
}

const WEIGHTS: Readonly<Record<Passage['place'], number>> = {
  name: 1,
  purpose: 0.5,
  leaf: 0.8,
  path: 0.3,
  attribute: 0.4,
};
const PAIR_WEIGHT = 0.8;
const GRAM_WEIGHT = 0.35;
const GRAM = 4;
const SEEDS = { word: 1, pair: 2, gram: 3 };

/** After one of these a title says what the goods are for, go with or are made for, no more what they are. */
const PURPOSE = new Set('for with fit compatible fur mit pour avec para con por per voor met dla'.split(' '));

/** Attributes that speak of the parcel, the maker or the offer, not of the goods. */
const BESIDE_THE_POINT =
  /brand|origin|package|packing|model|weight|size|length|width|height|chemical|certif|number|season|date|lot_num|unit|quantity|custom/i;
const NOTHING_SAID = /^(none|no|yes|other|others|n\/a|null|all compatible|in-stock items|\d*)$/i;

const titlePassages = (text: string): Passage[] => {
  const words = wordsOf(text);
  const turn = words.findIndex((word, place) => place > 0 && PURPOSE.has(word));
  if (turn < 0) return [{ place: 'name', words }];
  return [
    { place: 'name', words: words.slice(0, turn) },
    { place: 'purpose', words: words.slice(turn + 1) },
  ];
};

const categoryPassages = (category: string): Passage[] => {
  const levels = category.split(/\s*[>/|]\s*/).map((level) => wordsOf(level));
  const said = levels.filter((words) => words.length > 0);
  const leaf = said.pop();
  if (!leaf) return [];
  return [{ place: 'leaf', words: leaf }, ...said.map((words): Passage => ({ place: 'path', words }))];
};

const attributePassages = (attributes: Readonly<Record<string, string>>): Passage[] =>
  Object.entries(attributes)
    .filter(([key, value]) => !BESIDE_THE_POINT.test(key) && !NOTHING_SAID.test(value.trim()))
    .map(([, value]): Passage => ({ place: 'attribute', words: wordsOf(value) }));

/** What a record says, passage by passage. */
export const passagesOf = (goods: Goods): Passage[] => [
  ...titlePassages(goods.text),
  ...(goods.category === undefined ? [] : categoryPassages(goods.category)),
  ...(goods.attributes === undefined ? [] : attributePassages(goods.attributes)),
];

/** The word features of one word: itself, and its runs of four letters, with ends marked, which survive a cut or a compound. */
const hashesOfWord = (word: string): readonly number[] => {
  const marked = `^${word}$`;
  const hashes = [hashOf(word, SEEDS.word)];
  if (word.startsWith('#')) return hashes;
  for (let from = 0; from + GRAM <= marked.length; from += 1)
    hashes.push(hashOf(marked.slice(from, from + GRAM), SEEDS.gram));
  return hashes;
};

const CACHED_WORDS = 100_000;
const ROOM = 512;

/** Turns passages into hashed features; keeps the features of words it has met. */
export class FeatureMaker {
  readonly #known = new Map<string, readonly number[]>();
  /** What the record at hand has shown so far, in the order of its coming. */
  readonly #met = new HashIndex(ROOM);
  #found = new Uint32Array(ROOM);
  #weights = new Float32Array(ROOM);

  #hashes(word: string): readonly number[] {
    const known = this.#known.get(word);
    if (known) return known;
    const hashes = hashesOfWord(word);
    if (this.#known.size < CACHED_WORDS) this.#known.set(word, hashes);
    return hashes;
  }

  /** Features of a record; a feature met twice keeps its greater weight. Without `grams` its words and pairs of words alone. */
  of(passages: readonly Passage[], grams = true): Features {
    this.#met.clear();
    for (const { place, words } of passages) {
      const weight = WEIGHTS[place];
      let before: string | undefined;
      for (const word of words) {
        const hashes = this.#hashes(word);
        this.#add(hashes[0] ?? 0, weight);
        for (let at = 1; grams && at < hashes.length; at += 1) this.#add(hashes[at] ?? 0, weight * GRAM_WEIGHT);
        if (before !== undefined) this.#add(hashOf(`${before} ${word}`, SEEDS.pair), weight * PAIR_WEIGHT);
        before = word;
      }
    }
    const count = this.#met.size;
    return { hashes: this.#found.slice(0, count), weights: this.#weights.slice(0, count) };
  }

  #add(hash: number, weight: number): void {
    const size = this.#met.size;
    const place = this.#met.add(hash);
    if (place < size) {
      this.#weights[place] = Math.max(weight, this.#weights[place] ?? 0);
      return;
    }
    if (place === this.#found.length) this.#widen();
    this.#found[place] = hash;
    this.#weights[place] = weight;
  }

  #widen(): void {
    const found = new Uint32Array(this.#found.length * 2);
    const weights = new Float32Array(this.#found.length * 2);
    found.set(this.#found);
    weights.set(this.#weights);
    this.#found = found;
    this.#weights = weights;
  }
}
