import {
  BinnedRows,
  chartFlags,
  FOREST_LEVELS,
  Forest,
  type ForestRecord,
  type Growth,
  type Guess,
  growForest,
  growthFrom,
  type Held,
  type KindsRecord,
  kindFeatures,
  plainGrowth,
  relativeGrowth,
  SpikeEvidence,
  type SpikeRequest,
  sizeFeatures,
  spread,
  truthOf,
  VIEW_LEVELS,
  VideoKinds,
  type ViewGrowth,
  type ViewsModelRecord,
  videoFacts,
  viewGrowth,
  viewReadings,
  type Widths,
  widthFor,
} from '@crossparcel/demand';
import { type Generator, generatorOf, sampleQuantile } from '@crossparcel/numerics';
import { requestOf, type Video, viewsAt } from './views-data.ts';

const SEED = 20_261_122;
const HOUR = 3600;

const GUESSES: readonly Guess[] = [
  { category: 10 },
  { category: 20 },
  { category: 24 },
  { category: 1 },
  {},
  { longerThan: 3000 },
];
const KIND_GROWTH: Growth = { trees: 70, leaves: 12, rate: 0.15, leafRows: 25, rowShare: 0.5, featureShare: 0.3 };
const END_GROWTH: Growth = { trees: 130, leaves: 26, rate: 0.1, leafRows: 40, rowShare: 0.5, featureShare: 0.4 };
/** The median is worth more trees than the ends, which widths set anyway. */
const MEDIAN_GROWTH: Growth = { ...END_GROWTH, trees: 240 };
/** Ages in days at which totals are mostly asked for. */
const ROUND_DAYS = [1, 2, 3, 4, 5, 7, 10, 14];
/** Share of the pairs whose video's kind is told. */
const TOLD = 0.4;
const ROUND_DRAWS = 2;
/** Younger videos are asked about at more horizons: their growth is the hardest to tell and the most worth knowing. */
const YOUNG_HOURS = 36;
const YOUNG_DRAWS = 5;
const LAST_HOURS = 400;
const LAST_AGE = 266;
const LATE_HOURS = 100;
const LATE_SHARE = 0.25;
/** What records learned from the chart data are dated by. */
export const DATED = {
  validFrom: '2026-11-22',
  validTo: null,
  readOn: '2026-11-22',
  confidence: 'single' as const,
  source:
    'youtube-trending-analytics (MIT; its data CC0-1.0): charts of 110 countries, videos published 2025-12 to 2026-05',
};
/** Shares of the rows that are learned from without countries, without likes and comments, and without earlier readings. */
const BLIND = { countries: 0.06, counters: 0.06, history: 0.08 };
const DIGITS = 4;
/** Parts of the videos whose kinds are guessed from the others. */
const FOLDS = 3;
/** Share of the videos, the latest, on which widths are measured. */
const HELD_BACK = 0.2;

/** Thresholds and leaves with few digits: a file half the size that answers the same. */
export const shortened = ({ base, trees }: ForestRecord): ForestRecord => {
  const short = (value: number) => Number(value.toPrecision(DIGITS));
  return {
    base: short(base),
    trees: trees.map(({ feature, threshold, child, value }) => ({
      feature,
      threshold: threshold.map(short),
      child,
      value: value.map(short),
    })),
  };
};

/** Leaves signals out of a request at random, so that those who do not have them are answered as well. */
const blinded = (request: SpikeRequest, random: Generator): SpikeRequest => {
  const { countries, likes, comments } = request.signals ?? {};
  const counters = random.unit() >= BLIND.counters;
  const charts = random.unit() >= BLIND.countries;
  const whole = random.unit() >= BLIND.history;
  return {
    ...request,
    counts: whole ? request.counts : request.counts?.slice(-1),
    signals: { ...(counters && { likes, comments }), ...(charts && { countries }) },
  };
};

const growthOf = (request: SpikeRequest): ViewGrowth => viewGrowth(viewReadings(new SpikeEvidence(request)));

const countriesOf = (videos: readonly Video[]): string[] =>
  [...new Set(videos.flatMap(({ readings }) => readings.flatMap(({ countries }) => countries)))].sort();

