import {
  BinnedRows,
  ChartLinks,
  type ChartLinksRecord,
  type ForestRecord,
  type Growth,
  growForest,
  type NextCountriesModelRecord,
  SpikeEvidence,
  type SpreadFeatures,
  spreadFeatures,
  viewReadings,
} from '@crossparcel/demand';
import { generatorOf } from '@crossparcel/numerics';
import { readingAt, requestOf, type Video } from './views-data.ts';
import { DATED, shortened } from './views-learn.ts';

const SEED = 20_261_122;
/** The age up to which further countries count. */
export const UNTIL_HOURS = 168;
const HOUR = 3600;
const ANY_GROWTH: Growth = { trees: 60, leaves: 10, rate: 0.1, leafRows: 60, rowShare: 0.5, featureShare: 0.6 };
const EACH_GROWTH: Growth = { trees: 90, leaves: 12, rate: 0.12, leafRows: 60, rowShare: 0.4, featureShare: 0.6 };
/** Ages in hours at which videos are looked at to learn from: the first reading of the first hours, of day 1 and of later days. */
const AGES: readonly (readonly [number, number])[] = [
  [1, 12],
  [12, 36],
  [36, 60],
  [84, 108],
];

/** The countries that come to hold a video after a reading of it, and did not hold it at that reading. */
export const laterCountries = ({ readings }: Video, place: number): Set<string> => {
  const held = new Set(readings[place]?.countries);
  return new Set(
    readings
      .slice(place + 1)
      .filter(({ seconds }) => seconds <= UNTIL_HOURS * HOUR)
      .flatMap(({ countries }) => countries.filter((country) => !held.has(country))),
  );
};

/** Counts how charts went together over the videos that were read in their first day and a half. */
const countLinks = (videos: readonly Video[], countries: string[]): ChartLinksRecord => {
  const places = new Map(countries.map((country, place) => [country, place]));
  const zeros = () => countries.map(() => 0);
  const links = { held: zeros(), spread: zeros(), reached: zeros() };
  const moves = countries.map(zeros);
  const both = countries.map((_, row) => new Array<number>(row + 1).fill(0));
  const bump = (counts: number[] | undefined, place: number) => {
    if (counts) counts[place] = (counts[place] ?? 0) + 1;
  };
  let counted = 0;
  for (const video of videos) {
    const first = readingAt(video, 12, 36, 'first');
    if (first === undefined) continue;
    counted += 1;
    const placesOf = (some: Iterable<string>) => [...some].map((country) => places.get(country) as number);
    const held = placesOf(video.readings[first]?.countries ?? []);
    const later = placesOf(laterCountries(video, first));
    for (const to of later) bump(links.reached, to);
    for (const from of held) {
      bump(links.held, from);
      if (later.length > 0) bump(links.spread, from);
      for (const to of later) bump(moves[from], to);
    }
    const all = [...held, ...later];
    for (const one of all) for (const other of all) if (other <= one) bump(both[one], other);
  }
  return { countries, videos: counted, ...links, moves, both };
};

const learnMean = (rows: Float64Array[], values: number[], growth: Growth): ForestRecord => {
  const weights = new Float64Array(values.length).fill(1);
  const data = { values: Float64Array.from(values), weights };
  return shortened(growForest(new BinnedRows(rows), data, { kind: 'mean' }, growth, generatorOf(SEED)));
};

interface Look {
  readonly described: SpreadFeatures;
  readonly later: ReadonlySet<string>;
}

const looksAt = (video: Video, links: ChartLinks): Look[] =>
  AGES.flatMap(([from, to]) => {
    const place = readingAt(video, from, to, 'first');
    if (place === undefined) return [];
    const described = spreadFeatures(viewReadings(new SpikeEvidence(requestOf(video, place, 0))), links);
    if (!described) return [];
    const later = laterCountries(video, place);
    // Countries are learned from videos that spread alone; what describes them for the others would fill the memory.
    return [{ described: later.size > 0 ? described : { any: described.any, each: [] }, later }];
  });

/** Learns where videos spread. Counts that describe a video come from videos other than it. */
export const learnNextCountries = (videos: readonly Video[]): NextCountriesModelRecord => {
  const countries = [...new Set(videos.flatMap(({ readings }) => readings.flatMap((one) => one.countries)))].sort();
  const even = ({ number }: Video) => number % 2 === 0;
  const halves = [false, true].map(
    (which) =>
      new ChartLinks(
        countLinks(
          videos.filter((video) => even(video) === which),
          countries,
        ),
      ),
  ) as [ChartLinks, ChartLinks];
  const looks = videos.flatMap((video) => looksAt(video, halves[even(video) ? 0 : 1]));
  const spreading = looks.filter(({ later }) => later.size > 0);
  const pairs = spreading.flatMap(({ described, later }) =>
    described.each.map(({ country, features }) => ({ features, came: Number(later.has(country)) })),
  );
  return {
    id: 'next-countries',
    ...DATED,
    untilHours: UNTIL_HOURS,
    links: countLinks(videos, countries),
    any: learnMean(
      looks.map(({ described }) => described.any),
      looks.map(({ later }) => Number(later.size > 0)),
      ANY_GROWTH,
    ),
    each: learnMean(
      pairs.map(({ features }) => features),
      pairs.map(({ came }) => came),
      EACH_GROWTH,
    ),
  };
};
