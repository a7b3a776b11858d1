import {
  BinnedRows,
  type CellGridRecord,
  type Conversion,
  ConversionPosterior,
  conversionFeatures,
  Forest,
  type ForestRecord,
  type Growth,
  growForest,
  guessedFeatures,
  type OrderModelRecord,
  orderFeatures,
  periodsOf,
  SpikeEvidence,
  type SpikeRequest,
  shapeFeatures,
  toldBase,
  toldFeatures,
  truthOf,
  usualGrowth,
  VideoGrowth,
  videoFacts,
} from '@crossparcel/demand';
import { type Generator, generatorOf, median, sampleQuantile } from '@crossparcel/numerics';
import { DAY, LAUNCH_DAYS_LONG, type SpikeItem, type SpikeItems, seenAt, totalAt } from './spike-data.ts';
import { DATED, quantileCell, SEED, short } from './spike-learn.ts';

type Views = OrderModelRecord['views'];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const ORDER_AGES = [1, 2, 3, 4, 5, 7, 9, 11].map((day) => day * DAY);
const ORDER_PARTS = [1 / 3, 2 / 3, 1];
const ORDER_HORIZON = LAUNCH_DAYS_LONG * DAY;
const VIEW_GROWTH: Readonly<Record<'told' | 'guessed', Growth>> = {
  told: { trees: 180, leaves: 14, rate: 0.075, leafRows: 60, rowShare: 0.5, featureShare: 0.5 },
  guessed: { trees: 170, leaves: 12, rate: 0.05, leafRows: 60, rowShare: 0.5, featureShare: 0.5 },
};

const orderHorizon = (age: number, part: number): number => age * (ORDER_HORIZON / age) ** part;

/** Attributes that tell what kind of video it is, and what sold before it. */
export const FACTS = ['category', 'durationSeconds'] as const;
export const BASE = 'basePerDay';

/* Kinds of videos. */

const KIND_GROWTH: Growth = { trees: 30, leaves: 8, rate: 0.2, leafRows: 40, rowShare: 0.5, featureShare: 0.5 };
const KIND_AGES = [1, 2, 3, 4, 7, 11].map((day) => day * DAY);
/** Music, games, entertainment, and the length. */
const GUESSES = [{ category: 10 }, { category: 20 }, { category: 24 }, {}];
/** Guesses about a video must come from videos other than it, or they would be trusted too much. */
const PARTS = 3;

const forestOf = (
  rows: BinnedRows,
  { values, weights = values.map(() => 1) }: { values: readonly number[]; weights?: readonly number[] },
  growth: Growth,
  kind: 'mean' | 'median',
): ForestRecord => {
  const data = { values: Float64Array.from(values), weights: Float64Array.from(weights) };
  const target = kind === 'mean' ? { kind } : ({ kind: 'quantile', level: 0.5 } as const);
  const { base, trees } = growForest(rows, data, target, growth, generatorOf(SEED));
  // Thresholds stay as they were learned: features that hardly vary at some age would fall on the wrong side of rounded ones.
  return { base: short(base), trees: trees.map((tree) => ({ ...tree, value: tree.value.map(short) })) };
};

const shapeOf = (request: SpikeRequest, age: number): number[] => shapeFeatures(new SpikeEvidence(request), age) ?? [];

/** Learns to guess kinds from counters. */
const learnGuesses = (charted: readonly SpikeItem[]): Views['guesses'] => {
  const seen = charted.flatMap((item) =>
    KIND_AGES.filter((age) => age <= item.until).map((age) => {
      const request = seenAt(item, age, ORDER_HORIZON);
      return { shape: Float64Array.from(shapeOf(request, age)), facts: videoFacts(request) };
    }),
  );
  const rows = new BinnedRows(seen.map(({ shape }) => shape));
  return GUESSES.map((guess) => ({
    ...guess,
    forest: forestOf(rows, { values: seen.map(({ facts }) => truthOf(guess, facts) ?? 0) }, KIND_GROWTH, 'mean'),
  }));
};

/* Growth of views. */

/** The share of rows whose likes and comments are hidden, and of those told of the kind the share that is not. */
const HIDDEN = { counters: 0.08, facts: 0.15 };

