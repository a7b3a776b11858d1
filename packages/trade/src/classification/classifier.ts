import type { HsTable } from '../hs/hs-table.ts';
import type { TariffTable } from '../tariff/tariff-table.ts';
import { type Evidence, KINDS, type KnownText, type Ranked, WEIGHTS_NEEDED, Witnesses } from './evidence.ts';
import { FeatureMaker } from './features.ts';
import type { Lexicon } from './lexicon.ts';
import type { GoodsMemory, Remembered } from './memory.ts';
import type { GoodsModel } from './model.ts';
import type { DescriptionChecker } from './quality.ts';
import type { Candidate, ClassifyAnswer, ClassifyRequest, NationalLine } from './record.ts';
import { signsOf } from './signs.ts';
import { Tree } from './tree.ts';
import { calibrated, type TrustWeights, trustOf } from './trust.ts';
import { Vagueness } from './vagueness.ts';

const MOST_CANDIDATES = 10;

/** Probabilities of the candidates from the evidence (conditional logit), by falling probability. */
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

/** A verdict on like goods counts as much as the goods are alike, and never wholly. */
const MOST_FROM_LIKE = 0.95;

const rounded = (probability: number): number => Math.floor(probability * 1e4) / 1e4;
const percent = (probability: number): string => `${Math.round(probability * 100)} %`;

interface Parts {
  readonly model: GoodsModel;
  readonly lexicon: Lexicon;
  readonly hs: HsTable;
  readonly checker: DescriptionChecker;
  /** Tariffs whose lines are given, by their names. */
  readonly tariffs: ReadonlyMap<string, TariffTable>;
  /** What this tenant's people have said. */
  readonly memory?: GoodsMemory | undefined;
  /** Whether answers speak of the description's quality. */
  readonly quality?: boolean;
}

/** Classifies goods to the six digits of the Harmonized System. */
export class Classifier {
  readonly #parts: Parts;
  readonly #witnesses: Witnesses;
  readonly #vagueness: Vagueness;
  readonly #trust: TrustWeights;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { facts, tree, texts, trustTrees, vague, vagueTrees } = parts.model;
    this.#trust = { trust: facts.trust, blend: facts.blend, trustTrees };
    const maker = new FeatureMaker();
    const known = texts.map(({ kind, hs6, words, features }): KnownText => {
      const goods = features ?? maker.of([{ place: 'name', words: words.split(' ') }], kind !== 'nomenclature');
      return { kind: KINDS.find((one) => one === kind) ?? 'term', hs6, features: goods };
    });
    this.#witnesses = new Witnesses(new Tree(tree), known, parts.lexicon, maker);
    this.#vagueness = new Vagueness(vague, facts.vagueStep, facts.vagueBias, vagueTrees);
  }

  /** The answer for one record: the same record and memory give the same answer. */
  classify(request: ClassifyRequest): ClassifyAnswer {
    const { facts } = this.#parts.model;
    const evidence = this.#witnesses.hear(request);
    const raw = rankOf(evidence, facts.ranking);
    const signs = signsOf(evidence, raw, request.text);
    const trust = raw.length === 0 ? 0 : trustOf(evidence, raw, signs, this.#trust);
    const ranked = calibrated(raw, trust);
    const vague = this.#isVague(request.text, evidence, raw, signs);
    const candidates = ranked.slice(0, MOST_CANDIDATES).map((one) => this.#candidate(evidence, one));
    const remembered = this.#parts.memory?.lookup(request, request.sku);
    const judged = this.#judge(candidates, vague, remembered);
    const { quality, checker } = this.#parts;
    const name = candidates[0]?.why.term;
    return {
      id: request.id,
      ...judged,
      lines: this.#linesBelow(judged.candidates[0]?.hs ?? ''),
      ...(quality === true ? { quality: checker.check(request, evidence.passages, name) } : {}),
    };
  }

  #isVague(text: string, evidence: Evidence, ranked: readonly Ranked[], signs: readonly number[]): boolean {
    if (this.#parts.checker.refusals(text).length > 0) return true;
    return this.#vagueness.of(text, evidence, ranked, signs) >= this.#parts.model.facts.vagueFrom;
  }

  #candidate(evidence: Evidence, { place, probability }: Ranked): Candidate {
    const hs = evidence.codes[place] ?? '';
    const term = evidence.terms[place];
    const nearest = this.#parts.model.texts[evidence.nearest[place] ?? -1]?.words;
    return {
      hs,
      probability: rounded(probability),
      words: this.#parts.hs.describe(hs),
      why: { ...(term === undefined ? {} : { term }), ...(nearest ? { nearest: nearest.slice(0, 80) } : {}) },
    };
  }

  #linesBelow(hs6: string): NationalLine[] {
    return [...this.#parts.tariffs].flatMap(([tariff, table]) =>
      table.below(hs6).map(({ code, description }) => ({ tariff, code, words: description })),
    );
  }

  #judge(
    candidates: readonly Candidate[],
    vague: boolean,
    remembered: Remembered | undefined,
  ): Pick<ClassifyAnswer, 'candidates' | 'decision' | 'reason'> {
    if (remembered?.kind === 'confirmed') {
      const reason = 'confirmed for this SKU; goods and edition are unchanged';
      return { candidates: this.#with(candidates, remembered.hs, 1).slice(0, 1), decision: 'accept', reason };
    }
    if (remembered?.kind === 'like') return this.#judgeLike(candidates, remembered);
    const lapsed =
      remembered === undefined ? '' : `; ${remembered.hs} was confirmed, but the ${remembered.because} changed since`;
    if (vague) {
      return {
        candidates: [...candidates],
        decision: 'too-vague',
        reason: `says too little of what the goods are${lapsed}`,
      };
    }
    const [first] = candidates;
    const best = first?.probability ?? 0;
    const decision = best >= this.#parts.model.facts.acceptFrom && lapsed === '' ? 'accept' : 'review';
    const because = first?.why.term ?? first?.why.nearest;
    const held = first ? `${first.hs} is held ${percent(best)} probable` : 'no candidate was found';
    return {
      candidates: [...candidates],
      decision,
      reason: `${held}${because ? ` because of "${because}"` : ''}${lapsed}`,
    };
  }

  #judgeLike(candidates: readonly Candidate[], { hs, likeness, text }: Extract<Remembered, { kind: 'like' }>) {
    const weight = Math.min(MOST_FROM_LIKE, likeness ** 2);
    const joined = this.#with(candidates, hs, weight);
    const decision =
      (joined[0]?.probability ?? 0) >= this.#parts.model.facts.acceptFrom ? ('accept' as const) : ('review' as const);
    return {
      candidates: joined,
      decision,
      reason: `${percent(likeness)} like goods judged before: "${text.slice(0, 80)}"`,
    };
  }

  /** The candidates with one code given at least `weight` of the probability and the rest scaled down. */
  #with(candidates: readonly Candidate[], hs: string, weight: number): Candidate[] {
    const own = candidates.find((one) => one.hs === hs);
    const given: Candidate = {
      hs,
      probability: rounded(weight + (1 - weight) * (own?.probability ?? 0)),
      words: this.#parts.hs.describe(hs),
      why: own?.why ?? {},
    };
    const rest = candidates.filter((one) => one.hs !== hs);
    const scaled = rest.map((one) => ({ ...one, probability: rounded(one.probability * (1 - weight)) }));
    return [given, ...scaled].sort((a, b) => b.probability - a.probability).slice(0, MOST_CANDIDATES);
  }
}
