import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { featureRow } from '../../trees/feature-row.ts';
import { Forest, forestSchema } from '../../trees/forest.ts';
import type { SpikeEvidence } from '../evidence.ts';
import { viewGrowth } from '../views/growth.ts';
import { type ViewReading, viewReadings } from '../views/readings.ts';
import { ChartLinks, type CountryLink, chartLinksSchema } from './chart-links.ts';

/** A model of the countries that a video reaches next. */
export const nextCountriesModelSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** The age up to which countries are named that come to hold a video. */
  untilHours: z.number().positive(),
  links: chartLinksSchema,
  /** The chance that any further country will hold the video. */
  any: forestSchema,
  /** The chance of a country, where any does. */
  each: forestSchema,
});
export type NextCountriesModelRecord = z.infer<typeof nextCountriesModelSchema>;

/** How far a video is expected to spread. */
export interface Spread {
  /** Hours of age up to which it is said. */
  readonly untilHours: number;
  /** The chance that any further country's chart will hold the video. */
  readonly anyProbability: number;
  /** Further countries, the likeliest first; each probability counts the chance that none follows. */
  readonly countries: readonly { readonly country: string; readonly probability: number }[];
}

/** What the chance of any further country, and that of each, go by. */
export interface SpreadFeatures {
  readonly any: Float64Array;
  readonly each: readonly { readonly country: string; readonly features: Float64Array }[];
}

const expectedOf = (links: readonly CountryLink[]): number[] => {
  const expected = links.map((link) => link.expected).sort((one, other) => other - one);
  return [expected.reduce((sum, one) => sum + one, 0), expected[0] ?? 0];
};

/** Describes the last of a video's readings; undefined where it does not say which countries' charts hold the video, or none does. */
export const spreadFeatures = (readings: readonly ViewReading[], links: ChartLinks): SpreadFeatures | undefined => {
  const now = readings.at(-1);
  if (now?.countries === undefined || now.countries.length === 0) return undefined;
  const holding = new Set(now.countries);
  const before = new Set(readings.slice(0, -1).flatMap(({ countries }) => countries ?? []));
  const found = links.links(holding);
  const growth = viewGrowth(readings).features;
  const common = [Math.log(now.hours), Math.log(Math.max(1, now.views)), holding.size, before.size];
  return {
    any: featureRow(growth, [before.size, links.spreadOf(holding), ...expectedOf(found)]),
    each: found.map(({ country, features }) => ({
      country,
      features: featureRow(features, [before.has(country) ? 1 : 0], common),
    })),
  };
};

const chance = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Names the countries whose charts will hold a video next: trees on how often charts of the countries held so far and of
 * each other country went together, and on growth. Least-squares trees on what happened give chances (Brier 1950).
 */
export class NextCountries {
  readonly #untilHours: number;
  readonly #links: ChartLinks;
  readonly #any: Forest;
  readonly #each: Forest;

  constructor({ untilHours, links, any, each }: NextCountriesModelRecord) {
    this.#untilHours = untilHours;
    this.#links = new ChartLinks(links);
    this.#any = new Forest(any);
    this.#each = new Forest(each);
  }

  /**
   * How far a video will spread; undefined where the last reading of views comes without countries, and where the
   * video is older than the model looks.
   */
  rank(evidence: SpikeEvidence): Spread | undefined {
    const readings = viewReadings(evidence);
    const last = readings.at(-1);
    if (last === undefined || last.hours >= this.#untilHours) return undefined;
    const described = spreadFeatures(readings, this.#links);
    if (described === undefined) return undefined;
    const anyProbability = chance(this.#any.answer(described.any));
    const countries = described.each
      .map(({ country, features }) => ({ country, share: this.#each.answer(features) }))
      .sort((one, other) => other.share - one.share || (one.country < other.country ? -1 : 1))
      .map(({ country, share }) => ({ country, probability: anyProbability * chance(share) }));
    return { untilHours: this.#untilHours, anyProbability, countries };
  }
}
