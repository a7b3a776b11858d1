/**
 * Forecasts kinds of demand that no model learned from, drawn with a fixed seed: node bench/demand-kinds.ts. Beside ours stand the
 * quantiles of the last 13 periods, TSB with a negative binomial, and the same step of earlier seasons.
 */
import { compileBaseline, Forecaster, fromFirstSale, modelFor } from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import { type Generator, generatorOf, negativeBinomialQuantiles, sampleQuantile } from '@crossparcel/numerics';

/** A kind of series: its mean at each period, drawn anew for each series, and how much counts vary beyond it. */
interface Kind {
  readonly name: string;
  readonly perYear: number;
  readonly season: number;
  readonly periods: number;
  readonly horizon: number;
  readonly spread: number;
  readonly means: (random: Generator) => (period: number) => number;
}

const SERIES = 150;
const LEVELS = [0.1, 0.5, 0.9];
const RECENT = 13;
const WEEKS = 365.25 / 7;
const DAYS = { perYear: 365.25, season: 7, horizon: 14 };
const WEEKLY = { perYear: WEEKS, season: 52, horizon: 8 };
const MONTHLY = { perYear: 12, season: 12, horizon: 12 };

const between = (random: Generator, low: number, high: number): number => low + (high - low) * random.unit();
/** Levels over some powers of ten. */
const level = (random: Generator, low: number, high: number): number => 10 ** between(random, low, high);
const wave = (random: Generator, season: number, depth: number): ((period: number) => number) => {
  const shift = between(random, 0, season);
  return (period) => Math.exp(depth * Math.sin((2 * Math.PI * (period + shift)) / season));
};

const steady: Kind['means'] = (random) => {
  const mean = level(random, -0.5, 1.5);
  return () => mean;
};
const yearly =
  (season: number, growth: number): Kind['means'] =>
  (random) => {
    const [mean, around] = [level(random, 1, 3), wave(random, season, 0.7)];
    const rise = between(random, -growth, growth);
    return (period) => mean * around(period) * Math.exp(rise * period);
  };

const KINDS: readonly Kind[] = [
  {
    name: 'days with weekdays, one closed',
    ...DAYS,
    periods: 140,
    spread: 0.3,
    means: (random) => {
      const days = Array.from({ length: 7 }, (_, day) => (day === 5 ? 0 : level(random, 0, 1.2)));
      return (period) => days[period % 7] ?? 0;
    },
  },
  { name: 'weeks, steady', ...WEEKLY, periods: 104, spread: 0.5, means: steady },
  { name: 'weeks, steady, 5 known', ...WEEKLY, periods: 5, spread: 0.5, means: steady },
  { name: 'weeks, 3 years with a season', ...WEEKLY, periods: 156, spread: 0.1, means: yearly(52.18, 0) },
  {
    name: 'weeks, growing or shrinking',
    ...WEEKLY,
    periods: 104,
    spread: 0.1,
    means: (random) => {
      const [mean, rise] = [level(random, 1, 2.5), between(random, -0.02, 0.02)];
      return (period) => mean * Math.exp(rise * (period - 50));
    },
  },
  {
    name: 'weeks, the level moved 4 to 24 weeks ago',
    ...WEEKLY,
    periods: 100,
    spread: 0.2,
    means: (random) => {
      const [mean, factor, at] = [level(random, 0.5, 2), level(random, -0.7, 0.7), random.integer(76, 96)];
      return (period) => (period < at ? mean : mean * factor);
    },
  },
  {
    name: 'months, steady and rare',
    ...MONTHLY,
    periods: 48,
    spread: 2,
    means: (random) => () => between(random, 0.1, 0.6),
  },
  { name: 'months, 6 years with season and trend', ...MONTHLY, periods: 72, spread: 0.01, means: yearly(12, 0.015) },
  {
    name: 'months, millions',
    ...MONTHLY,
    periods: 60,
    spread: 0.01,
    means: (random) => () => 1e3 * level(random, 1, 4),
  },
];

