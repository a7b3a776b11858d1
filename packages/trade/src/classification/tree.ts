import type { Features } from './features.ts';
import { type HashIndex, indexOf } from './hash-index.ts';

/** Logistic weights of every chapter, heading and subheading against its siblings, by hashed feature. */
export interface TreeWeights {
  /** Codes of 2, 4 and 6 digits, parents before their own. */
  readonly codes: readonly string[];
  readonly biases: Float32Array;
  /** Sorted feature hashes. */
  readonly hashes: Uint32Array;
  /** For each hash, where its weights start; one more at the end. */
  readonly starts: Uint32Array;
  readonly nodes: Uint16Array;
  readonly weights: Int8Array;
  /** What one step of `weights` is worth. */
  readonly step: number;
}

/** How probable the tree holds each code to be: log probabilities in the order of its codes. */
export interface TreeScores {
  readonly chapter: number;
  readonly heading: number;
  readonly subheading: number;
}

/** Where the children of each code stand in the list of codes; those of the root come first. */
const childrenOf = (parents: Int32Array): number[][] => {
  const children: number[][] = Array.from({ length: parents.length + 1 }, () => []);
  for (const [at, parent] of parents.entries()) children[parent + 1]?.push(at);
  return children;
};

/** Length of a record's vector before the tree reads it. */
export const norm = (weights: Float32Array): number => {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return Math.sqrt(squares) || 1;
};

/**
 * A chain of choices, chapter, then heading, then subheading, each a multinomial logistic regression over the children of
 * the code chosen before (Koller and Sahami 1997).
 */
export class Tree {
  readonly codes: readonly string[];
  readonly #weights: TreeWeights;
  readonly #places: HashIndex;
  readonly #parents: Int32Array;
  readonly #children: readonly (readonly number[])[];
  readonly #at: ReadonlyMap<string, number>;
  readonly #scores: Float32Array;
  readonly #totals: Float32Array;
  /** Logarithm of what the scores of a code's children come to, by the code's place plus one; not a number until asked for. */
  readonly #wholes: Float64Array;

  constructor(weights: TreeWeights) {
    this.#weights = weights;
    this.codes = weights.codes;
    this.#places = indexOf(weights.hashes);
    this.#at = new Map(weights.codes.map((code, at) => [code, at]));
    this.#parents = Int32Array.from(weights.codes, (code) => this.#at.get(code.slice(0, -2)) ?? -1);
    this.#children = childrenOf(this.#parents);
    this.#scores = new Float32Array(weights.codes.length);
    this.#totals = new Float32Array(weights.codes.length);
    this.#wholes = new Float64Array(weights.codes.length + 1);
  }

  /** Reads a record; `parts` and `best` then answer for it until the next is read. */
  read({ hashes, weights }: Features): void {
    const scores = this.#scores;
    scores.set(this.#weights.biases);
    this.#wholes.fill(Number.NaN);
    const { starts, nodes, weights: steps, step } = this.#weights;
    const scale = step / norm(weights);
    for (let at = 0; at < hashes.length; at += 1) {
      const place = this.#places.place(hashes[at] ?? 0);
      if (place < 0) continue;
      const weight = (weights[at] ?? 0) * scale;
      const end = starts[place + 1] ?? 0;
      for (let entry = starts[place] ?? 0; entry < end; entry += 1) {
        const node = nodes[entry] ?? 0;
        scores[node] = (scores[node] ?? 0) + weight * (steps[entry] ?? 0);
      }
    }
  }

  /** Log probability of a code given its parent. */
  #log(at: number): number {
    const parent = (this.#parents[at] ?? -1) + 1;
    let whole = this.#wholes[parent] ?? 0;
    if (Number.isNaN(whole)) {
      whole = logSum(this.#scores, this.#children[parent] ?? []);
      this.#wholes[parent] = whole;
    }
    return Math.fround((this.#scores[at] ?? 0) - whole);
  }

  /** Log probabilities of the parts of a subheading, each given the part before. */
  parts(hs6: string): TreeScores | undefined {
    const subheading = this.#at.get(hs6);
    if (subheading === undefined) return undefined;
    const heading = this.#parents[subheading] ?? -1;
    const chapter = this.#parents[heading] ?? -1;
    return { chapter: this.#log(chapter), heading: this.#log(heading), subheading: this.#log(subheading) };
  }

  /** The most probable subheadings, at most `count`. */
  best(count: number): string[] {
    const leaves: number[] = [];
    this.#search(-1, 0, leaves, count);
    return leaves.map((leaf) => this.codes[leaf] ?? '');
  }

  /** What a subheading must pass to be kept. */
  #least(leaves: readonly number[], count: number): number {
    return leaves.length < count ? Number.NEGATIVE_INFINITY : (this.#totals[leaves[count - 1] ?? 0] ?? 0);
  }

  /** Goes down from a code, the most probable child first, and past every branch that is already less probable than what is kept. */
  #search(from: number, total: number, leaves: number[], count: number): void {
    const children: { readonly at: number; readonly log: number }[] = [];
    for (const at of this.#children[from + 1] ?? []) {
      const log = Math.fround(this.#log(at) + total);
      if (log > this.#least(leaves, count)) children.push({ at, log });
    }
    for (const { at, log } of children.sort((a, b) => b.log - a.log)) {
      if (log <= this.#least(leaves, count)) return;
      if (this.codes[at]?.length === 6) {
        this.#totals[at] = log;
        keepBest(leaves, at, this.#totals, count);
      } else this.#search(at, log, leaves, count);
    }
  }
}

/** Keeps a short list of places sorted by falling value. */
export const keepBest = (kept: number[], candidate: number, values: Float32Array, count: number): void => {
  const value = values[candidate] ?? 0;
  if (kept.length === count && value <= (values[kept[count - 1] ?? 0] ?? 0)) return;
  let place = Math.min(kept.length, count - 1);
  while (place > 0 && (values[kept[place - 1] ?? 0] ?? 0) < value) {
    kept[place] = kept[place - 1] ?? 0;
    place -= 1;
  }
  kept[place] = candidate;
};

const logSum = (scores: Float32Array, family: readonly number[]): number => {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const at of family) greatest = Math.max(greatest, scores[at] ?? 0);
  let sum = 0;
  for (const at of family) sum += Math.exp((scores[at] ?? 0) - greatest);
  return greatest + Math.log(sum);
};