/** Videos charted less than mostly where launches sell count for less: others are watched otherwise. */
const MOSTLY = 0.8;
const ELSEWHERE = 0.35;
/** Shorter horizons count for less: they say less of the last one. */
const SOONER = 0.3;
export const weightOf = ({ sold = 1 }: SpikeItem): number => (sold >= MOSTLY ? 1 : ELSEWHERE);

/** Leaves out of a request at random what others do not know: the category, the length or both. */
const veiled = (request: SpikeRequest, random: Generator): SpikeRequest => {
  const { category = '', durationSeconds = '' } = request.attributes ?? {};
  const signals = random.unit() < HIDDEN.counters ? { views: request.signals?.views } : request.signals;
  const [all, one] = [random.unit() < HIDDEN.facts, random.unit()];
  const attributes = {
    ...((!all || one < 1 / 3) && { category }),
    ...((!all || one > 2 / 3) && { durationSeconds }),
  };
  return { ...request, signals, attributes };
};

/** Learns how views grow; the videos must be others than those of the launches. */
export const learnViews = ({ videos, charted }: Pick<SpikeItems, 'videos' | 'charted'>): Views => {
  const partOf = ({ id }: SpikeItem) => Number(id) % PARTS;
  const others = Array.from({ length: PARTS }, (_, part) =>
    learnGuesses(charted.filter((item) => partOf(item) !== part)).map(({ forest }) => new Forest(forest)),
  );
  const random = generatorOf(SEED);
  const rows = videos.flatMap((item) =>
    ORDER_AGES.flatMap((age) =>
      [ORDER_HORIZON, orderHorizon(age, random.unit())].map((horizon) => {
        const request = veiled(seenAt(item, age, horizon), random);
        const shape = shapeOf(request, age);
        const ahead = Math.log(horizon / age);
        const guesses = (others[partOf(item)] ?? []).map((forest) => forest.answer(Float64Array.from(shape)));
        return {
          told: toldFeatures(shape, videoFacts(request), ahead),
          guessed: guessedFeatures(shape, guesses, ahead),
          value:
            Math.log(Math.max(1e-4, (totalAt(item, horizon) + 1) / (totalAt(item, age) + 1) - 1)) - usualGrowth(ahead),
          weight: weightOf(item) * (horizon === ORDER_HORIZON ? 1 : SOONER),
        };
      }),
    ),
  );
  const grow = (by: 'told' | 'guessed') =>
    forestOf(
      new BinnedRows(rows.map((row) => row[by])),
      { values: rows.map(({ value }) => value), weights: rows.map(({ weight }) => weight) },
      VIEW_GROWTH[by],
      'median',
    );
  return { told: grow('told'), guessed: grow('guessed'), guesses: learnGuesses(charted) };
};

/* Orders. */

type OrderLook = (evidence: SpikeEvidence, age: number, horizon: number) => number[];

/** Lines for each age go through the launches at the ages beside it too. */
const orderGrid = (launches: readonly SpikeItem[], look: OrderLook): CellGridRecord => ({
  ages: ORDER_AGES,
  parts: ORDER_PARTS.map(short),
  cells: ORDER_AGES.map((age, place) =>
    ORDER_PARTS.map((part) => {
      const near = ORDER_AGES.slice(Math.max(0, place - 1), place + 2).flatMap((other) => {
        const horizon = orderHorizon(other, part);
        return launches.map((item) => ({
          features: [...look(new SpikeEvidence(seenAt(item, other, horizon)), other, horizon), Math.log(other / age)],
          value: Math.log1p(totalAt(item, horizon) - totalAt(item, other)),
        }));
      });
      const { offsets, slopes } = quantileCell(
        near.map(({ features }) => features),
        near.map(({ value }) => value),
      );
      return { offsets, slopes: slopes.map((one) => one.slice(0, -1)) };
    }),
  ),
});

/** As many equally likely rates of orders without views as are told apart. */
const BASES = 6;
/** A rate of none in four weeks is a low one. */
const LEAST_BASE = 0.02;
/** The level of a normal deviation above the mean. */
const ABOVE = 0.8413;
/** Orders of a day of which the rate is told well, and the fewest that views are taken to have brought. */
const BUSY = 20;
const LEAST_DRAWN = 0.5;
const baseOf = ({ attributes }: SpikeItem): number => Math.max(LEAST_BASE, Number(attributes?.basePerDay));

