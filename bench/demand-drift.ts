/**
 * Measures how soon drift of forecasts is seen, and how often it is seen where there is none: node bench/demand-drift.ts FOLDER. First
 * on drawn misses; then on the shop's orders, forecast a week ahead from week 29 on by models learned from the other half of its
 * products up to week 29, into a Christmas that these never saw.
 */
import { checkForecasts, compileBaseline, Forecaster, type PastForecast, RiseDetector } from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import { readSets, type SampleSet } from './demand-data.ts';
import { learnBaseline, REGIMES } from './demand-learn.ts';

const RUNS = 500;
const CALM = 104;
const BEFORE = 52;
const MOST = 200;
const CLAIM = 0.1;
const FIRST = 29;
const SEED = 9;

const monitoring = new DemandReference().demandMonitoring();
const ENOUGH = 2 * monitoring.roundsPerFalseAlarm;

/** Rounds until the alarm; `together` is the share by which the chance of a miss goes up or down for a whole round. */
const alarmAfter = (
  chanceAt: (round: number) => number,
  { rounds, forecasts, together }: { rounds: number; forecasts: number; together: number },
  random: { unit(): number },
): number => {
  const detectors = [0, 1].map(() => new RiseDetector({ bound: CLAIM + monitoring.missSlack, least: 0 }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [side, detector] of detectors.entries()) {
      const sway = 1 + (random.unit() < 0.5 ? -together : together);
      const chance = Math.min(1, sway * (side === 0 ? chanceAt(round) : CLAIM));
      let missed = 0;
      for (let one = 0; one < forecasts; one += 1) if (random.unit() < chance) missed += 1;
      if (detector.observe(missed / forecasts) >= ENOUGH) return round;
    }
  }
  return rounds + 1;
};

const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
};

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const drawn = (forecasts: number, together: number): string[] => {
  const random = generatorOf(SEED);
  const runs = (chanceAt: (round: number) => number, rounds: number) =>
    Array.from({ length: RUNS }, () => alarmAfter(chanceAt, { rounds, forecasts, together }, random));
  const calm = [CLAIM, CLAIM + monitoring.missSlack].map((chance) =>
    percent(runs(() => chance, CALM).filter((rounds) => rounds <= CALM).length / RUNS),
  );
  const delays = [0.25, 0.4].map((shifted) => {
    const all = runs((round) => (round <= BEFORE ? CLAIM : shifted), BEFORE + MOST).map((rounds) => rounds - BEFORE);
    const late = all.filter((delay) => delay > 0).toSorted((one, other) => one - other);
    return `${late[Math.floor(late.length / 2)]}, ${late[Math.floor(0.9 * late.length)]}`;
  });
  return [...calm, ...delays];
};

/** Forecasts a week ahead of each week from the first on, by a model learned from other products before it. */
const weekly = (set: SampleSet, half: 0 | 1, ids: ReadonlyMap<string, number>): PastForecast[] => {
  const regime = REGIMES.find(({ id }) => id === 'weekly');
  if (!regime) throw new RangeError('there are no weekly models');
  const model = compileBaseline(learnBaseline([{ ...set, name: 'or45' }], regime, (id) => ids.get(id) !== half));
  const series = set.samples.filter(({ id }) => ids.get(id) === half);
  const weeks = series[0]?.future.length ?? 0;
  return Array.from({ length: weeks }, (_, week) => week).flatMap((week) => {
    const pasts = series.map(({ past, future }) => [...past, ...future.slice(0, week)]);
    const forecaster = new Forecaster(model, { perYear: set.perYear, horizon: 1 }, pasts);
    return series.flatMap(({ id, future }, place) => {
      const [step] = forecaster.forecast(pasts[place] ?? []);
      if (!step) return [];
      const quantiles = new Map([0.1, 0.5, 0.9].map((level) => [level, step.curve.at(level)]));
      const actual = future[week] ?? 0;
      return [
        { series: id, origin: FIRST + week - 1, step: 1, mean: step.mean, quantiles, actual, past: pasts[place] ?? [] },
      ];
    });
  });
};

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds demand and orders\n');
  process.exit(2);
}
line([
  'forecasts a round',
  'alarms within 104 rounds, ends missed 10 %',
  '15 % above',
  'rounds from 25 % to the alarm',
  'from 40 %',
]);
line(['---', '---', '---', '---', '---']);
for (const [forecasts, together] of [
  [1, 0],
  [20, 0],
  [200, 0],
  [20, 0.9],
] as const)
  line([together > 0 ? `${forecasts}, missing together` : forecasts, ...drawn(forecasts, together)]);

const { sets } = await readSets(folder, []);
const early = sets.find(({ name }) => name === 'or29');
const late = sets.find(({ name }) => name === 'or45');
if (!early || !late) throw new RangeError('the folder holds no orders');
// All weeks after week 29 of the products that the early set holds.
const futures = new Map(late.samples.map(({ id, past, future }) => [id, [...past, ...future]]));
const samples = early.samples.flatMap((sample) => {
  const all = futures.get(sample.id);
  return all ? [{ ...sample, future: all.slice(sample.past.length) }] : [];
});
const families = [...new Set(samples.map(({ id }) => id.slice(0, 5)))];
const ids = new Map(samples.map(({ id }) => [id, families.indexOf(id.slice(0, 5)) % 2]));
process.stdout.write('\n');
line(['half', 'forecasts', 'rounds', 'held of 80 %', 'bounds', 'bias', 'alarm', 'loss', 'of tsb', 'advised']);
line(['---', '---', '---', '---', '---', '---', '---', '---', '---', '---']);
for (const half of [0, 1] as const) {
  const forecasts = weekly({ ...early, samples }, half, ids);
  const found = checkForecasts(
    { group: `${half + 1}`, level: 'half' },
    forecasts,
    monitoring,
    (week) => `week ${week}`,
  );
  const [claim] = found.coverage;
  const { alarm, since, side, evidence } = found.drift;
  line([
    found.group,
    found.forecasts,
    found.rounds,
    claim?.held ?? '–',
    `${claim?.low} to ${claim?.high}`,
    found.bias ?? '–',
    alarm ? `${side}, since ${since}` : `none (evidence ${evidence})`,
    found.loss.crossparcel ?? '–',
    found.loss.tsb ?? '–',
    found.advised,
  ]);
}
