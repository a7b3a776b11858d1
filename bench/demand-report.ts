/**
 * Holds the forecasts of demand to their claims: node bench/demand-report.ts FOLDER [--shipped]. Each half of the series is
 * forecast by models learned from the other half, product families undivided, and nothing after an origin is read. With
 * `--shipped` the models of the reference folder are asked instead, for a FOLDER of series that they never saw.
 */
import {
  type BaselineModelRecord,
  compileBaseline,
  Forecaster,
  forecastHierarchy,
  fromFirstSale,
  LaunchForecaster,
  type LaunchModelRecord,
  modelFor,
} from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import { negativeBinomialQuantiles, sampleQuantile } from '@crossparcel/numerics';
import { type LaunchSample, readSets, type Sample, type SampleSet } from './demand-data.ts';
import { LAUNCH_DAYS, learnBaseline, learnLaunches, REGIMES } from './demand-learn.ts';

const SCORED = [0.1, 0.5, 0.9];
/** Levels asked for: those that are scored, and the ends of the intervals of 50 and 95 %. */
const ASKED = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];
const FOLDS = 2;
const FAMILY = 5;
const RECENT = 13;

/** Quantiles at the levels asked for, by step. */
type Quantiles = readonly (readonly number[])[];
type Way = (sample: Sample) => Quantiles;

const foldOf = (id: string): number => {
  let hash = 7;
  for (const letter of id.slice(0, FAMILY)) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (hash % 97) % FOLDS;
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const pinball = (level: number, error: number): number => Math.max(level * error, (level - 1) * error);
const repeated = (quantiles: readonly number[], { future }: Sample): Quantiles => future.map(() => quantiles);

const tsbRate = (past: readonly number[]): number => {
  const sold = past.filter((value) => value > 0);
  let size = sold[0] ?? 0;
  let chance = sold.length / past.length;
  for (const value of past) {
    chance += 0.1 * ((value > 0 ? 1 : 0) - chance);
    if (value > 0) size += 0.1 * (value - size);
  }
  return chance * size;
};

const tsb: Way = (sample) => {
  const rate = tsbRate(sample.past);
  const mean = meanOf(sample.past);
  const variance = Math.max(1.05 * rate, meanOf(sample.past.map((value) => (value - mean) ** 2)));
  return repeated(negativeBinomialQuantiles(rate, variance, ASKED), sample);
};

const empirical: Way = (sample) =>
  repeated(
    ASKED.map((level) => sampleQuantile(sample.past.slice(-RECENT), level)),
    sample,
  );

const zero: Way = (sample) =>
  repeated(
    ASKED.map(() => 0),
    sample,
  );

const stepOf = ({ past }: Sample): number => {
  const sold = fromFirstSale(past);
  const steps = sold.slice(1).map((value, at) => Math.abs(value - (sold[at] as number)));
  return steps.length === 0 ? 0 : meanOf(steps);
};

/** Scaled pinball loss, weighted quantile loss, and how often intervals of 50, 80 and 95 % held. */
const score = (samples: readonly Sample[], way: Way): string[] => {
  const scaled: number[] = [];
  const losses = SCORED.map(() => 0);
  let demand = 0;
  let count = 0;
  const held = [0, 0, 0];
  for (const sample of samples) {
    const own = SCORED.map(() => 0);
    const answers = way(sample);
    for (const [step, actual] of sample.future.entries()) {
      const quantiles = answers[step] ?? [];
      const at = (level: number) => quantiles[ASKED.indexOf(level)] ?? 0;
      for (const [place, level] of SCORED.entries())
        own[place] = (own[place] ?? 0) + pinball(level, actual - at(level));
      for (const [place, low] of [0.25, 0.1, 0.025].entries())
        if (actual >= at(low) && actual <= at(1 - low)) held[place] = (held[place] ?? 0) + 1;
      demand += actual;
      count += 1;
    }
    for (const [place, loss] of own.entries()) losses[place] = (losses[place] ?? 0) + loss;
    const step = stepOf(sample);
    if (step > 0) scaled.push(meanOf(own) / sample.future.length / step);
  }
  const weighted = meanOf(losses.map((loss) => (2 * loss) / demand));
  return [meanOf(scaled).toFixed(4), weighted.toFixed(4), ...held.map((one) => (one / count).toFixed(3))];
};

const forecastsOf = (
  records: readonly BaselineModelRecord[],
  set: SampleSet,
  samples: readonly Sample[],
): Map<string, Quantiles> => {
  const { perYear, horizon } = set;
  const forecaster = new Forecaster(
    modelFor(records.map(compileBaseline), perYear),
    { perYear, horizon },
    samples.map(({ past }) => past),
  );
  return new Map(
    samples.map(({ id, past }) => [
      id,
      forecaster.forecast(past).map(({ curve }) => ASKED.map((level) => curve.at(level))),
    ]),
  );
};

/** Models of a half, made once. Weeks after an origin are not learned from, of whatever product. */
const learned = new Map<string, BaselineModelRecord>();
const learnedFor = (sets: readonly SampleSet[], set: SampleSet, fold: number): BaselineModelRecord => {
  const regime = REGIMES.find(({ mostStepsPerYear }) => mostStepsPerYear >= set.perYear);
  if (!regime) throw new RangeError(`no model serves ${set.name}`);
  const early = set.name === 'or29';
  const key = `${regime.id} ${early} ${fold}`;
  const known = early ? [{ ...set, name: 'or45' }] : sets;
  const record = learned.get(key) ?? learnBaseline(known, regime, (id) => foldOf(id) !== fold);
  learned.set(key, record);
  return record;
};

const crossFitted = (sets: readonly SampleSet[], set: SampleSet): Map<string, Quantiles> => {
  const all = new Map<string, Quantiles>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const samples = set.samples.filter(({ id }) => foldOf(id) === fold);
    for (const [id, quantiles] of forecastsOf([learnedFor(sets, set, fold)], set, samples)) all.set(id, quantiles);
  }
  return all;
};