const videoOrders = (item: SpikeItem) => {
  const evidence = new SpikeEvidence(seenAt(item, ORDER_HORIZON, ORDER_HORIZON + 1));
  const views = evidence.signal('views');
  if (!views) throw new RangeError(`launch ${item.id} has no views`);
  return { counts: evidence.counts, views };
};

/** How conversions vary between launches and, beyond what counts let them, by the rates of their days; and what sold before. */
export const learnConversion = (launches: readonly SpikeItem[]): Conversion => {
  const own: number[] = [];
  const within: number[] = [];
  for (const item of launches) {
    const { counts, views } = videoOrders(item);
    const base = baseOf(item);
    const drawn = Math.max(LEAST_DRAWN, counts.at(ORDER_HORIZON) - base * LAUNCH_DAYS_LONG);
    own.push(Math.log(drawn / (views.at(ORDER_HORIZON) + 1)));
    const busy = ORDER_AGES.slice(0, 5)
      .map((age) => ({ orders: counts.gain(age, DAY) - base, noise: 1 / counts.gain(age, DAY), age }))
      .filter(({ orders }) => orders > BUSY);
    if (busy.length < 4) continue;
    const logs = busy.map(({ orders, age }) => Math.log(orders / Math.max(1, views.gain(age, DAY))));
    const centre = mean(logs);
    const spread = logs.reduce((sum, log) => sum + (log - centre) ** 2, 0) / (logs.length - 1);
    within.push(spread - mean(busy.map(({ noise }) => noise)));
  }
  const usual = median(own);
  const deviation = (sampleQuantile(own, ABOVE) - sampleQuantile(own, 1 - ABOVE)) / 2;
  const bases = launches.map(baseOf);
  return {
    usual: short(usual),
    between: short(deviation ** 2),
    within: short(Math.max(0.01, mean(within))),
    bases: Array.from({ length: BASES }, (_, at) => short(sampleQuantile(bases, (at + 0.5) / BASES))),
  };
};

/** The same evidence without what is told of its video, of what sold before it, or of either. */
export const untold = ({ request }: SpikeEvidence, ...names: readonly string[]): SpikeEvidence => {
  const attributes = Object.entries(request.attributes ?? {}).filter(([name]) => !names.includes(name));
  return new SpikeEvidence({ ...request, attributes: Object.fromEntries(attributes) });
};

/** Learns orders after videos. `views` must not come from the videos of these launches. */
export const learnOrders = (launches: readonly SpikeItem[], views: Views): OrderModelRecord => {
  const conversion = learnConversion(launches);
  const videos = new VideoGrowth(views);
  // A launch is looked at for many horizons and lines: what is likely of its conversion is the same for all.
  const posteriors = new Map<string, ConversionPosterior>();
  const posteriorOf = (evidence: SpikeEvidence, age: number): ConversionPosterior => {
    const key = `${evidence.request.id} ${age} ${evidence.request.attributes?.[BASE]}`;
    const posterior =
      posteriors.get(key) ?? new ConversionPosterior(periodsOf(evidence, age), conversion, toldBase(evidence));
    posteriors.set(key, posterior);
    return posterior;
  };
  const look =
    (...without: readonly string[]): OrderLook =>
    (whole, age, horizon) => {
      const evidence = untold(whole, ...without);
      const { growth = 0 } = videos.until(horizon, evidence, age) ?? {};
      const posterior = posteriorOf(evidence, age);
      return conversionFeatures(evidence, posterior, { age, growth, ahead: horizon - age, usual: conversion.usual });
    };
  const grids = (...without: readonly string[]) => ({
    toldBase: orderGrid(launches, look(...without)),
    anyBase: orderGrid(launches, look(...without, BASE)),
  });
  return {
    id: 'orders',
    ...DATED,
    source:
      'sheb1lmsp/youtube-trending-analytics (MIT; its descriptor CC0-1.0): views of 2,030 videos, kinds of 24,792; orders drawn for 300 others',
    firstAge: ORDER_AGES[0] as number,
    lastAge: ORDER_AGES.at(-1) as number,
    horizon: ORDER_HORIZON,
    held: [],
    views,
    conversion,
    alone: orderGrid(launches, orderFeatures),
    withViews: { told: grids(), guessed: grids(...FACTS) },
  };
};