/** Learns to guess kinds from the first two readings of videos and one more. */
const learnKinds = (videos: readonly Video[], countries: string[]): KindsRecord => {
  const random = generatorOf(SEED);
  const samples = videos.flatMap((video) => {
    const places = new Set([0, 1, random.integer(0, video.readings.length - 1)]);
    return [...places]
      .filter((place) => place < video.readings.length)
      .map((place) => {
        const growth = growthOf(blinded(requestOf(video, place, 0), random));
        const { category, durationSeconds: seconds } = video.attributes;
        return { features: kindFeatures(growth, chartFlags(growth, countries)), facts: { category, seconds } };
      });
  });
  const rows = new BinnedRows(samples.map(({ features }) => features));
  const weights = new Float64Array(samples.length).fill(1);
  return {
    countries,
    guesses: GUESSES.map((guess) => {
      const values = Float64Array.from(samples, ({ facts }) => truthOf(guess, facts) ?? 0);
      const forest = growForest(rows, { values, weights }, { kind: 'mean' }, KIND_GROWTH, generatorOf(SEED));
      return { ...guess, forest: shortened(forest) };
    }),
  };
};

/** A reading of a video and a later age whose views are known. */
interface Pair {
  readonly features: Float64Array;
  readonly relative: number;
  readonly plain: number;
  readonly video: number;
  readonly hours: number;
  readonly told: boolean;
  readonly several: boolean;
  readonly ratio: number;
}

const horizonsOf = ({ readings }: Video, hours: number, random: Generator): number[] => {
  const last = Math.min(LAST_HOURS, (readings.at(-1)?.seconds ?? 0) / HOUR);
  const round = ROUND_DAYS.map((days) => days * 24).filter((later) => later >= hours + 1 && later <= last);
  const draws = hours < YOUNG_HOURS ? YOUNG_DRAWS : ROUND_DRAWS;
  while (round.length > draws) round.splice(random.integer(0, round.length - 1), 1);
  const drawn = hours * Math.exp(random.unit() * Math.log(last / hours));
  return drawn > hours + 1 ? [...round, drawn] : round;
};

/** Draws pairs from a video, with its kind told or guessed. */
const pairsOf = (video: Video, kinds: VideoKinds, random: Generator, blind: boolean): Pair[] =>
  video.readings.flatMap(({ seconds }, place) => {
    const hours = seconds / HOUR;
    if (hours < 1 || hours > LAST_AGE || (hours > LATE_HOURS && random.unit() > LATE_SHARE)) return [];
    const horizons = horizonsOf(video, hours, random);
    if (horizons.length === 0) return [];
    const whole = requestOf(video, place, 0);
    const request = blind ? blinded(whole, random) : whole;
    const readings = viewReadings(new SpikeEvidence(request));
    const growth = viewGrowth(readings);
    const told = random.unit() < TOLD;
    const facts = videoFacts(told ? { ...request, attributes: video.attributes } : request);
    const described = kinds.describe(growth, facts);
    return horizons.flatMap((later) => {
      const views = viewsAt(video, later * HOUR);
      if (views === undefined) return [];
      const plain = plainGrowth(growth, later);
      const grown = Math.max(0, Math.log(views / growth.views));
      return [
        {
          features: sizeFeatures(growth, described, later),
          relative: relativeGrowth(grown, plain),
          plain,
          video: video.number,
          hours,
          told,
          several: readings.length > 1,
          ratio: later / hours,
        },
      ];
    });
  });

const learnForests = (pairs: readonly Pair[]): ForestRecord[] => {
  const rows = new BinnedRows(pairs.map(({ features }) => features));
  const values = Float64Array.from(pairs, ({ relative }) => relative);
  const weights = new Float64Array(values.length).fill(1);
  return FOREST_LEVELS.map((level) =>
    shortened(
      growForest(
        rows,
        { values, weights },
        { kind: 'quantile', level },
        level === 0.5 ? MEDIAN_GROWTH : END_GROWTH,
        generatorOf(SEED),
      ),
    ),
  );
};

/** Guesses about a video must come from videos other than it, or they would be trusted too much. */
const learnSizes = (videos: readonly Video[], countries: string[]) => {
  const random = generatorOf(SEED + 1);
  const folds = Array.from(
    { length: FOLDS },
    (_, fold) =>
      new VideoKinds(
        learnKinds(
          videos.filter(({ number }) => number % FOLDS !== fold),
          countries,
        ),
      ),
  );
  const pairs = videos.flatMap((video) => pairsOf(video, folds[video.number % FOLDS] as VideoKinds, random, true));
  return { kinds: learnKinds(videos, countries), forests: learnForests(pairs) };
};

