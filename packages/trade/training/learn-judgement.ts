import { rankOf } from '../src/classification/classifier.ts';
import { EVIDENCE, type Evidence, WEIGHTS_NEEDED } from '../src/classification/evidence.ts';
import { calibrated, type Ranked, trustFeatures, trustOf } from '../src/classification/trust.ts';
import { vaguenessFeatures } from '../src/classification/vagueness.ts';
import { learnDense, learnSparse } from './learn-logistic.ts';
import { learnRanking } from './learn-ranking.ts';
import type { Unseen } from './out-of-fold.ts';

/** What is learned from evidence on texts that the witnesses had not seen. */
export interface Judgement {
  readonly ranking: readonly number[];
  readonly trust: readonly number[];
  readonly vague: { readonly bias: number; readonly weights: ReadonlyMap<number, number> };
}

/** How much a record counts: there are few products, and each stands in the data twice. */
const importance = ({ text }: Unseen): number => (text.kind === 'product' ? 6 : 1);

export const judge = (evidence: Evidence, { ranking, trust }: Pick<Judgement, 'ranking' | 'trust'>): Ranked[] => {
  const ranked = rankOf(evidence, ranking);
  return calibrated(ranked, trustOf(trustFeatures(evidence, ranked), trust));
};

export const vaguenessOf = (unseen: Unseen, ranked: readonly Ranked[]): number[] => {
  const { evidence, text, maker } = unseen;
  const place = (ranked[0]?.place ?? 0) * WEIGHTS_NEEDED;
  return vaguenessFeatures(maker, text.goods.text, evidence.passages, {
    words: evidence.passages.reduce((sum, { words }) => sum + words.length, 0),
    trust: ranked[0]?.probability ?? 0,
    nearest: evidence.values[place + EVIDENCE.indexOf('nearest')] ?? 0,
    lexicon: evidence.terms.some((term) => term !== undefined),
  });
};

/** Learns ranking, calibration and vagueness. */
export const learnJudgement = (labelled: readonly Unseen[], vague: readonly Unseen[]): Judgement => {
  const ranking = [
    ...learnRanking(
      labelled.map((unseen) => ({
        codes: unseen.evidence.codes,
        values: unseen.evidence.values,
        right: unseen.evidence.codes.indexOf(unseen.text.hs6),
        trust: importance(unseen),
      })),
    ),
  ];
  const trust = learnDense(
    labelled.map((unseen) => {
      const ranked = rankOf(unseen.evidence, ranking);
      const yes = unseen.evidence.codes[ranked[0]?.place ?? -1] === unseen.text.hs6;
      return { features: trustFeatures(unseen.evidence, ranked), yes, trust: importance(unseen) };
    }),
  );
  const cases = [...labelled, ...vague].map((unseen) => ({
    features: vaguenessOf(unseen, judge(unseen.evidence, { ranking, trust })),
    yes: unseen.text.source === 'vague',
    trust: 1,
    order: unseen.text.group,
  }));
  return { ranking, trust, vague: learnSparse(scattered(cases)) };
};

/** A fixed order that mixes yes and no. */
const scattered = <Item extends { readonly features: readonly number[] }>(items: readonly Item[]): Item[] =>
  items
    .map((item, at) => ({ item, key: Math.imul(at + 1, 0x9e_37_79_b1) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