/** Levels that the codes of the shop's products give: colours and sizes of one product, products alike, all. */
const CODE_LEVELS = { product: 5, range: 3 };
const groupOf = (id: string, level: string): string =>
  level === 'series' ? id : id.slice(0, CODE_LEVELS[level as keyof typeof CODE_LEVELS] ?? 0);

const summed = (samples: readonly Sample[], id: string): Sample => {
  const length = Math.max(...samples.map(({ past }) => past.length));
  const sum = (lists: readonly (readonly number[])[]) =>
    (lists[0] ?? []).map((_, at) => lists.reduce((total, list) => total + (list[at] ?? 0), 0));
  const padded = samples.map(({ past }) => [...new Array<number>(length - past.length).fill(0), ...past]);
  return { id, past: sum(padded), future: sum(samples.map(({ future }) => future)) };
};

/** Losses by level: added up from the series (no quantiles), each level forecast apart, and reconciled. */
const scoreLevels = (sets: readonly SampleSet[], set: SampleSet): void => {
  const levels = Object.keys(CODE_LEVELS);
  const byWay = new Map<string, { loss: number[]; error: number[] }>();
  const note = (
    key: string,
    { past, future }: Sample,
    steps: readonly { mean: number; at?: (level: number) => number }[],
  ) => {
    const sold = fromFirstSale(past);
    const jumps = sold.slice(1).map((value, at) => value - (sold[at] as number));
    const scale = meanOf(jumps.map(Math.abs));
    if (!(scale > 0)) return;
    const found = byWay.get(key) ?? { loss: [], error: [] };
    byWay.set(key, found);
    const errors = future.map((actual, step) => (actual - (steps[step]?.mean ?? 0)) ** 2);
    found.error.push(Math.sqrt(meanOf(errors) / meanOf(jumps.map((jump) => jump ** 2))));
    const losses = future.flatMap((actual, step) =>
      SCORED.map((level) => pinball(level, actual - (steps[step]?.at?.(level) ?? Number.NaN))),
    );
    found.loss.push(meanOf(losses) / scale);
  };
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const samples = set.samples.filter(({ id }) => foldOf(id) === fold);
    const model = compileBaseline(learnedFor(sets, set, fold));
    const { perYear, horizon } = set;
    const series = samples.map(({ id, past }) => ({
      id,
      values: past,
      groups: levels.map((level) => groupOf(id, level)),
    }));
    const nodes = forecastHierarchy(model, { perYear, horizon }, series, levels);
    const truth = nodes.map(({ name, level }) => {
      const members = samples.filter(({ id }) => level === 'total' || groupOf(id, level) === name);
      return { level, members, sample: summed(members, name) };
    });
    const above = truth.filter(({ level }) => level !== 'series');
    const bottom = new Forecaster(
      model,
      { perYear, horizon },
      samples.map(({ past }) => past),
    );
    const apart = new Forecaster(
      model,
      { perYear, horizon },
      above.map(({ sample }) => fromFirstSale(sample.past)),
    );
    for (const [place, { level, members, sample }] of truth.entries()) {
      if (level !== 'series' && level !== 'total' && members.length < 2) continue;
      const own = (level === 'series' ? bottom : apart).forecast(fromFirstSale(sample.past));
      const means = members.map(({ past }) => bottom.forecast(past));
      note(
        `${level} | added up`,
        sample,
        own.map((_, step) => ({ mean: means.reduce((sum, steps) => sum + (steps[step]?.mean ?? 0), 0) })),
      );
      const curves = (steps: typeof own) =>
        steps.map(({ mean, curve }) => ({ mean, at: (level: number) => curve.at(level) }));
      note(`${level} | apart`, sample, curves(own));
      note(`${level} | reconciled`, sample, curves([...(nodes[place]?.steps ?? [])]));
    }
  }
  for (const [key, { loss, error }] of byWay) {
    const spl = meanOf(loss);
    line([set.name, key, loss.length, Number.isNaN(spl) ? '–' : spl.toFixed(4), meanOf(error).toFixed(4)]);
  }
};

