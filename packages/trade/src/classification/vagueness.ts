import type { FeatureMaker, Passage } from './features.ts';
import type { SparseWeights } from './model.ts';
import { hashOf, plainText } from './words.ts';

const SEEDS = { raw: 5, summary: 6 };
const RAW_GRAM = 3;

/** What the classifier found for a text, as far as it tells whether the text says anything. */
export interface VaguenessSummary {
  readonly words: number;
  /** Calibrated probability of the first candidate. */
  readonly trust: number;
  /** Cosine of the nearest known text. */
  readonly nearest: number;
  readonly lexicon: boolean;
}

const step = (value: number, size: number, most: number): number => Math.min(most, Math.floor(value / size));

/** Features of vagueness: words, their pairs, runs of three signs of the text as it was written, and steps of the summary. */
export const vaguenessFeatures = (
  maker: FeatureMaker,
  text: string,
  passages: readonly Passage[],
  summary: VaguenessSummary,
): number[] => {
  const found = new Set(maker.of(passages).hashes);
  const raw = ` ${plainText(text).replaceAll(/\d/g, '0')} `.slice(0, 200);
  for (let from = 0; from + RAW_GRAM <= raw.length; from += 1)
    found.add(hashOf(raw.slice(from, from + RAW_GRAM), SEEDS.raw));
  const facts = [
    `words ${Math.min(9, summary.words)}`,
    `trust ${step(summary.trust, 0.1, 9)}`,
    `nearest ${step(summary.nearest, 0.1, 9)}`,
    `lexicon ${summary.lexicon}`,
    `letters ${step(text.length, 4, 12)}`,
    `lexicon ${summary.lexicon} ${step(summary.trust, 0.2, 4)}`,
  ];
  for (const fact of facts) found.add(hashOf(fact, SEEDS.summary));
  return [...found];
};

/** How probable it is that a text is too vague, by logistic regression over its features. */
export class Vagueness {
  readonly #weights: ReadonlyMap<number, number>;
  readonly #bias: number;

  constructor({ hashes, weights }: SparseWeights, step: number, bias: number) {
    this.#weights = new Map(Array.from(hashes, (hash, at) => [hash, (weights[at] ?? 0) * step]));
    this.#bias = bias;
  }

  /** From 0 (says what the goods are) to 1 (too vague). */
  of(features: readonly number[]): number {
    let sum = this.#bias;
    for (const feature of features) sum += (this.#weights.get(feature) ?? 0) / Math.sqrt(features.length);
    return 1 / (1 + Math.exp(-sum));
  }
}
