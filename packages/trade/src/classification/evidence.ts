import { type FeatureMaker, type Features, type Goods, type Passage, passagesOf } from './features.ts';
import type { Lexicon, LexiconHit } from './lexicon.ts';
import { Neighbours } from './neighbours.ts';
import { keepBest, type Tree } from './tree.ts';

/** Where a labelled text comes from. */
export const KINDS = ['product', 'parcel', 'term', 'nomenclature'] as const;
type Kind = (typeof KINDS)[number];

/** A text whose subheading is known, as the index keeps it. */
export interface KnownText {
  readonly features: Features;
  readonly hs6: string;
  readonly kind: Kind;
}

/** What speaks for each candidate, in the order of `EVIDENCE`. */
export interface Evidence {
  readonly codes: readonly string[];
  /** `EVIDENCE.length` numbers a candidate, one candidate after the other. */
  readonly values: Float64Array;
  /** For each candidate the known text that is nearest, -1 for none. */
  readonly nearest: readonly number[];
  readonly terms: readonly (string | undefined)[];
  /** For each candidate how many subheadings its heading has, and how many names of goods are known for it. */
  readonly siblings: readonly number[];
  readonly namings: readonly number[];
  readonly passages: readonly Passage[];
}

/** A candidate's place in the evidence and how probable it is held. */
export interface Ranked {
  readonly place: number;
  readonly probability: number;
}

/** The kinds of evidence that the ranking weighs. */
export const EVIDENCE = [
  'treeChapter',
  'treeHeading',
  'treeSubheading',
  'nearestProduct',
  'nearestParcel',
  'nearestTerm',
  'nearestNomenclature',
  'nearest',
  'nearestHeading',
  'votes',
  'votesHeading',
  'votesChapter',
  'lexicon',
  'lexiconShare',
  'lexiconHeading',
  'lexiconChapter',
  'lexiconMet',
  'lexiconTop',
] as const;
const SIMPLE = EVIDENCE.length;
/** Each evidence counts once by itself and once by how much the record says. */
export const WEIGHTS_NEEDED = 2 * SIMPLE;

const NEIGHBOURS = 16;
const LEAST_COSINE = 0.02;
const FROM_TREE = 20;
const WORST = -9;

interface Sums {
  readonly subheading: Map<string, number>;
  readonly heading: Map<string, number>;
  readonly chapter: Map<string, number>;
}
const sums = (): Sums => ({ subheading: new Map(), heading: new Map(), chapter: new Map() });
const addTo = (map: Map<string, number>, key: string, value: number) => map.set(key, (map.get(key) ?? 0) + value);
const raise = (map: Map<string, number>, key: string, value: number) =>
  map.set(key, Math.max(map.get(key) ?? 0, value));

/** What the nearest known texts say. */
interface Near {
  readonly votes: Sums;
  readonly total: number;
  readonly best: readonly Map<string, number>[];
  readonly heading: Map<string, number>;
  readonly nearest: Map<string, number>;
}

/** Gathers what speaks for which subheading: the tree, the nearest known texts, and the lexicon. */
export class Witnesses {
  readonly #tree: Tree;
  readonly #neighbours: Neighbours;
  readonly #known: readonly KnownText[];
  readonly #lexicon: Lexicon;
  readonly #kinds: Uint8Array;
  /** For each known text the first digits of its code. */
  readonly #headings: readonly string[];
  readonly #chapters: readonly string[];
  readonly #siblings = new Map<string, number>();
  readonly #namings = new Map<string, number>();
  readonly maker: FeatureMaker;

