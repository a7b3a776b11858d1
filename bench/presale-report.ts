/**
 * What stock placed by evidence before launches saves: node bench/presale-report.ts LAUNCHES EVIDENCE… [--lead 5]. LAUNCHES is a folder with
 * `launches-days-dev.csv.gz` and `launches-dev.csv.gz`, each EVIDENCE a CSV of evidence by launch, day and region. Launches are answered
 * in their order; the prior of each is made of the four fifths of launches that it is not among, and of those before it.
 */
import { parseArgs } from 'node:util';
import { PresaleDesk, type PresaleLine } from '@crossparcel/demand';
import { readCsv, recordOf } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import { type PresaleLaunch, pastLaunchOf, readLaunches } from './presale-data.ts';
import { presaleModel } from './presale-model.ts';
import { lastLine, runLaunch, type SeasonCost } from './presale-season.ts';

const FOLDS = 5;
const RESAMPLES = 1000;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { lead: { type: 'string', default: '5' } },
});
const [folder, ...files] = positionals;
if (folder === undefined || files.length === 0) {
  process.stderr.write('give the folder of launches, and files of evidence\n');
  process.exit(2);
}
const lead = Number(values.lead);

const readEvidence = async (file: string): Promise<Map<number, PresaleLine['evidence']>> => {
  const byLaunch = new Map<number, PresaleLine['evidence']>();
  for await (const batch of readCsv(file))
    for (const row of batch.rows) {
      const { launch, region = '', ...rest } = recordOf(batch.header, row.fields);
      const numbers = Object.fromEntries(Object.entries(rest).map(([name, text]) => [name, Number(text)]));
      const of = byLaunch.get(Number(launch)) ?? [];
      of.push({ day: 0, ...numbers, region });
      byLaunch.set(Number(launch), of);
    }
  return byLaunch;
};

const foldCosts = (
  launches: readonly PresaleLaunch[],
  evidence: ReadonlyMap<number, PresaleLine['evidence']>,
  fold: number,
): SeasonCost[] => {
  const others = launches.filter(({ id }) => id % FOLDS !== fold).map(pastLaunchOf);
  const desk = new PresaleDesk(presaleModel(others));
  return launches.flatMap((launch) => {
    const seen = evidence.get(launch.id) ?? [];
    if (launch.id % FOLDS === fold) return [runLaunch(launch, seen, { lead, answer: (line) => desk.answer(line) })];
    desk.learn(lastLine(launch, seen, lead));
    return [];
  });
};

const sum = (costs: readonly SeasonCost[], of: (cost: SeasonCost) => number): number =>
  costs.reduce((total, cost) => total + of(cost), 0);
const captured = (costs: readonly SeasonCost[]): number =>
  sum(costs, ({ direct, policy }) => direct - policy) / sum(costs, ({ direct, clairvoyant }) => direct - clairvoyant);

const interval = (costs: readonly SeasonCost[]): [number, number] => {
  const generator = generatorOf(1);
  const draws = Array.from({ length: RESAMPLES }, () =>
    captured(costs.map(() => costs[generator.integer(0, costs.length - 1)] as SeasonCost)),
  ).toSorted((one, other) => one - other);
  return [draws[RESAMPLES * 0.05] as number, draws[RESAMPLES * 0.95] as number];
};

const launches = await readLaunches(folder);
process.stdout.write(
  '| evidence | lead | captured | 90 % over launches | cost, all direct 1 | dearer than direct | lost by these |\n',
);
process.stdout.write('| --- | --- | --- | --- | --- | --- | --- |\n');
for (const file of files) {
  const evidence = await readEvidence(file);
  const costs = Array.from({ length: FOLDS }, (_, fold) => foldCosts(launches, evidence, fold)).flat();
  const [low, high] = interval(costs);
  const dearer = costs.filter(({ direct, policy }) => policy > direct + 1e-9);
  const possible = sum(costs, ({ direct, clairvoyant }) => direct - clairvoyant);
  const cells = [
    file.split('/').at(-1)?.replace('.csv.gz', ''),
    lead,
    captured(costs).toFixed(3),
    `${low.toFixed(2)} to ${high.toFixed(2)}`,
    (sum(costs, ({ policy }) => policy) / sum(costs, ({ direct }) => direct)).toFixed(3),
    `${dearer.length} of ${costs.length}`,
    (sum(dearer, ({ direct, policy }) => policy - direct) / possible).toFixed(3),
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
