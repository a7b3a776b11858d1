/**
 * Holds the sizes of videos and the countries named next to their claims: node bench/views-report.ts FOLDER.
 * Everything is learned from the videos published first and tried on those published after them.
 */
import { NextCountries, SpikeEvidence, type Spread, ViewSizer } from '@crossparcel/demand';
import { normalQuantile, sampleQuantile } from '@crossparcel/numerics';
import { laterCountries, learnNextCountries, UNTIL_HOURS } from './views-countries.ts';
import { readingAt, readVideos, requestOf, type Video, viewsAt } from './views-data.ts';
import { learnViews } from './views-learn.ts';

/** Videos numbered up to here are learned from. */
const LEARNED = 17_564;
const HOUR = 3600;
const SCORED = [0.1, 0.5, 0.9];
/** Levels asked for: those that are scored, and the ends of the intervals of 50 and 95 %. */
const ASKED = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];
/** When a video is seen, and the age at which its views are asked. */
interface Moment {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly which: 'first' | 'last';
  readonly at: number;
}

const MOMENTS: readonly Moment[] = [
  { name: 'day 1 to 72 h', from: 12, to: 36, which: 'first', at: 72 },
  { name: 'day 1 to 168 h', from: 12, to: 36, which: 'first', at: 168 },
  { name: 'day 2 to 168 h', from: 36, to: 60, which: 'last', at: 168 },
  { name: 'day 3 to 168 h', from: 60, to: 84, which: 'last', at: 168 },
];

/** A video seen at a moment, and what came of it. */
interface Trial {
  readonly video: Video;
  readonly place: number;
  readonly hours: number;
  readonly views: number;
  readonly at: number;
  readonly actual: number;
}

const trialsOf = (videos: readonly Video[], { from, to, which, at }: Moment): Trial[] =>
  videos.flatMap((video) => {
    const place = readingAt(video, from, to, which);
    const actual = viewsAt(video, at * HOUR);
    const seen = place === undefined ? undefined : video.readings[place];
    if (place === undefined || seen === undefined || actual === undefined) return [];
    const { seconds, views } = seen;
    return [{ video, place, hours: seconds / HOUR, views, at, actual: Math.max(actual, views) }];
  });

/** Totals at the levels asked for. */
type Way = (trial: Trial) => readonly number[];

const lastValue: Way = ({ views }) => ASKED.map(() => views);
const linearRate: Way = ({ views, hours, at }) => ASKED.map(() => (views * at) / hours);

const growthQuantiles = (learned: readonly Trial[]): Way => {
  const growths = learned.map(({ actual, views }) => actual / views);
  const quantiles = ASKED.map((level) => sampleQuantile(growths, level));
  return ({ views }) => quantiles.map((quantile) => views * quantile);
};

/** Solves normal equations by elimination; they are well posed here. */
const solved = (matrix: readonly (readonly number[])[]): number[] => {
  const rows = matrix.map((row) => [...row]);
  for (const [at, pivot] of rows.entries()) {
    for (const [other, row] of rows.entries()) {
      if (other === at) continue;
      const factor = (row[at] as number) / (pivot[at] as number);
      for (let column = at; column < row.length; column += 1)
        row[column] = (row[column] as number) - factor * (pivot[column] as number);
    }
  }
  return rows.map((row, at) => (row.at(-1) as number) / (row[at] as number));
};

/** The logarithm of later views as a line on those of views and age (Szabo and Huberman 2010), with normal residuals. */
const logLinear = (learned: readonly Trial[]): Way => {
  const termsOf = ({ views, hours }: Trial) => [1, Math.log(views), Math.log(hours)];
  const sums = Array.from({ length: 3 }, () => new Array<number>(4).fill(0));
  for (const trial of learned) {
    const terms = [...termsOf(trial), Math.log(trial.actual)];
    for (const [row, sum] of sums.entries())
      for (const [column, term] of terms.entries()) sum[column] = (sum[column] ?? 0) + (terms[row] as number) * term;
  }
  const slopes = solved(sums);
  const middle = (trial: Trial) =>
    termsOf(trial).reduce((sum, term, place) => sum + term * (slopes[place] as number), 0);
  const squares = learned.reduce((sum, trial) => sum + (Math.log(trial.actual) - middle(trial)) ** 2, 0);
  const deviation = Math.sqrt(squares / learned.length);
  return (trial) => ASKED.map((level) => Math.exp(middle(trial) + normalQuantile(level) * deviation));
};

