import { FeatureMaker, passagesOf } from '../features.ts';
import type { Lexicon } from '../lexicon.ts';
import { type ModelText, packModel, type SparseWeights } from '../model.ts';
import { codesOf, shuffled, witnessesOf } from './folds.ts';
import type { Labelled } from './labelled.ts';
import { learnJudgement } from './learn-judgement.ts';
import type { OutOfFold } from './out-of-fold.ts';
import type { Thresholds } from './report.ts';

const modelText = (maker: FeatureMaker, { kind, hs6, goods }: Labelled): ModelText => {
  const passages = passagesOf(goods);
  if (kind === 'product') return { kind, hs6, words: '', features: maker.of(passages) };
  return { kind, hs6, words: passages.flatMap(({ words }) => words).join(' ') };
};

const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(6)));

const LEAST = 0.01;

const sparse = (weights: ReadonlyMap<number, number>): SparseWeights & { step: number } => {
  const kept = [...weights].filter(([, weight]) => Math.abs(weight) > LEAST).sort(([a], [b]) => a - b);
  const step = kept.reduce((most, [, weight]) => Math.max(most, Math.abs(weight)), LEAST) / 127;
  return {
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    weights: Int8Array.from(kept, ([, weight]) => Math.round(weight / step)),
    step,
  };
};

/** The bytes of a model: the same texts, lexicon and evidence give the same bytes. */
export const buildModel = (
  texts: readonly Labelled[],
  lexicon: Lexicon,
  { labelled, vague: vagueLines }: OutOfFold,
  { acceptFrom, vagueFrom }: Thresholds,
  learnedFrom: Readonly<Record<string, string>>,
): Uint8Array => {
  const judgement = learnJudgement(labelled, vagueLines);
  const codes = codesOf(texts);
  const { weights } = witnessesOf(codes, texts, lexicon);
  const vague = sparse(judgement.vague.weights);
  const maker = new FeatureMaker();
  return packModel({
    facts: {
      nomenclature: 'HS 2022',
      learnedFrom,
      ranking: rounded(judgement.ranking),
      trust: rounded(judgement.trust),
      blend: rounded(judgement.blend),
      acceptFrom,
      vagueFrom,
      vagueBias: judgement.vague.bias,
      trustStart: judgement.trustTrees.start,
      vagueStart: judgement.vagueTrees.start,
      treeStep: weights.step,
      vagueStep: vague.step,
      codes,
    },
    tree: weights,
    texts: shuffled(texts).map((text) => modelText(maker, text)),
    trustTrees: judgement.trustTrees,
    vague,
    vagueTrees: judgement.vagueTrees,
  });
};
