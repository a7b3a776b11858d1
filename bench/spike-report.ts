/**
 * Holds the sizes of spikes to their claims: node bench/spike-report.ts FOLDER. FOLDER holds popularity curves. Items are
 * dealt into five folds by family, launches four times over; each is sized by models and rows learned from the other folds.
 */
import { SelfExciting } from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import { ridgeRegression, sampleQuantile } from '@crossparcel/numerics';
import { DAY, readOrderCurves, readSpikes } from './spike-data.ts';
import { detectionOf, fiveTimes, statesOf, watched } from './spike-detection.ts';
import { actualOf, crossFit, sized, type Trial, without } from './spike-folds.ts';
import { BASE, FACTS } from './spike-orders.ts';
import { ASKED, type Outcome, scoresOf } from './spike-score.ts';

/** A way to answer trials of one set and age: quantiles of the total at the levels asked for. */
type Way = (trial: Trial, learned: readonly Trial[]) => readonly number[];

const seenOf = ({ evidence, age }: Trial): number => evidence.counts.at(age);
const toCome = (trial: Trial): number => Math.log1p(actualOf(trial) - seenOf(trial));

const last: Way = (trial) => ASKED.map(() => seenOf(trial));

const growth: Way = (trial, learned) => {
  const ratios = learned.map((one) => Math.log(actualOf(one) / Math.max(1, seenOf(one))));
  return ASKED.map((level) => seenOf(trial) * Math.exp(sampleQuantile(ratios, level)));
};

/** Least squares on some features, with the sample quantiles of the residuals. */
const linear = (
  trial: Trial,
  learned: readonly Trial[],
  look: (one: Trial) => number[],
  value: (one: Trial) => number,
) => {
  const rows = learned.map((one) => Float64Array.from([1, ...look(one)]));
  const values = learned.map(value);
  const ridges = (rows[0] ?? new Float64Array()).length;
  const line = ridgeRegression(
    rows,
    values,
    rows.map(() => 1),
    new Array(ridges).fill(1e-6),
  );
  const answer = (row: ArrayLike<number>) => line.reduce((sum, slope, at) => sum + slope * (row[at] as number), 0);
  const residuals = rows.map((row, at) => (values[at] as number) - answer(row));
  const own = answer([1, ...look(trial)]);
  return ASKED.map((level) => own + sampleQuantile(residuals, level));
};

const logLinear: Way = (trial, learned) =>
  linear(
    trial,
    learned,
    (one) => [Math.log(Math.max(1, seenOf(one)))],
    (one) => Math.log(actualOf(one)),
  ).map((value) => Math.max(seenOf(trial), Math.exp(value)));

const selfExciting: Way = ({ evidence, age }) => {
  const { counts, audience } = evidence;
  const final = audience ? new SelfExciting(counts, audience, age).finalShares : 0;
  return ASKED.map(() => final);
};

const dayFeatures = ({ evidence, age }: Trial): number[] => {
  const views = evidence.signal('views');
  return [
    evidence.counts.at(age),
    evidence.counts.gain(age, DAY),
    views?.at(age) ?? 0,
    views?.gain(age, DAY) ?? 0,
    evidence.signal('likes')?.at(age) ?? 0,
  ].map(Math.log1p);
};

const fromToCome = (trial: Trial, logs: readonly number[]): number[] =>
  logs.map((value) => seenOf(trial) + Math.max(0, Math.expm1(value)));

const ordersAlone: Way = (trial, learned) =>
  fromToCome(
    trial,
    linear(trial, learned, (one) => dayFeatures(one).slice(0, 2), toCome),
  );
const ordersAndViews: Way = (trial, learned) => fromToCome(trial, linear(trial, learned, dayFeatures, toCome));

const ours: Way = (trial) => {
  const curve = sized(trial);
  return ASKED.map((level) => Math.max(seenOf(trial), curve.at(level)));
};

const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
};

const ageText = (age: number): string =>
  age < 3600 ? `${age / 60} min` : age < DAY ? `${age / 3600} h` : `${age / DAY} d`;

const report = (trials: readonly Trial[], ways: readonly (readonly [string, Way])[]): void => {
  for (const [key, all] of Map.groupBy(trials, ({ item, age }) => `${item.group} after ${ageText(age)}`)) {
    for (const [name, way] of ways) {
      const outcomes = all.map((trial): Outcome => {
        const quantiles = way(
          trial,
          all.filter(({ fold, deal }) => deal === trial.deal && fold !== trial.fold),
        );
        const plus = trial.item.kind === 'orders' ? seenOf(trial) : 0;
        // Of orders those still to come are scored.
        return trial.item.kind === 'orders'
          ? { quantiles: quantiles.map((value) => value - plus), actual: actualOf(trial) - plus, plus: 1 }
          : { quantiles, actual: actualOf(trial), plus: 0 };
      });
      line([key, new Set(all.map(({ item }) => item.id)).size, name, ...scoresOf(outcomes)]);
    }
  }
};

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds popularity curves\n');
  process.exit(2);
}
const { cascades, articles, launches } = crossFit(await readSpikes(folder));
line(['set', 'items', 'method', 'mdAPE', 'loss of logarithms', 'WQL', 'held of 50 %', 'of 80 %', 'of 95 %']);
line(['---', '---', '---', '---', '---', '---', '---', '---', '---']);
const simple = [
  ['last value', last],
  ['growth quantiles', growth],
  ['log-linear', logLinear],
] as const;
report(cascades, [...simple, ['self-exciting (SEISMIC)', selfExciting], ['crossparcel', ours]]);
report(articles, [...simple, ['crossparcel', ours]]);
report(launches, [
  ['orders, log-linear', ordersAlone],
  ['orders and views, log-linear', ordersAndViews],
  ['crossparcel, all told', ours],
  ['crossparcel, category and length told', (trial) => ours(without(trial, BASE), [])],
  ['crossparcel, orders before told', (trial) => ours(without(trial, ...FACTS), [])],
  ['crossparcel, nothing told', (trial) => ours(without(trial, ...FACTS, BASE), [])],
]);

process.stdout.write('\n');
line(['detection on 300 launches', 'spikes', 'caught on day 0', 'caught at all', 'false alarms a series and year']);
line(['---', '---', '---', '---', '---']);
const alarmRules = new DemandReference().spikeAlarmRules();
const curves = await readOrderCurves(folder);
line(['5 orders and 5 times the 28-day mean', ...detectionOf(curves, fiveTimes)]);
line(['crossparcel', ...detectionOf(curves, (curve) => watched(curve, alarmRules))]);

process.stdout.write('\n');
line(['state', 'set', 'trials', 'the next rate period brought less']);
line(['---', '---', '---', '---']);
const once = launches.filter(({ deal }) => deal === 0).map((trial) => without(trial, ...FACTS, BASE));
for (const row of statesOf([...cascades, ...articles, ...once], new DemandReference().spikeModels().rules)) line(row);
