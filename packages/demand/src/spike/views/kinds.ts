import * as z from 'zod';
import { featureRow } from '../../trees/feature-row.ts';
import { Forest, forestSchema } from '../../trees/forest.ts';
import type { SpikeRequest } from '../reading.ts';
import type { ViewGrowth } from './growth.ts';

/**
 * Guesses at what kind of video it is, for those of whom it is not told. Music, games and trailers grow differently, and
 * likes, comments and the countries that chart a video give its kind away.
 */
export const kindsSchema = z.strictObject({
  /** Countries of which it counts whether their chart holds the video, for guesses and sizes. */
  countries: z.array(z.string()),
  /** Each whether the category is one of the platform's, whether the video is longer than so many seconds, or its length. */
  guesses: z.array(
    z.strictObject({
      category: z.int().optional(),
      longerThan: z.number().positive().optional(),
      forest: forestSchema,
    }),
  ),
});
export type KindsRecord = z.infer<typeof kindsSchema>;
export type Guess = Omit<KindsRecord['guesses'][number], 'forest'>;

/** What the maker or the platform tells of a video. */
export interface VideoFacts {
  readonly category: number | undefined;
  readonly seconds: number | undefined;
}

/** The number that an attribute is or spells. */
export const numberOf = (value: string | number | boolean | undefined): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** Names that attributes go by: ours first, then those of the platform's columns in chart data. */
const FACT_NAMES = { category: ['category', 'cat'], seconds: ['durationSeconds', 'dur_s'] } as const;

/** The facts among the attributes of a request: the platform's number of the category, and the length of the video. */
export const videoFacts = ({ attributes = {} }: SpikeRequest): VideoFacts => {
  const first = (names: readonly string[]) =>
    names.map((name) => numberOf(attributes[name])).find((value) => value !== undefined);
  return { category: first(FACT_NAMES.category), seconds: first(FACT_NAMES.seconds) };
};

const LEAST_SECONDS = 10;

/** The truth of what a guess is about; undefined where it is not told. */
export const truthOf = ({ category, longerThan }: Guess, facts: VideoFacts): number | undefined => {
  if (category !== undefined) return facts.category === undefined ? undefined : Number(facts.category === category);
  if (facts.seconds === undefined) return undefined;
  return longerThan === undefined
    ? Math.log(Math.max(LEAST_SECONDS, facts.seconds))
    : Number(facts.seconds > longerThan);
};

/** Of each country, 1 where its chart holds the video. Where that is not known there are zeros; growth tells the two apart. */
export const chartFlags = ({ countries: holding = [] }: ViewGrowth, countries: readonly string[]): number[] => {
  const held = new Set(holding);
  return countries.map((country) => Number(held.has(country)));
};

/** What guesses go by: growth, and the countries whose charts hold the video. */
export const kindFeatures = (growth: ViewGrowth, charts: readonly number[]): Float64Array =>
  featureRow(growth.features, charts);

/** What kind of video it is, told or guessed, and where it charts. */
export interface KnownKind {
  /** Whether something was guessed, and one number a guess: a chance, or the logarithm of the length in seconds. */
  readonly kinds: readonly number[];
  /** 1 for each country whose chart holds the video. */
  readonly charts: readonly number[];
}

/** Tells the kind of a video: what is known of it, and guesses for the rest. */
export class VideoKinds {
  readonly #record: KindsRecord;
  readonly #forests: readonly Forest[];

  constructor(record: KindsRecord) {
    this.#record = record;
    this.#forests = record.guesses.map(({ forest }) => new Forest(forest));
  }

  /** Describes a video by what is told of it, and by guesses for the rest. */
  describe(growth: ViewGrowth, facts: VideoFacts): KnownKind {
    const charts = chartFlags(growth, this.#record.countries);
    let features: Float64Array | undefined;
    const answers = this.#record.guesses.map((guess, place) => {
      const truth = truthOf(guess, facts);
      if (truth !== undefined) return truth;
      features ??= kindFeatures(growth, charts);
      return (this.#forests[place] as Forest).answer(features);
    });
    return { kinds: [features === undefined ? 1 : 0, ...answers], charts };
  }
}