const GROUPS: readonly Omit<Widths, 'factors'>[] = (['one', 'several'] as const).flatMap((readings) =>
  [1.7, 2.7, 4.5, null].map((upTo) => ({ readings, upTo })),
);
/** As many pairs count for half of a group's own widths. */
const HALF_TRUST = 150;

/** Factors about the median at which each level held on videos that nothing was learned from. */
const measureWidths = (pairs: readonly Pair[], records: readonly ForestRecord[]): Widths[] => {
  const forests = records.map((record) => new Forest(record));
  const scores = pairs.map(({ features, relative, several, ratio }) => {
    const [low = 0, middle = 0, high = 0] = forests.map((forest) => forest.answer(features));
    const side = relative < middle ? middle - low : high - middle;
    const group = widthFor(
      GROUPS.map((one) => ({ ...one, factors: [] })),
      several,
      ratio,
    );
    return { group: `${group.readings} ${group.upTo}`, score: (relative - middle) / Math.max(1e-3, side) };
  });
  const factorsOf = (some: readonly { score: number }[]): number[] =>
    VIEW_LEVELS.map((level) => {
      const sides = some.map(({ score }) => score).filter((score) => score < 0 === level < 0.5);
      // Each side by itself: a median that drifted must not narrow one end and widen the other.
      return level === 0.5 ? 0 : Math.abs(sampleQuantile(sides, level < 0.5 ? 2 * level : 2 * level - 1));
    });
  const whole = factorsOf(scores);
  return GROUPS.map((group) => {
    const own = scores.filter((one) => one.group === `${group.readings} ${group.upTo}`);
    const trust = own.length / (own.length + HALF_TRUST);
    const factors = own.length === 0 ? whole : factorsOf(own);
    return {
      ...group,
      factors: factors.map((factor, place) =>
        Number((trust * factor + (1 - trust) * (whole[place] as number)).toFixed(3)),
      ),
    };
  });
};

/** Ages in hours about which it is told how often intervals held. */
const HELD_HOURS = [12, 24, 48, 72, 120];
const NEAR = 1.35;

/** How often intervals held: widths measured on half of the videos kept back, tried on the other half. */
const measureHeld = (pairs: readonly Pair[], records: readonly ForestRecord[]): Held[] => {
  const forests = records.map((record) => new Forest(record));
  const widths = measureWidths(
    pairs.filter(({ video }) => video % 2 === 0),
    records,
  );
  const tried = pairs
    .filter(({ video }) => video % 2 === 1)
    .map((pair) => {
      const relative = forests.map((forest) => forest.answer(pair.features));
      const levels = spread(relative, widthFor(widths, pair.several, pair.ratio));
      const inside = (low: number) =>
        pair.relative >= (levels[low] as number) && pair.relative <= (levels[levels.length - 1 - low] as number);
      const [low, high] = [1, 5].map((place) => growthFrom(levels[place] as number, pair.plain)) as [number, number];
      return { pair, in50: inside(2), in80: inside(1), in95: inside(0), width: high - low };
    });
  return HELD_HOURS.map((hours) => {
    const near = tried.filter(({ pair }) => Math.abs(Math.log(pair.hours / hours)) < Math.log(NEAR));
    const mean = (values: readonly number[]) =>
      Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3));
    const widthOf = (told: boolean) => mean(near.filter(({ pair }) => pair.told === told).map(({ width }) => width));
    return {
      age: hours * HOUR,
      items: near.length,
      in50: mean(near.map(({ in50 }) => Number(in50))),
      in80: mean(near.map(({ in80 }) => Number(in80))),
      in95: mean(near.map(({ in95 }) => Number(in95))),
      width: { guessed: widthOf(false), told: widthOf(true) },
    };
  });
};

/** Learns what videos come to: once without the latest videos, on which widths are measured, and then from all. */
export const learnViews = (videos: readonly Video[]): ViewsModelRecord => {
  const countries = countriesOf(videos);
  const early = videos.slice(0, Math.round(videos.length * (1 - HELD_BACK)));
  const tried = learnSizes(early, countries);
  const random = generatorOf(SEED + 2);
  const trial = videos
    .slice(early.length)
    .flatMap((video) => pairsOf(video, new VideoKinds(tried.kinds), random, false));
  return {
    id: 'views',
    ...DATED,
    ...learnSizes(videos, countries),
    firstAge: HOUR,
    lastAge: LAST_AGE * HOUR,
    horizon: LAST_HOURS * HOUR,
    held: measureHeld(trial, tried.forests),
    widths: measureWidths(trial, tried.forests),
  };
};
