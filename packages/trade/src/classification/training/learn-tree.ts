import type { Features } from '../features.ts';
import { norm } from '../tree.ts';

/** A labelled vector. */
export interface Example {
  readonly features: Features;
  readonly hs6: string;
  readonly trust: number;
}

const EPOCHS = 5;
const RATE = 0.6;
const DECAY = 2e-6;

interface Node {
  readonly children: readonly string[];
  readonly examples: readonly Example[];
}

/** The choices of a tree over the codes: for each parent its children and the examples below it. */
const choicesOf = (codes: readonly string[], examples: readonly Example[]): Map<string, Node> => {
  const children = new Map<string, string[]>();
  for (const code of codes) {
    const parent = code.slice(0, -2);
    children.set(parent, [...(children.get(parent) ?? []), code]);
  }
  const below = new Map<string, Example[]>();
  for (const example of examples) {
    for (const length of [0, 2, 4]) {
      const parent = example.hs6.slice(0, length);
      const list = below.get(parent);
      if (list) list.push(example);
      else below.set(parent, [example]);
    }
  }
  return new Map(
    [...children].map(([parent, codesBelow]) => [parent, { children: codesBelow, examples: below.get(parent) ?? [] }]),
  );
};

/** Weights of one choice: by hash, one number a child. */
interface Learned {
  readonly hashes: readonly number[];
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** Multinomial logistic regression by AdaGrad (Duchi, Hazan and Singer 2011) in the examples' order, which the caller shuffled. */
const learnChoice = ({ children, examples }: Node, length: number): Learned => {
  const width = children.length;
  const places = new Map<number, number>();
  for (const { features } of examples)
    for (const hash of features.hashes) if (!places.has(hash)) places.set(hash, places.size);
  const weights = new Float32Array(places.size * width);
  const squares = new Float32Array(places.size * width).fill(1e-2);
  const biases = new Float32Array(width);
  const targets = examples.map(({ hs6 }) => children.indexOf(hs6.slice(0, length)));
  const rows = examples.map(({ features }) =>
    Int32Array.from(features.hashes, (hash) => (places.get(hash) ?? 0) * width),
  );
  const values = examples.map(({ features }) => {
    const scale = 1 / norm(features.weights);
    return features.weights.map((weight) => weight * scale);
  });
  const slope = new Float32Array(width);
  for (let epoch = 0; epoch < (width < 2 ? 0 : EPOCHS); epoch += 1) {
    for (let at = 0; at < examples.length; at += 1) {
      const row = rows[at]!,
        value = values[at]!;
      slope.set(biases);
      for (let f = 0; f < row.length; f += 1) {
        const base = row[f]!,
          v = value[f]!;
        for (let c = 0; c < width; c += 1) slope[c]! += v * weights[base + c]!;
      }
      let top = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < width; c += 1) if (slope[c]! > top) top = slope[c]!;
      let sum = 0;
      for (let c = 0; c < width; c += 1) sum += slope[c] = Math.exp(slope[c]! - top);
      const trust = examples[at]!.trust;
      for (let c = 0; c < width; c += 1) {
        slope[c] = (slope[c]! / sum - (c === targets[at] ? 1 : 0)) * trust;
        biases[c]! -= 0.02 * slope[c]!;
      }
      for (let f = 0; f < row.length; f += 1) {
        const base = row[f]!,
          v = value[f]!;
        for (let c = 0; c < width; c += 1) {
          const g = slope[c]! * v;
          if (g < 1e-4 && g > -1e-4) continue;
          const i = base + c;
          const gw = g + DECAY * weights[i]!;
          squares[i]! += gw * gw;
          weights[i]! -= (RATE * gw) / Math.sqrt(squares[i]!);
        }
      }
    }
  }
  return { hashes: [...places.keys()], weights, biases };
};

/** Weights before they are thinned and rounded. */
export interface RawTree {
  readonly codes: readonly string[];
  readonly biases: Float32Array;
  /** Node, hash and weight of every weight that is not nothing. */
  readonly nodes: number[];
  readonly hashes: number[];
  readonly weights: number[];
}

/** Learns every choice. Examples without a code in `codes` are an error of the caller. */
export const learnTree = (codes: readonly string[], examples: readonly Example[], least: number): RawTree => {
  const at = new Map(codes.map((code, place) => [code, place]));
  const raw: RawTree = { codes, biases: new Float32Array(codes.length), nodes: [], hashes: [], weights: [] };
  for (const [parent, node] of choicesOf(codes, examples)) {
    const { hashes, weights, biases } = learnChoice(node, parent.length + 2);
    for (const [child, code] of node.children.entries()) {
      const place = at.get(code) ?? 0;
      raw.biases[place] = biases[child] ?? 0;
      for (const [row, hash] of hashes.entries()) {
        const weight = weights[row * node.children.length + child] ?? 0;
        if (Math.abs(weight) < least) continue;
        raw.nodes.push(place);
        raw.hashes.push(hash);
        raw.weights.push(weight);
      }
    }
  }
  return raw;
};
