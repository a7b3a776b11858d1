import { type KnownText, Witnesses } from '../evidence.ts';
import { FeatureMaker, passagesOf } from '../features.ts';
import type { Lexicon } from '../lexicon.ts';
import { Tree, type TreeWeights } from '../tree.ts';
import { hashOf } from '../words.ts';
import type { Labelled } from './labelled.ts';
import { type Example, learnTree, type RawTree } from './learn-tree.ts';

/** Puts lines with equal or nearly equal words into one group (Jaccard similarity of 0.75 or more), by union-find. */
export const groupsOf = (texts: readonly Labelled[]): string[] => {
  const sets = texts.map(({ group }) => new Set(group.split(' ')));
  const parents = texts.map((_, at) => at);
  const root = (at: number): number => {
    let up = at;
    while (parents[up] !== up) up = parents[up]!;
    return up;
  };
  const holders = new Map<string, number[]>();
  for (const [at, set] of sets.entries()) {
    const shared = new Map<number, number>();
    for (const word of set)
      for (const other of holders.get(word) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    for (const [other, common] of shared) {
      if (common / (set.size + sets[other]!.size - common) >= 0.75) parents[root(at)] = root(other);
    }
    for (const word of set) holders.set(word, [...(holders.get(word) ?? []), at]);
  }
  return texts.map((_, at) => texts[root(at)]!.group);
};

/** The fold of a group: by hash, so that it stays when lines are added. */
export const foldOf = (group: string, folds: number): number => hashOf(group, 99) % folds;

/** An order that depends on the texts alone. */
export const shuffled = <Item extends { readonly goods: { readonly text: string } }>(items: readonly Item[]): Item[] =>
  items
    .map((item, at) => ({ item, key: hashOf(`${at} ${item.goods.text}`, 7) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** Every chapter, heading and subheading that a text has. */
export const codesOf = (texts: readonly Labelled[]): string[] =>
  [...new Set(texts.flatMap(({ hs6 }) => [hs6.slice(0, 2), hs6.slice(0, 4), hs6]))].sort(
    (a, b) => a.length - b.length || (a < b ? -1 : 1),
  );

/** Thins and rounds learned weights: those below `least` go, the rest become steps of one size. */
const thin = ({ codes, biases, nodes, hashes, weights }: RawTree): TreeWeights => {
  const order = hashes.map((_, at) => at).sort((a, b) => hashes[a]! - hashes[b]! || nodes[a]! - nodes[b]!);
  const greatest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  const step = Math.min(greatest, 8) / 127;
  const unique: number[] = [];
  const starts: number[] = [];
  for (const [at, entry] of order.entries()) {
    if (unique.at(-1) !== hashes[entry]) {
      unique.push(hashes[entry]!);
      starts.push(at);
    }
  }
  starts.push(order.length);
  return {
    codes,
    biases,
    hashes: Uint32Array.from(unique),
    starts: Uint32Array.from(starts),
    nodes: Uint16Array.from(order, (entry) => nodes[entry]!),
    weights: Int8Array.from(order, (entry) => Math.max(-127, Math.min(127, Math.round(weights[entry]! / step)))),
    step,
  };
};

const LEAST_WEIGHT = 0.3;

/** All that is learned from texts before the ranking: the tree and the index. */
export const witnessesOf = (
  codes: readonly string[],
  texts: readonly Labelled[],
  lexicon: Lexicon,
): { witnesses: Witnesses; weights: TreeWeights } => {
  const maker = new FeatureMaker();
  const known = shuffled(texts).map(({ goods, hs6, kind, trust }): KnownText & Example => ({
    features: maker.of(passagesOf(goods), kind !== 'nomenclature'),
    hs6,
    kind,
    trust,
  }));
  const weights = thin(learnTree(codes, known, LEAST_WEIGHT));
  return { witnesses: new Witnesses(new Tree(weights), known, lexicon, maker), weights };
};