  constructor(tree: Tree, known: readonly KnownText[], lexicon: Lexicon, maker: FeatureMaker) {
    this.#tree = tree;
    this.#known = known;
    this.#lexicon = lexicon;
    this.#neighbours = new Neighbours(known.map(({ features }) => features));
    this.maker = maker;
    this.#kinds = Uint8Array.from(known, ({ kind }) => KINDS.indexOf(kind));
    this.#headings = known.map(({ hs6 }) => hs6.slice(0, 4));
    this.#chapters = known.map(({ hs6 }) => hs6.slice(0, 2));
    for (const code of tree.codes) if (code.length === 6) addTo(this.#siblings, code.slice(0, 4), 1);
    for (const { hs6, kind } of known) if (kind === 'term') addTo(this.#namings, hs6, 1);
  }

  /** For each kind the places of the nearest known texts, nearest first. */
  #nearest(cosines: Float32Array): number[][] {
    const kept: number[][] = KINDS.map(() => []);
    const least = new Float32Array(KINDS.length).fill(LEAST_COSINE);
    for (let at = 0; at < cosines.length; at += 1) {
      const kind = this.#kinds[at] ?? 0;
      if ((cosines[at] ?? 0) <= (least[kind] ?? 0)) continue;
      const places = kept[kind] ?? [];
      keepBest(places, at, cosines, NEIGHBOURS);
      if (places.length === NEIGHBOURS) least[kind] = cosines[places[NEIGHBOURS - 1] ?? 0] ?? 0;
    }
    return kept;
  }

  #near(features: Features): Near {
    const cosines = this.#neighbours.cosines(features);
    const near = {
      votes: sums(),
      total: 1e-9,
      best: KINDS.map(() => new Map<string, number>()),
      heading: new Map(),
      nearest: new Map(),
    };
    const nearness = new Map<string, number>();
    for (const [kind, places] of this.#nearest(cosines).entries()) {
      for (const at of places) {
        const hs6 = this.#known[at]?.hs6 ?? '';
        const cosine = cosines[at] ?? 0;
        raise(near.best[kind] ?? new Map(), hs6, cosine);
        const heading = this.#headings[at] ?? '';
        raise(near.heading, heading, cosine);
        if (cosine > (nearness.get(hs6) ?? 0)) {
          nearness.set(hs6, cosine);
          near.nearest.set(hs6, at);
        }
        const vote = cosine * cosine;
        near.total += vote;
        addTo(near.votes.subheading, hs6, vote);
        addTo(near.votes.heading, heading, vote);
        addTo(near.votes.chapter, this.#chapters[at] ?? '', vote);
      }
    }
    return near;
  }

  /** What speaks for which subheading. */
  hear(goods: Goods): Evidence {
    const passages = passagesOf(goods);
    const features = this.maker.of(passages);
    this.#tree.read(features);
    const near = this.#near(features);
    const hits = this.#lexicon.find(passages);
    const codes = [...new Set([...this.#tree.best(FROM_TREE), ...near.nearest.keys(), ...hits.keys()])];
    const known = lexiconSums(hits);
    const values = new Float64Array(codes.length * WEIGHTS_NEEDED);
    const words = passages.reduce((sum, passage) => sum + passage.words.length, 0);
    const said = Math.min(1, words / 20);
    let used = 0;
    const kept: string[] = [];
    for (const hs6 of codes) {
      const parts = this.#tree.parts(hs6);
      if (!parts) continue;
      const hit = hits.get(hs6);
      const [product, parcel, term, nomenclature] = near.best.map((map) => map.get(hs6) ?? 0);
      const heading = hs6.slice(0, 4);
      const chapter = hs6.slice(0, 2);
      const row = [
        Math.max(WORST, parts.chapter),
        Math.max(WORST, parts.heading),
        Math.max(WORST, parts.subheading),
        product,
        parcel,
        term,
        nomenclature,
        Math.max(product ?? 0, parcel ?? 0, term ?? 0),
        near.heading.get(heading) ?? 0,
        (near.votes.subheading.get(hs6) ?? 0) / near.total,
        (near.votes.heading.get(heading) ?? 0) / near.total,
        (near.votes.chapter.get(chapter) ?? 0) / near.total,
        Math.min(2, hit?.score ?? 0),
        (hit?.score ?? 0) / known.total,
        (known.heading.get(heading) ?? 0) / known.total,
        (known.chapter.get(chapter) ?? 0) / known.total,
        hit?.met ?? 0,
        hit && hit.score >= known.top ? 1 : 0,
      ];
      for (let at = 0; at < SIMPLE; at += 1) {
        const value = row[at] ?? 0;
        values[used + at] = value;
        values[used + SIMPLE + at] = value * said;
      }
      used += WEIGHTS_NEEDED;
      kept.push(hs6);
    }
    return {
      codes: kept,
      values: values.subarray(0, used),
      nearest: kept.map((hs6) => near.nearest.get(hs6) ?? -1),
      terms: kept.map((hs6) => hits.get(hs6)?.term),
      siblings: kept.map((hs6) => this.#siblings.get(hs6.slice(0, 4)) ?? 0),
      namings: kept.map((hs6) => this.#namings.get(hs6) ?? 0),
      passages,
    };
  }
}

const lexiconSums = (hits: ReadonlyMap<string, LexiconHit>) => {
  const known = { total: 1e-9, top: 0, heading: new Map<string, number>(), chapter: new Map<string, number>() };
  for (const [hs6, { score }] of hits) {
    known.total += score;
    known.top = Math.max(known.top, score);
    addTo(known.heading, hs6.slice(0, 4), score);
    addTo(known.chapter, hs6.slice(0, 2), score);
  }
  return known;
};
