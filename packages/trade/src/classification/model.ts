import * as z from 'zod';
import type { BoostedTrees } from './boosted.ts';
import type { Features } from './features.ts';
import type { TreeWeights } from './tree.ts';

/** Numbers of the model that are few enough to be read by a person. */
const modelFactsSchema = z.object({
  /** Edition of the nomenclature whose subheadings it knows. */
  nomenclature: z.string(),
  /** SHA-256 of what it was learned from, by name. */
  learnedFrom: z.record(z.string(), z.string()),
  /** Weights of the evidence, in the order of `EVIDENCE`. */
  ranking: z.array(z.number()),
  /** Weights of what makes a first candidate trustworthy, in the order of `trustFeatures`. */
  trust: z.array(z.number()),
  /** Weights of what two models of trust say, in the order of `blendFeatures`. */
  blend: z.array(z.number()),
  /** From which probability on the first candidate is accepted. */
  acceptFrom: z.number(),
  /** From which probability on a text is held too vague. */
  vagueFrom: z.number(),
  vagueBias: z.number(),
  /** Log odds from which the trees of trust and of vagueness start. */
  trustStart: z.number(),
  vagueStart: z.number(),
  treeStep: z.number(),
  vagueStep: z.number(),
  codes: z.array(z.string()),
});
type ModelFacts = z.infer<typeof modelFactsSchema>;

/** A labelled text of the model: readable words, or hashed features where the words are not ours to pass on. */
export interface ModelText {
  readonly kind: string;
  readonly hs6: string;
  readonly words: string;
  readonly features?: Features;
}

/** Sparse weights by hashed feature. */
export interface SparseWeights {
  readonly hashes: Uint32Array;
  readonly weights: Int8Array;
}

/** The trained model as it ships. */
export interface GoodsModel {
  readonly facts: ModelFacts;
  readonly tree: TreeWeights;
  readonly texts: readonly ModelText[];
  readonly trustTrees: BoostedTrees;
  /** Weights of how a text is worded, and the trees that judge by their sum and the signs. */
  readonly vague: SparseWeights;
  readonly vagueTrees: BoostedTrees;
}

const TYPES = { u8: Uint8Array, i8: Int8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array };
type Arrays = Uint8Array | Int8Array | Uint16Array | Uint32Array | Float32Array;

const typeOf = (array: Arrays): keyof typeof TYPES => {
  for (const [name, type] of Object.entries(TYPES)) if (array instanceof type) return name as keyof typeof TYPES;
  throw new TypeError('an array of a type that the model does not use');
};

const headerSchema = z.array(
  z.object({ name: z.string(), type: z.enum(['u8', 'i8', 'u16', 'u32', 'f32']), count: z.int() }),
);

/** Bytes of named arrays: a length, a JSON header, then each array at a multiple of four (little-endian). */
const packArrays = (arrays: Readonly<Record<string, Arrays>>): Uint8Array => {
  const header = Object.entries(arrays).map(([name, array]) => ({ name, type: typeOf(array), count: array.length }));
  const head = new TextEncoder().encode(JSON.stringify(header));
  const start = 4 + Math.ceil(head.length / 4) * 4;
  const size = Object.values(arrays).reduce((sum, array) => sum + Math.ceil(array.byteLength / 4) * 4, start);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = start;
  for (const array of Object.values(arrays)) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += Math.ceil(array.byteLength / 4) * 4;
  }
  return bytes;
};

const unpackArrays = (bytes: Uint8Array): Map<string, Arrays> => {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))));
  const arrays = new Map<string, Arrays>();
  let at = 4 + Math.ceil(length / 4) * 4;
  for (const { name, type, count } of header) {
    const size = count * TYPES[type].BYTES_PER_ELEMENT;
    arrays.set(name, new TYPES[type](Uint8Array.from(bytes.subarray(at, at + size)).buffer));
    at += Math.ceil(size / 4) * 4;
  }
  return arrays;
};

const textBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const differences = (sorted: Uint32Array): Uint32Array => sorted.map((value, at) => value - (sorted[at - 1] ?? 0));
const runningSums = (steps: Uint32Array): Uint32Array => {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
};

const treesAs = (name: string, { roots, features, values, lower }: BoostedTrees): Record<string, Arrays> => ({
  [`${name}Roots`]: roots,
  [`${name}Features`]: features,
  [`${name}Values`]: values,
  [`${name}Lower`]: lower,
});

/** The model as bytes, the same on every machine. */
export const packModel = ({ facts, tree, texts, trustTrees, vague, vagueTrees }: GoodsModel): Uint8Array => {
  const readable = texts.filter(({ features }) => !features);
  const hidden = texts.flatMap(({ kind, hs6, features }) => (features ? [{ kind, hs6, features }] : []));
  return packArrays({
    facts: textBytes(facts),
    treeBiases: tree.biases,
    treeHashes: differences(tree.hashes),
    treeCounts: differences(tree.starts),
    treeNodes: tree.nodes,
    treeWeights: tree.weights,
    texts: textBytes(readable.map(({ kind, hs6, words }) => [kind, hs6, words])),
    hidden: textBytes(hidden.map(({ kind, hs6, features }) => [kind, hs6, features.hashes.length])),
    hiddenHashes: Uint32Array.from(hidden.flatMap(({ features }) => [...features.hashes])),
    hiddenWeights: Uint8Array.from(
      hidden.flatMap(({ features }) => Array.from(features.weights, (weight) => Math.round(weight * 200))),
    ),
    vagueHashes: differences(vague.hashes),
    vagueLinear: vague.weights,
    ...treesAs('trust', trustTrees),
    ...treesAs('vague', vagueTrees),
  });
};

const textsSchema = z.array(z.tuple([z.string(), z.string(), z.string()]));
const hiddenSchema = z.array(z.tuple([z.string(), z.string(), z.int()]));

/** Reads what `packModel` wrote. Throws when the bytes are not a model. */
export const unpackModel = (bytes: Uint8Array): GoodsModel => {
  const arrays = unpackArrays(bytes);
  const get = <Kind extends Arrays>(name: string, type: new (length: number) => Kind): Kind => {
    const array = arrays.get(name);
    if (!(array instanceof type)) throw new TypeError(`the model lacks ${name}`);
    return array;
  };
  const trees = (name: string, start: number): BoostedTrees => ({
    start,
    roots: get(`${name}Roots`, Uint16Array),
    features: get(`${name}Features`, Int8Array),
    values: get(`${name}Values`, Float32Array),
    lower: get(`${name}Lower`, Uint16Array),
  });
  const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(get(name, Uint8Array)));
  const facts = modelFactsSchema.parse(json('facts'));
  const hiddenHashes = get('hiddenHashes', Uint32Array);
  const hiddenWeights = Float32Array.from(get('hiddenWeights', Uint8Array), (weight) => weight / 200);
  let from = 0;
  const hidden = hiddenSchema.parse(json('hidden')).map(([kind, hs6, count]): ModelText => {
    const features = {
      hashes: hiddenHashes.slice(from, from + count),
      weights: hiddenWeights.slice(from, from + count),
    };
    from += count;
    return { kind, hs6, words: '', features };
  });
  return {
    facts,
    tree: {
      codes: facts.codes,
      biases: get('treeBiases', Float32Array),
      hashes: runningSums(get('treeHashes', Uint32Array)),
      starts: runningSums(get('treeCounts', Uint32Array)),
      nodes: get('treeNodes', Uint16Array),
      weights: get('treeWeights', Int8Array),
      step: facts.treeStep,
    },
    texts: [
      ...textsSchema.parse(json('texts')).map(([kind, hs6, words]): ModelText => ({ kind, hs6, words })),
      ...hidden,
    ],
    trustTrees: trees('trust', facts.trustStart),
    vagueTrees: trees('vague', facts.vagueStart),
    vague: { hashes: runningSums(get('vagueHashes', Uint32Array)), weights: get('vagueLinear', Int8Array) },
  };
};
