/**
 * Replays seasons: node bench/placement-report.ts FOLDER. What was learned elsewhere comes from other families of products than those
 * that are scored, and from weeks before the season.
 */
import {
  enginePolicy,
  type LaunchPlacementRecord,
  type Order,
  type PlacementModelRecord,
  type Policy,
  replaySeason,
  type SeasonItem,
  type SeasonResult,
} from '@crossparcel/demand';
import { negativeBinomialQuantiles } from '@crossparcel/numerics';
import { readWeeklyDemand, seasonOf, type WeeklyDemand } from './placement-data.ts';
import { learnLines, SETTINGS } from './placement-learn.ts';

const FOLDS = 4;
const FAMILY = 5;
const FIELDS = {
  id: 'cross-fitted',
  validFrom: '2026-11-22',
  validTo: null,
  source: 'other families',
  readOn: '2026-11-22',
  confidence: 'single',
} as const;

const foldOf = (id: string): number => {
  let hash = 7;
  for (const letter of id.slice(0, FAMILY)) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (hash % 97) % FOLDS;
};

const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
};
const percent = (part: number, whole: number): string => (whole > 0 ? ((100 * part) / whole).toFixed(1) : '–');
const sumOf = (results: readonly SeasonResult[], of: (result: SeasonResult) => number): number =>
  results.reduce((sum, result) => sum + of(result), 0);
const captured = (results: readonly SeasonResult[]): string => {
  const direct = sumOf(results, (result) => result.direct);
  return percent(direct - sumOf(results, ({ cost }) => cost), direct - sumOf(results, (one) => one.clairvoyant));
};

const CAP_WEEKS = 13;
const WORTH_ORDERS = 2;
/** The peer: newsvendor base stock by ocean on 13 weeks capped at their own 90 % quantile, with a negative binomial. */
const cappedNewsvendor =
  (histories: readonly (readonly number[])[]): Policy =>
  (item, index): Order[] => {
    const mode = item.costs.modes[0];
    const { horizon, start, costs } = item;
    if (!mode || mode.lead >= horizon) return [];
    const last = (histories[index] as readonly number[]).slice(-CAP_WEEKS);
    const cap = Math.max(1, last.toSorted((one, other) => one - other)[Math.floor(0.9 * (last.length - 1))] ?? 1);
    const cut = last.map((value) => Math.min(value, cap));
    const mean = cut.reduce((sum, value) => sum + value, 0) / cut.length;
    if (mean === 0) return [];
    const variance = cut.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (cut.length - 1);
    const left = horizon - start + (start > 0 ? start : 0);
    const weeks = Math.min(mode.lead + 2, left);
    const under = costs.direct - mode.perUnit - costs.holding;
    const isEnd = left <= mode.lead + 2;
    const over = isEnd ? mode.perUnit + costs.leftover : costs.holding * 4 + 0.35 * (mode.perUnit + costs.leftover);
    const level = Math.max(0.01, Math.min(0.99, under / (under + over)));
    const spread = Math.max(variance * weeks, 1.0001 * mean * weeks);
    const upTo = negativeBinomialQuantiles(mean * weeks, spread, [level])[0] ?? 0;
    const quantity = upTo - item.stock - item.arrivals.reduce((sum, units) => sum + units, 0);
    return quantity * under > WORTH_ORDERS * mode.perOrder ? [{ mode, quantity, gain: 0 }] : [];
  };

const NO_LAUNCH: LaunchPlacementRecord = {
  ...FIELDS,
  shape: [1],
  abruptEnd: 0,
  judgedBy: 1,
  withViews: { forests: [], conversion: { usual: 0, between: 1, within: 1, bases: [] }, drift: [] },
  withoutViews: [],
};

/** The engine on a season, each fold with a model from the others, all folds of a file seen at once by its own learning. */
const replayEngine = (demand: readonly WeeklyDemand[], from: number, lead: number): SeasonResult[] => {
  const results = new Array<SeasonResult>(demand.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = demand.filter(({ sku }) => foldOf(sku) !== fold);
    const rates: PlacementModelRecord = { ...FIELDS, ...SETTINGS, lines: learnLines(others, from - lead) };
    const places = demand.flatMap(({ sku }, at) => (foldOf(sku) === fold ? [at] : []));
    const items = places.map((at) => seasonOf([demand[at] as WeeklyDemand], from, lead)[0] as SeasonItem);
    const skus = items.map(({ sku }) => sku);
    const own = replaySeason(items, lead, enginePolicy({ rates, launch: NO_LAUNCH }, skus, 1));
    for (const [at, result] of own.entries()) results[places[at] as number] = result;
  }
  return results;
};

const seasonRow = (
  name: string,
  { from, lead, items }: { from: number; lead: number; items: readonly SeasonItem[] },
  results: readonly SeasonResult[],
): void => {
  const shipped = sumOf(results, ({ shipped: units }) => Object.values(units).reduce((sum, one) => sum + one, 0));
  const cost = sumOf(results, (result) => result.cost);
  const best = sumOf(results, ({ clairvoyant }) => clairvoyant);
  const of = (has: (item: SeasonItem) => boolean) => captured(results.filter((_, at) => has(items[at] as SeasonItem)));
  const folds = Array.from({ length: FOLDS }, (_, fold) => of(({ sku }) => foldOf(sku) === fold));
  line([
    `weeks ${from} to ${from + 12}`,
    lead,
    name,
    percent(cost - best, best),
    captured(results),
    folds.join(', '),
    `${of(({ facility }) => facility === 'GB')}, ${of(({ facility }) => facility === 'EU')}`,
    percent(
      sumOf(results, ({ local }) => local),
      sumOf(results, (result) => result.demand),
    ),
    percent(
      sumOf(results, ({ leftover }) => leftover),
      shipped,
    ),
  ]);
};

const reportSeasons = async (folder: string): Promise<void> => {
  const demand = await readWeeklyDemand(folder, 'dev');
  const head =
    'season, lead of ocean, policy, regret %, saving captured %, by quarter of families, GB and EU, served from stock %, left over %';
  line(head.split(', '));
  line(head.split(', ').map(() => '---'));
  for (const from of [40, 33, 26])
    for (const lead of [5, 7]) {
      const items = seasonOf(demand, from, lead);
      const season = { from, lead, items };
      seasonRow('capped newsvendor', season, replaySeason(items, lead, cappedNewsvendor));
      seasonRow('crossparcel', season, replayEngine(demand, from, lead));
    }
};

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds orders\n');
  process.exit(2);
}
await reportSeasons(folder);