/** A count with a mean and a variance of mean + spread mean squared. */
const count = (mean: number, spread: number, random: Generator): number =>
  mean === 0
    ? 0
    : (negativeBinomialQuantiles(mean, mean * 1.001 + spread * mean * mean, [Math.min(0.9999, random.unit())])[0] ?? 0);

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rateOf = (past: readonly number[]): number => {
  const sold = past.filter((value) => value > 0);
  let [size, chance] = [sold[0] ?? 0, sold.length / past.length];
  for (const value of past) {
    chance += 0.1 * ((value > 0 ? 1 : 0) - chance);
    if (value > 0) size += 0.1 * (value - size);
  }
  return chance * size;
};

type Way = (past: readonly number[]) => readonly (readonly number[])[];

const waysOf = ({ horizon, season, perYear }: Kind, pasts: readonly (readonly number[])[]): Map<string, Way> => {
  const steps = Array.from({ length: horizon }, (_, step) => step);
  const model = modelFor(new DemandReference().demandModels().baseline.map(compileBaseline), perYear);
  const forecaster = new Forecaster(model, { perYear, horizon }, pasts);
  const quantiles = (sample: readonly number[]) => LEVELS.map((at) => sampleQuantile(sample, at));
  return new Map<string, Way>([
    ['crossparcel', (past) => forecaster.forecast(past).map(({ curve }) => LEVELS.map((at) => curve.at(at)))],
    ['empirical', (past) => steps.map(() => quantiles(past.slice(-RECENT)))],
    [
      'TSB',
      (past) => {
        const [rate, mean] = [rateOf(past), meanOf(past)];
        const variance = Math.max(1.05 * rate, meanOf(past.map((value) => (value - mean) ** 2)));
        return steps.map(() => negativeBinomialQuantiles(rate, variance, LEVELS));
      },
    ],
    [
      'earlier seasons',
      (past) =>
        steps.map((step) => {
          const alike = past.filter((_, at) => (past.length + step - at) % season === 0);
          return quantiles(alike.length > 1 ? alike : past.slice(-RECENT));
        }),
    ],
  ]);
};

/** Scaled pinball loss, and how often the interval of 80 % held. */
const scoreOf = (way: Way, samples: readonly { past: readonly number[]; future: readonly number[] }[]): string => {
  const losses: number[] = [];
  const held: number[] = [];
  for (const { past, future } of samples) {
    const sold = fromFirstSale(past);
    const scale = meanOf(sold.slice(1).map((value, at) => Math.abs(value - (sold[at] as number))));
    const answers = way(past);
    const own = future.flatMap((actual, step) =>
      LEVELS.map((at, place) => {
        const error = actual - (answers[step]?.[place] ?? 0);
        return Math.max(at * error, (at - 1) * error);
      }),
    );
    if (scale > 0) losses.push(meanOf(own) / scale);
    for (const [step, actual] of future.entries())
      held.push(actual >= (answers[step]?.[0] ?? 0) && actual <= (answers[step]?.[2] ?? 0) ? 1 : 0);
  }
  return `${meanOf(losses).toFixed(3)} (${meanOf(held).toFixed(2)})`;
};

for (const [index, kind] of KINDS.entries()) {
  const random = generatorOf(index + 1);
  const samples = Array.from({ length: SERIES }, () => {
    const mean = kind.means(random);
    const values = Array.from({ length: kind.periods + kind.horizon }, (_, period) =>
      count(mean(period), kind.spread, random),
    );
    return { past: values.slice(0, kind.periods), future: values.slice(kind.periods) };
  }).filter(({ past }) => past.some((value) => value > 0));
  const ways = waysOf(
    kind,
    samples.map(({ past }) => past),
  );
  if (index === 0) {
    process.stdout.write(`| demand | ${[...ways.keys()].join(' | ')} |\n`);
    process.stdout.write(`| --- |${' --- |'.repeat(ways.size)}\n`);
  }
  process.stdout.write(`| ${kind.name} | ${[...ways.values()].map((way) => scoreOf(way, samples)).join(' | ')} |\n`);
}