const scoreLaunches = (launches: readonly LaunchSample[], records: (id: string) => LaunchModelRecord): string[] => {
  let loss = 0;
  let held = 0;
  const forecasters = new Map<LaunchModelRecord, LaunchForecaster>();
  for (const launch of launches) {
    const record = records(launch.id);
    const forecaster = forecasters.get(record) ?? new LaunchForecaster(record);
    forecasters.set(record, forecaster);
    const curve = forecaster.total(launch);
    const errors = SCORED.map((level) => pinball(level, Math.log1p(launch.units) - Math.log1p(curve.at(level))));
    loss += meanOf(errors);
    if (launch.units >= curve.at(0.1) && launch.units <= curve.at(0.9)) held += 1;
  }
  return [(loss / launches.length).toFixed(4), (held / launches.length).toFixed(3)];
};

const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
};

const [, , folder, flag] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds demand and orders\n');
  process.exit(2);
}
const shipped = flag === '--shipped';
const { sets, launches } = await readSets(folder, LAUNCH_DAYS);
const models = shipped ? new DemandReference().demandModels() : undefined;

line(['set', 'series', 'method', 'SPL', 'WQL', 'held of 50 %', 'of 80 %', 'of 95 %']);
line(['---', '---', '---', '---', '---', '---', '---', '---']);
for (const set of sets) {
  const ours = models ? forecastsOf(models.baseline, set, set.samples) : crossFitted(sets, set);
  const ways: [string, Way][] = [
    ['zero', zero],
    ['empirical, last 13', empirical],
    ['TSB, negative binomial', tsb],
    ['crossparcel', ({ id }) => ours.get(id) ?? []],
  ];
  for (const [name, way] of ways) line([set.name, set.samples.length, name, ...score(set.samples, way)]);
}

if (!models) {
  process.stdout.write('\n');
  line(['set', 'level', 'way', 'nodes', 'SPL', 'scaled root mean squared error of the mean']);
  line(['---', '---', '---', '---', '---', '---']);
  for (const set of sets.filter(({ name }) => name.startsWith('or'))) scoreLevels(sets, set);
}

process.stdout.write('\n');
line(['launches seen for', 'products', 'loss of logarithms', 'held of 80 %']);
line(['---', '---', '---', '---']);
const halves = Array.from(
  { length: FOLDS },
  (_, fold) => models?.launch ?? learnLaunches(launches, (id) => foldOf(id) !== fold),
);
for (const days of [7, 14]) {
  const seen = launches.filter(({ observedDays }) => observedDays === days);
  const scores = scoreLaunches(seen, (id) => halves[foldOf(id)] as LaunchModelRecord);
  line([`${days} days`, seen.length, ...scores]);
}