const ours =
  (sizer: ViewSizer, told: boolean): Way =>
  ({ video, place, at }) => {
    const request = requestOf(video, place, at * HOUR);
    const evidence = new SpikeEvidence(told ? { ...request, attributes: video.attributes } : request);
    const curve = sizer.total(evidence, at * HOUR);
    return ASKED.map((level) => curve.at(level));
  };

const pinball = (level: number, error: number): number => Math.max(level * error, (level - 1) * error);
/** Rounding must not push an actual out of an interval that ends on it. */
const SLACK = 1e-9;

/** Median relative error, loss of logarithms, and how often intervals of 50, 80 and 95 % held. */
const score = (trials: readonly Trial[], way: Way): string[] => {
  let loss = 0;
  const held = [0, 0, 0];
  const errors = trials.map((trial) => {
    const quantiles = way(trial);
    const at = (level: number) => quantiles[ASKED.indexOf(level)] as number;
    for (const level of SCORED) loss += pinball(level, Math.log(trial.actual / at(level)));
    for (const [place, low] of [0.25, 0.1, 0.025].entries())
      if (trial.actual >= at(low) * (1 - SLACK) && trial.actual <= at(1 - low) * (1 + SLACK))
        held[place] = (held[place] ?? 0) + 1;
    return Math.abs(at(0.5) / trial.actual - 1);
  });
  return [
    sampleQuantile(errors, 0.5).toFixed(4),
    (loss / SCORED.length / trials.length).toFixed(4),
    ...held.map((one) => (one / trials.length).toFixed(3)),
  ];
};

const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
};
const heading = (cells: readonly string[]): void => {
  process.stdout.write('\n');
  line(cells);
  line(cells.map(() => '---'));
};

const reportSizes = (early: readonly Video[], late: readonly Video[], sizer: ViewSizer): void => {
  heading(['seen and asked', 'videos', 'method', 'mdAPE', 'loss of logarithms', 'held of 50 %', 'of 80 %', 'of 95 %']);
  for (const moment of MOMENTS) {
    const learned = trialsOf(early, moment);
    const trials = trialsOf(late, moment);
    const ways: [string, Way][] = [
      ['last value', lastValue],
      ['linear rate', linearRate],
      ['growth quantiles', growthQuantiles(learned)],
      ['log-linear', logLinear(learned)],
      ['crossparcel, kind not told', ours(sizer, false)],
      ['crossparcel, category and length told', ours(sizer, true)],
    ];
    for (const [name, way] of ways) line([moment.name, trials.length, name, ...score(trials, way)]);
  }
};

/** A video whose next countries are named on day 1, and those that came. */
interface Reach {
  readonly video: Video;
  readonly place: number;
  readonly held: ReadonlySet<string>;
  readonly later: ReadonlySet<string>;
}

const reachesOf = (videos: readonly Video[]): Reach[] =>
  videos.flatMap((video) => {
    const place = readingAt(video, 12, 36, 'first');
    if (place === undefined) return [];
    return [{ video, place, held: new Set(video.readings[place]?.countries), later: laterCountries(video, place) }];
  });

type Naming = (reach: Reach) => readonly string[];
const NAMED = 5;

const hits = (reaches: readonly Reach[], naming: Naming): number => {
  const spreading = reaches.filter(({ later }) => later.size > 0);
  const shares = spreading.map((reach) => {
    const named = naming(reach).slice(0, NAMED);
    return named.filter((country) => reach.later.has(country)).length / Math.min(NAMED, reach.later.size);
  });
  return shares.reduce((sum, share) => sum + share, 0) / spreading.length;
};

const ranked = (scores: ReadonlyMap<string, number>, { held }: Reach): string[] =>
  [...scores]
    .filter(([country]) => !held.has(country))
    .sort(([, one], [, other]) => other - one)
    .map(([country]) => country);

