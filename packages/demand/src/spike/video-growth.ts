import * as z from 'zod';
import { Forest, forestSchema } from '../trees/forest.ts';
import type { SpikeEvidence } from './evidence.ts';
import type { CountHistory } from './history.ts';
import { log1p, rateSeconds, recentGains } from './order-features.ts';
import { kindsSchema, type VideoFacts, videoFacts } from './views/kinds.ts';

/** Stands where something is not known: below all that is, so that a tree tells it apart. */
const UNKNOWN = -30;
const DAY = 86_400;

/** Forests of the logarithm of views to come over views seen: one for videos of whom facts are told, one for all others. */
export const videoGrowthSchema = z.strictObject({
  told: forestSchema,
  guessed: forestSchema,
  /** What kind of video it is, as its counters give it away. */
  guesses: kindsSchema.shape.guesses,
});
export type VideoGrowthRecord = z.infer<typeof videoGrowthSchema>;

const beside = (history: CountHistory | undefined, age: number, views: number, lastGain: number): number[] => {
  if (!history) return [UNKNOWN, UNKNOWN];
  return [log1p(history.at(age)) - views, log1p(history.gain(age, rateSeconds(age))) - lastGain];
};

/** What the counters of a video show of it at an age: size, which parts of it came last, likes and comments beside views. */
export const shapeFeatures = (evidence: SpikeEvidence, age: number): number[] | undefined => {
  const history = evidence.signal('views');
  if (!history) return undefined;
  const views = log1p(history.at(age));
  const [last = 0, second = 0, third = 0] = recentGains(history, age);
  return [
    Math.log(age),
    views,
    last - views,
    second - views,
    third - views,
    log1p(history.at(Math.min(DAY, age))) - views,
    last - second,
    second - third,
    ...beside(evidence.signal('likes'), age, views, last),
    ...beside(evidence.signal('comments'), age, views, last),
  ];
};

/** What the growth of a video goes by where its category or its length is told. */
export const toldFeatures = (shape: readonly number[], { category, seconds }: VideoFacts, ahead: number) =>
  Float64Array.from([
    ...shape,
    ahead,
    category ?? UNKNOWN,
    seconds === undefined ? UNKNOWN : Math.log1p(Math.max(0, seconds)),
  ]);

/** What the growth of a video goes by where neither is told. */
export const guessedFeatures = (shape: readonly number[], guesses: readonly number[], ahead: number) =>
  Float64Array.from([...shape, ahead, ...guesses]);

/**
 * The logarithm of growth were views to come to grow with the logarithm of time, as they do when daily views fall with the
 * inverse of the age: forests learn what growth is beside it. `ahead` is the logarithm of the horizon over the age.
 */
export const usualGrowth = (ahead: number): number => Math.log(ahead);

interface Expected {
  readonly by: 'told' | 'guessed';
  readonly growth: number;
}

/** How the views of a video grow from an age on, by its counters and what is told or guessed of its kind. */
export class VideoGrowth {
  readonly #told: Forest;
  readonly #guessed: Forest;
  readonly #guesses: readonly Forest[];

  constructor({ told, guessed, guesses }: VideoGrowthRecord) {
    this.#told = new Forest(told);
    this.#guessed = new Forest(guessed);
    this.#guesses = guesses.map(({ forest }) => new Forest(forest));
  }

  /**
   * The logarithm of views still to come until a horizon over those seen, and whether it goes by facts told or guessed;
   * undefined without views.
   */
  until(horizon: number, evidence: SpikeEvidence, age: number): Expected | undefined {
    const shape = shapeFeatures(evidence, age);
    if (!shape) return undefined;
    const ahead = Math.log(horizon / age);
    const facts = videoFacts(evidence.request);
    if (facts.category !== undefined || facts.seconds !== undefined)
      return { by: 'told', growth: usualGrowth(ahead) + this.#told.answer(toldFeatures(shape, facts, ahead)) };
    const known = Float64Array.from(shape);
    const guesses = this.#guesses.map((guess) => guess.answer(known));
    return { by: 'guessed', growth: usualGrowth(ahead) + this.#guessed.answer(guessedFeatures(shape, guesses, ahead)) };
  }
}
