import { type BoostedTrees, boostedOdds } from './boosted.ts';
import { EVIDENCE, type Evidence, type Ranked, WEIGHTS_NEEDED } from './evidence.ts';

/** What `trustOf` has learned. */
export interface TrustWeights {
  readonly trust: readonly number[];
  readonly trustTrees: BoostedTrees;
  /** In the order of `blendFeatures`. */
  readonly blend: readonly number[];
}

const SMALL = 1e-6;
const odds = (probability: number): number => Math.log((probability + SMALL) / (1 - Math.min(probability, 1 - SMALL)));

/** Share of the probability that stands under the first candidate's first digits. */
const shareUnder = (evidence: Evidence, ranked: readonly Ranked[], digits: number): number => {
  const start = evidence.codes[ranked[0]?.place ?? 0]?.slice(0, digits) ?? '';
  let share = 0;
  for (const { place, probability } of ranked) if (evidence.codes[place]?.startsWith(start)) share += probability;
  return share;
};

/** What tells how far the first candidate can be trusted, in the order of the model's weights; at least one candidate. */
export const trustFeatures = (evidence: Evidence, ranked: readonly Ranked[]): number[] => {
  const [first, second] = ranked;
  const at = (first?.place ?? 0) * WEIGHTS_NEEDED;
  const of = (name: (typeof EVIDENCE)[number]): number => evidence.values[at + EVIDENCE.indexOf(name)] ?? 0;
  const p = first?.probability ?? 0;
  const said = Math.min(1, evidence.passages.reduce((sum, { words }) => sum + words.length, 0) / 20);
  return [
    1,
    odds(p),
    Math.min(8, Math.log((p + SMALL) / ((second?.probability ?? 0) + SMALL))),
    odds(shareUnder(evidence, ranked, 4)),
    odds(shareUnder(evidence, ranked, 2)),
    of('nearest'),
    of('lexiconShare'),
    of('lexiconMet'),
    said,
    odds(p) * said,
    of('nearest') * said,
    of('treeChapter') + of('treeHeading') + of('treeSubheading'),
  ];
};

/**
 * What both witnesses of trust say, for the blend: log odds by a logistic function of the features, log odds by boosted trees over
 * the signs, and how far either holds for goods that a shop describes in more than a name and for long names.
 */
export const blendFeatures = (
  evidence: Evidence,
  ranked: readonly Ranked[],
  signs: readonly number[],
  { trust, trustTrees }: Pick<TrustWeights, 'trust' | 'trustTrees'>,
): number[] => {
  const plain = trustFeatures(evidence, ranked).reduce((sum, feature, at) => sum + feature * (trust[at] ?? 0), 0);
  const grown = boostedOdds(trustTrees, signs);
  const rich = evidence.passages.some(({ place }) => place !== 'name' && place !== 'purpose') ? 1 : 0;
  const said = Math.min(1, evidence.passages.reduce((sum, { words }) => sum + words.length, 0) / 20);
  return [1, plain, grown, rich, rich * (plain + grown), said, said * (plain + grown)];
};

/** How probable it is that the first candidate is right: a blend of two models that is learned on texts that neither saw (Wolpert 1992). */
export const trustOf = (
  evidence: Evidence,
  ranked: readonly Ranked[],
  signs: readonly number[],
  weights: TrustWeights,
): number => {
  const features = blendFeatures(evidence, ranked, signs, weights);
  return 1 / (1 + Math.exp(-features.reduce((sum, feature, at) => sum + feature * (weights.blend[at] ?? 0), 0)));
};

/**
 * Probabilities after calibration, by falling probability: the first candidate's is `trust`, the rest share what is left
 * in proportion, and none of them passes the first.
 */
export const calibrated = (ranked: readonly Ranked[], trust: number): Ranked[] => {
  const [first, ...rest] = ranked;
  if (!first) return [];
  const left = 1 - first.probability;
  const scale = left > 0 ? (1 - trust) / left : 0;
  return [
    { place: first.place, probability: trust },
    ...rest.map(({ place, probability }) => ({ place, probability: Math.min(trust, probability * scale) })),
  ];
};
