import { type BoostedTrees, boostedOdds } from '../boosted.ts';
import { rankOf } from '../classifier.ts';
import type { Ranked } from '../evidence.ts';
import { signsOf } from '../signs.ts';
import { blendFeatures, calibrated, type TrustWeights, trustFeatures, trustOf } from '../trust.ts';
import { wordingOf } from '../vagueness.ts';
import { learnBoosted } from './learn-boosted.ts';
import { learnDense } from './learn-logistic.ts';
import { learnMargin, type Margin, marginOf } from './learn-margin.ts';
import { learnRanking } from './learn-ranking.ts';
import type { Unseen } from './out-of-fold.ts';

/** What is learned from evidence on texts that the witnesses had not seen. */
export interface Judgement extends TrustWeights {
  readonly ranking: readonly number[];
  readonly vague: Margin;
  readonly vagueTrees: BoostedTrees;
}

/** How much a record counts: there are few products, and each stands in the data twice. */
const importance = ({ text }: Unseen): number => (text.kind === 'product' ? 6 : 1);

const rightOf = ({ evidence, text }: Unseen, ranked: readonly Ranked[]): boolean =>
  evidence.codes[ranked[0]?.place ?? -1] === text.hs6;

/** Candidates with calibrated probabilities. */
export const judge = ({ evidence, text }: Unseen, judgement: Judgement): Ranked[] => {
  const ranked = rankOf(evidence, judgement.ranking);
  return calibrated(
    ranked,
    ranked.length === 0 ? 0 : trustOf(evidence, ranked, signsOf(evidence, ranked, text.goods.text), judgement),
  );
};

/** The probability that the text is too vague. */
export const vaguenessOf = ({ evidence, text }: Unseen, { ranking, vague, vagueTrees }: Judgement): number => {
  const ranked = rankOf(evidence, ranking);
  const margin = marginOf(vague, wordingOf(text.goods.text, evidence, ranked));
  return 1 / (1 + Math.exp(-boostedOdds(vagueTrees, [margin, ...signsOf(evidence, ranked, text.goods.text)])));
};

type Heard = Unseen & { readonly ranked: readonly Ranked[]; readonly signs: readonly number[] };

const learnParts = (heard: readonly Heard[]) => ({
  trust: learnDense(
    heard.map((one) => ({
      yes: rightOf(one, one.ranked),
      trust: importance(one),
      features: trustFeatures(one.evidence, one.ranked),
    })),
  ),
  trustTrees: learnBoosted(
    heard.map((one) => ({
      yes: rightOf(one, one.ranked),
      trust: 1,
      features: one.signs,
    })),
  ),
});

/** The blend sees what its parts say of texts that they were learned without, part by part of the cross-validation. */
const learnTrust = (labelled: readonly Unseen[], ranking: readonly number[]): TrustWeights => {
  const heard = labelled
    .map((unseen): Heard => {
      const ranked = rankOf(unseen.evidence, ranking);
      return { ...unseen, ranked, signs: signsOf(unseen.evidence, ranked, unseen.text.goods.text) };
    })
    .filter(({ ranked }) => ranked.length > 0);
  const cases = [...new Set(heard.map(({ fold }) => fold))].flatMap((part) => {
    const parts = learnParts(heard.filter(({ fold }) => fold !== part));
    return heard
      .filter(({ fold }) => fold === part)
      .map((one) => ({
        yes: rightOf(one, one.ranked),
        trust: importance(one),
        features: blendFeatures(one.evidence, one.ranked, one.signs, parts),
      }));
  });
  return { ...learnParts(heard), blend: learnDense(cases) };
};

/** The trees see margins of texts that the margin was learned without, part by part of the cross-validation. */
const learnVagueness = (all: readonly Unseen[], ranking: readonly number[]) => {
  const cases = all.map(({ evidence, text, fold }) => {
    const ranked = rankOf(evidence, ranking);
    return {
      text,
      fold,
      evidence,
      ranked,
      yes: text.source === 'vague',
      features: wordingOf(text.goods.text, evidence, ranked),
    };
  });
  const margins = new Map<number, Margin>();
  for (const part of new Set(cases.map(({ fold }) => fold))) {
    margins.set(part, learnMargin(cases.filter(({ fold }) => fold !== part)));
  }
  const vagueTrees = learnBoosted(
    cases.map(({ text, fold, evidence, ranked, yes, features }) => ({
      yes,
      trust: 1,
      features: [marginOf(margins.get(fold)!, features), ...signsOf(evidence, ranked, text.goods.text)],
    })),
  );
  return { vague: learnMargin(cases), vagueTrees };
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
  return { ranking, ...learnTrust(labelled, ranking), ...learnVagueness([...labelled, ...vague], ranking) };
};