const add = (scores: Map<string, number>, country: string, value: number): void => {
  scores.set(country, (scores.get(country) ?? 0) + value);
};

const mostFrequent = (learned: readonly Reach[]): Naming => {
  const counts = new Map<string, number>();
  for (const { later } of learned) for (const country of later) add(counts, country, 1);
  return (reach) => ranked(counts, reach);
};

const conditional = (learned: readonly Reach[]): Naming => {
  const seen = new Map<string, number>();
  const moves = new Map<string, Map<string, number>>();
  for (const { held, later } of learned) {
    for (const from of held) {
      add(seen, from, 1);
      const row = moves.get(from) ?? new Map<string, number>();
      moves.set(from, row);
      for (const to of later) add(row, to, 1);
    }
  }
  return (reach) => {
    const scores = new Map<string, number>();
    for (const from of reach.held)
      for (const [to, count] of moves.get(from) ?? []) add(scores, to, count / (seen.get(from) ?? 1));
    return ranked(scores, reach);
  };
};

const brier = (pairs: readonly (readonly [chance: number, came: boolean])[]): number =>
  pairs.reduce((sum, [chance, came]) => sum + (chance - Number(came)) ** 2, 0) / pairs.length;

const CALIBRATED = [0, 0.1, 0.2, 0.3, 0.5, 0.7, 1];

const reportChances = (name: string, pairs: readonly (readonly [number, boolean])[]): void => {
  for (const [place, to] of CALIBRATED.slice(1).entries()) {
    const from = CALIBRATED[place] as number;
    const some = pairs.filter(([chance]) => chance >= from && (chance < to || to === 1));
    if (some.length === 0) continue;
    const mean = some.reduce((sum, [chance]) => sum + chance, 0) / some.length;
    const came = some.filter(([, one]) => one).length / some.length;
    line([name, `${from} to ${to}`, some.length, mean.toFixed(3), came.toFixed(3)]);
  }
};

const reportCountries = (early: readonly Video[], late: readonly Video[], model: NextCountries): void => {
  const learned = reachesOf(early);
  const reaches = reachesOf(late);
  const spreads = new Map<Reach, Spread>();
  for (const reach of reaches) {
    const spread = model.rank(new SpikeEvidence(requestOf(reach.video, reach.place, UNTIL_HOURS * HOUR)));
    if (spread) spreads.set(reach, spread);
  }
  heading(['method', 'share of five countries hit']);
  line(['most frequent', hits(reaches, mostFrequent(learned)).toFixed(4)]);
  line(['conditional frequencies, summed', hits(reaches, conditional(learned)).toFixed(4)]);
  const named: Naming = (reach) => spreads.get(reach)?.countries.map(({ country }) => country) ?? [];
  line(['crossparcel', hits(reaches, named).toFixed(4)]);

  const rate = learned.filter(({ later }) => later.size > 0).length / learned.length;
  const rates = new Map<string, number>();
  for (const { later } of learned) for (const country of later) add(rates, country, 1 / learned.length);
  const any = [...spreads].map(([{ later }, spread]) => [spread.anyProbability, later.size > 0] as const);
  const each = [...spreads].flatMap(([{ later }, { countries }]) =>
    countries.map(({ country, probability }) => ({ country, probability, came: later.has(country) })),
  );
  heading(['chance of', 'Brier score', 'of the base rate']);
  line(['any further country', brier(any).toFixed(4), brier(any.map(([, came]) => [rate, came])).toFixed(4)]);
  const own = each.map(({ probability, came }) => [probability, came] as const);
  const base = each.map(({ country, came }) => [rates.get(country) ?? 0, came] as const);
  line(['each further country', brier(own).toFixed(6), brier(base).toFixed(6)]);
  heading(['chance of', 'said', 'times', 'said on average', 'came']);
  reportChances('any further country', any);
  reportChances('each further country', own);
};

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds the readings of videos\n');
  process.exit(2);
}
const videos = await readVideos(folder);
const early = videos.filter(({ number }) => number <= LEARNED);
const late = videos.filter(({ number }) => number > LEARNED);
reportSizes(early, late, new ViewSizer(learnViews(early)));
reportCountries(early, late, new NextCountries(learnNextCountries(early)));
