import type { Features } from './features.ts';

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

/** Where siblings stand in the list of codes. */
const siblingsOf = (codes: readonly string[]): number[][] => {
  const families = new Map<string, number[]>();
  for (const [at, code] of codes.entries()) {
    const parent = code.slice(0, -2);
    const family = families.get(parent);
    if (family) family.push(at);
    else families.set(parent, [at]);
  }
  return [...families.values()];
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
  readonly #places: Map<number, number>;
  readonly #families: readonly (readonly number[])[];
  readonly #parents: Int32Array;
  readonly #scores: Float32Array;
  readonly #at: ReadonlyMap<string, number>;

  constructor(weights: TreeWeights) {
    this.#weights = weights;
    this.codes = weights.codes;
    this.#places = new Map(Array.from(weights.hashes, (hash, place) => [hash, place]));
    this.#families = siblingsOf(weights.codes);
    this.#at = new Map(weights.codes.map((code, at) => [code, at]));
    this.#parents = Int32Array.from(weights.codes, (code) => this.#at.get(code.slice(0, -2)) ?? -1);
    this.#scores = new Float32Array(weights.codes.length);
  }

  /** Log probability of every code given its parent; the array is overwritten by the next call. */
  conditional({ hashes, weights }: Features): Float32Array {
    const scores = this.#scores;
    scores.set(this.#weights.biases);
    const { starts, nodes, weights: steps, step } = this.#weights;
    const scale = step / norm(weights);
    for (let at = 0; at < hashes.length; at += 1) {
      const place = this.#places.get(hashes[at] ?? 0);
      if (place === undefined) continue;
      const weight = (weights[at] ?? 0) * scale;
      const end = starts[place + 1] ?? 0;
      for (let entry = starts[place] ?? 0; entry < end; entry += 1) {
        const node = nodes[entry] ?? 0;
        scores[node] = (scores[node] ?? 0) + weight * (steps[entry] ?? 0);
      }
    }
    for (const family of this.#families) logSoftmax(scores, family);
    return scores;
  }

  /** Log probabilities of the parts of a subheading, from what `conditional` gave. */
  parts(conditional: Float32Array, hs6: string): TreeScores | undefined {
    const subheading = this.#at.get(hs6);
    if (subheading === undefined) return undefined;
    const heading = this.#parents[subheading] ?? -1;
    const chapter = this.#parents[heading] ?? -1;
    return {
      chapter: conditional[chapter] ?? 0,
      heading: conditional[heading] ?? 0,
      subheading: conditional[subheading] ?? 0,
    };
  }

  /** The most probable subheadings with their log probability, at most `count`. */
  best(conditional: Float32Array, count: number): string[] {
    const total = new Float32Array(conditional.length);
    const leaves: number[] = [];
    for (let at = 0; at < total.length; at += 1) {
      const parent = this.#parents[at] ?? -1;
      total[at] = (conditional[at] ?? 0) + (parent < 0 ? 0 : (total[parent] ?? 0));
      if (this.codes[at]?.length === 6) keepBest(leaves, at, total, count);
    }
    return leaves.map((leaf) => this.codes[leaf] ?? '');
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

const logSoftmax = (scores: Float32Array, family: readonly number[]) => {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const at of family) greatest = Math.max(greatest, scores[at] ?? 0);
  let sum = 0;
  for (const at of family) sum += Math.exp((scores[at] ?? 0) - greatest);
  const whole = greatest + Math.log(sum);
  for (const at of family) scores[at] = (scores[at] ?? 0) - whole;
};
