import type { HsTable } from '../hs/hs-table.ts';
import { type Evidence, KINDS, type KnownText, Witnesses, WEIGHTS_NEEDED } from './evidence.ts';
import { FeatureMaker, type Goods } from './features.ts';
import type { Lexicon } from './lexicon.ts';
import type { GoodsModel } from './model.ts';
import type { ClassifyAnswer, ClassifyRequest } from './record.ts';
import { Tree } from './tree.ts';
import { calibrated, type Ranked, trustFeatures, trustOf } from './trust.ts';

const MOST_CANDIDATES = 10;

/** Probabilities of the candidates from the evidence, by falling probability. */
export const rankOf = (evidence: Evidence, ranking: readonly number[]): Ranked[] => {
  const scores = evidence.codes.map((_, at) => {
    let score = 0;
    for (let one = 0; one < WEIGHTS_NEEDED; one += 1) {
      score += (ranking[one] ?? 0) * (evidence.values[at * WEIGHTS_NEEDED + one] ?? 0);
    }
    return score;
  });
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers
    .map((power, place) => ({ place, probability: power / sum }))
    .sort((a, b) => b.probability - a.probability || a.place - b.place);
};

/** Classifies goods to the six digits of the Harmonized System. */
export class Classifier {
  readonly #model: GoodsModel;
  readonly #witnesses: Witnesses;
  readonly #hs: HsTable;

  constructor(model: GoodsModel, lexicon: Lexicon, hs: HsTable) {
    this.#model = model;
    this.#hs = hs;
    const maker = new FeatureMaker();
    const known = model.texts.map(({ kind, hs6, words, features }): KnownText => ({
      kind: KINDS.find((one) => one === kind) ?? 'term',
      hs6,
      features: features ?? maker.of([{ place: 'name', words: words.split(' ') }]),
    }));
    this.#witnesses = new Witnesses(new Tree(model.tree), known, lexicon, maker);
  }

  /** The answer for one record. */
  classify(request: ClassifyRequest): ClassifyAnswer {
    const goods: Goods = request;
    const evidence = this.#witnesses.hear(goods);
    const raw = rankOf(evidence, this.#model.facts.ranking);
    const ranked = calibrated(raw, trustOf(trustFeatures(evidence, raw), this.#model.facts.trust)).slice(0, MOST_CANDIDATES);
    const candidates = ranked.map(({ place, probability }) => {
      const hs = evidence.codes[place] ?? '';
      return { hs, probability: Math.floor(probability * 1e4) / 1e4, words: this.#hs.describe(hs) };
    });
    const best = candidates[0]?.probability ?? 0;
    const decision = best >= this.#model.facts.acceptFrom ? 'accept' : 'review';
    return { id: request.id, candidates, decision, reason: `the first candidate is held ${Math.round(best * 100)} % probable` };
  }
}
