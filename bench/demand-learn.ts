import {
  type BaselineModelRecord,
  BinnedRows,
  fromFirstSale,
  type Growth,
  growCurves,
  growForest,
  HistoryFeatures,
  LAUNCH_LEVELS,
  type LaunchModelRecord,
  LEVELS,
  launchFeatures,
  levelOf,
  meanOfForests,
  standardised,
} from '@crossparcel/demand';
import { type Generator, generatorOf, quantileRegression } from '@crossparcel/numerics';
import { LAUNCH_HORIZON, type LaunchSample, type SampleSet } from './demand-data.ts';

/** Which series may be learned from. */
type Keep = (id: string) => boolean;

/** What is learned for periods of some length. */
export interface Regime {
  readonly id: string;
  readonly mostStepsPerYear: number;
  readonly sets: readonly string[];
  readonly weights: BaselineModelRecord['weights'];
  readonly growth: Growth;
  /** Periods since the first sale after which a history is learned from, and steps ahead drawn from each origin. */
  readonly leastPast: number;
  readonly draws: number;
}

const SEED = 20_261_122;
/** Forests that are averaged, each from its own draws. */
const BAGS = 2;
const TRUST = 40;
/** Days after which a launch is looked at, to learn from. */
export const LAUNCH_DAYS = [3, 5, 7, 10, 14, 21];
const LAUNCH_RIDGE = 1 / 400;

const DATED = { validFrom: '2026-11-22', validTo: null, readOn: '2026-11-22', confidence: 'single' as const };
const SOURCES: Readonly<Record<string, string>> = {
  monthly: 'car parts of Hyndman, Koehler, Ord and Snyder (2008), Monash archive (CC BY 4.0): 39 months of 1,606 parts',
  weekly: 'UCI Online Retail, doi 10.24432/C5BW33 (CC BY 4.0): 45 weeks of 1,891 products',
  launch: 'UCI Online Retail, doi 10.24432/C5BW33 (CC BY 4.0): products first sold from mid-January 2011 on',
};

/** The models that are learned. */
export const REGIMES: readonly Regime[] = [
  {
    id: 'monthly',
    mostStepsPerYear: 30,
    sets: ['carparts'],
    weights: { trees: 0.7, recent: 0.22, tsb: 0.02, seasonal: 0.02, smoothing: 0.04 },
    growth: { trees: 200, leaves: 15, rate: 0.05, leafRows: 120, rowShare: 0.5, featureShare: 0.4 },
    leastPast: 6,
    draws: 4,
  },
  {
    id: 'weekly',
    mostStepsPerYear: 60,
    sets: ['or45'],
    weights: { trees: 0.4, recent: 0.1, tsb: 0.3, seasonal: 0.03, smoothing: 0.17 },
    growth: { trees: 200, leaves: 15, rate: 0.05, leafRows: 60, rowShare: 0.5, featureShare: 0.6 },
    leastPast: 2,
    draws: 4,
  },
];

interface Learned {
  readonly rows: Float64Array[];
  readonly values: number[];
  readonly heights: number[];
}

/** Draws steps ahead from every origin of a history, and what then came. */
const drawRows = (
  past: readonly number[],
  { perYear, horizon }: SampleSet,
  { leastPast, draws }: Regime,
  random: Generator,
  into: Learned,
): void => {
  for (let origin = leastPast; origin < past.length; origin += 1) {
    const before = past.slice(0, origin);
    const sold = fromFirstSale(before);
    if (sold.length < leastPast || sold[0] === 0) continue;
    into.heights.push(levelOf(before));
    const features = new HistoryFeatures(before, perYear);
    for (let draw = 0; draw < draws; draw += 1) {
      const step = random.integer(1, Math.min(horizon, past.length - origin));
      into.rows.push(features.ahead(step));
      into.values.push((past[origin + step - 1] as number) / features.scale);
    }
  }
};

/** Rows drawn from the pasts of the series that may be kept. */
const learnedFrom = (sets: readonly SampleSet[], regime: Regime, keep: Keep, random: Generator): Learned => {
  const learned: Learned = { rows: [], values: [], heights: [] };
  for (const set of sets.filter(({ name }) => regime.sets.includes(name)))
    for (const { id, past } of set.samples) if (keep(id)) drawRows(past, set, regime, random, learned);
  return learned;
};

/** Learns the trees of a regime from the pasts of the series that may be kept. */
export const learnBaseline = (sets: readonly SampleSet[], regime: Regime, keep: Keep): BaselineModelRecord => {
  let most = 0;
  const forests = Array.from({ length: BAGS }, (_, bag) => {
    const random = generatorOf(SEED + bag);
    const { rows, values, heights } = learnedFrom(sets, regime, keep, random);
    most = heights.reduce((highest, height) => Math.max(highest, height), most);
    return growCurves(new BinnedRows(rows), Float64Array.from(values), LEVELS, regime.growth, random);
  });
  return {
    id: regime.id,
    ...DATED,
    source: SOURCES[regime.id] ?? '',
    mostStepsPerYear: regime.mostStepsPerYear,
    weights: regime.weights,
    trust: TRUST,
    mostLevel: Number(most.toPrecision(3)),
    forest: meanOfForests(forests),
  };
};

const LAUNCH_GROWTH: Growth = { trees: 80, leaves: 6, rate: 0.07, leafRows: 25, rowShare: 0.6, featureShare: 0.5 };

/** Learns what launches come to from those that may be kept, each seen after several numbers of days. */
export const learnLaunches = (launches: readonly LaunchSample[], keep: Keep): LaunchModelRecord => {
  const kept = launches.filter(({ id }) => keep(id));
  const rows = kept.map((launch) => launchFeatures(launch));
  const logs = kept.map(({ units }) => Math.log1p(units));
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => rows.map((row) => row[at] as number));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviations = columns.map((column, at) => {
    const mean = means[at] as number;
    return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length) || 1;
  });
  const scaled = rows.map((row) => standardised(row, { means, deviations }));
  const binned = new BinnedRows(rows);
  const learned = { values: Float64Array.from(logs), weights: new Float64Array(logs.length).fill(1) };
  return {
    id: 'launch',
    ...DATED,
    source: SOURCES.launch ?? '',
    horizonDays: LAUNCH_HORIZON,
    means,
    deviations,
    lines: LAUNCH_LEVELS.map((level) => [...quantileRegression(scaled, logs, level, LAUNCH_RIDGE * logs.length)]),
    forests: LAUNCH_LEVELS.map((level) =>
      growForest(binned, learned, { kind: 'quantile', level }, LAUNCH_GROWTH, generatorOf(SEED)),
    ),
  };
};
