/**
 * Replays launches: node bench/placement-launch-report.ts FOLDER. Launches are dealt into parts, several times over, each stocked by
 * what was learned from the others; the videos from which the growth of views is learned are others than those of the launches.
 */
import { join } from 'node:path';
import {
  CountGrid,
  clairvoyantCost,
  decideOrders,
  everywhereOf,
  isYoung,
  type LaunchPlacementRecord,
  launchOutlook,
  type Order,
  type Policy,
  replaySeason,
  type SeasonItem,
  type SeasonResult,
  type StockItem,
} from '@crossparcel/demand';
import { sampleQuantile } from '@crossparcel/numerics';
import {
  airCosts,
  LAUNCH_DAYS,
  learnLaunchPlacement,
  learnViewForests,
  type PricedLaunch,
  readLaunches,
} from './placement-launches.ts';
import { SETTINGS } from './placement-learn.ts';
import { readSpikes } from './spike-data.ts';

const DEALS = [
  { parts: 4, deals: 4 },
  { parts: 7, deals: 3 },
];
const LEADS = [5, 3];
const FIELDS = {
  id: 'cross-fitted',
  validFrom: '2026-11-22',
  validTo: null,
  source: 'other launches',
  readOn: '2026-11-22',
  confidence: 'single',
} as const;

const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
};
const percent = (share: number): string => (100 * share).toFixed(1);
const sumOf = (results: readonly SeasonResult[], of: (result: SeasonResult) => number): number =>
  results.reduce((sum, result) => sum + of(result), 0);
const capturedOf = (results: readonly SeasonResult[]): number => {
  const direct = sumOf(results, (result) => result.direct);
  return (direct - sumOf(results, ({ cost }) => cost)) / (direct - sumOf(results, (one) => one.clairvoyant));
};

const asItem = ({ id, facility, own, price }: PricedLaunch, lead: number): SeasonItem => ({
  sku: id,
  facility,
  history: [],
  actual: own,
  costs: airCosts(price, lead),
});

type Histories = readonly (readonly number[])[];
type PolicyOf = (histories: Histories) => Policy;
/** How a part is stocked by what was learned from the others, both as places in the list of launches. */
type Way = (own: readonly PricedLaunch[], others: readonly PricedLaunch[], lead: number) => PolicyOf;

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const FEWEST = 5;
const LEAST_RATIOS = 20;
const HURDLE = 1.5;

/** The peer: newsvendor on quantiles of how the units of other launches grew from a day on, less what is on stock and on its way. */
const growthQuantiles: Way =
  (_, others, lead) =>
  (histories) =>
  (item: StockItem, index: number): readonly Order[] => {
    const own = histories[index] as readonly number[];
    const seen = total(own);
    const [mode] = item.costs.modes;
    if (!mode || own.length === 0 || mode.lead >= item.horizon || seen < FEWEST) return [];
    const ratios = others.flatMap((other) => {
      const before = total(other.own.slice(0, own.length));
      const after = total(other.own.slice(own.length - 1 + lead));
      return before >= FEWEST ? [Math.log((after + 0.5) / (before + 0.5))] : [];
    });
    if (ratios.length < LEAST_RATIOS) return [];
    const { direct, leftover } = item.costs;
    const under = direct - mode.perUnit;
    const upTo = (seen + 0.5) * Math.exp(sampleQuantile(ratios, under / (direct + leftover)));
    const last = own.slice(-2);
    const near = (total(last) / last.length) * (lead - 1);
    const quantity = Math.round(upTo - Math.max(0, item.stock + total([...item.arrivals]) - near));
    return quantity * under > HURDLE * mode.perOrder ? [{ mode, quantity, gain: 0 }] : [];
  };

const engine =
  (learned: (others: readonly PricedLaunch[]) => LaunchPlacementRecord, withViews: boolean): Way =>
  (own, others) => {
    const record = learned(others);
    const grid = new CountGrid(SETTINGS.dispersion);
    return (histories) => {
      const everywhere = everywhereOf(
        own.map(({ id }) => id),
        histories,
      );
      return (item, index) => {
        const { signals } = own[index] as PricedLaunch;
        const seen = {
          own: histories[index] as readonly number[],
          everywhere: everywhere[index] as readonly number[],
          ...(withViews && { signals }),
        };
        if (!isYoung(record, seen)) return [];
        const outlookFor = (mode: { lead: number }) => launchOutlook(record, seen, { ...item, gap: mode.lead });
        return decideOrders(item, { grid, givenUp: SETTINGS.givenUp, outlookFor });
      };
    };
  };

const HASH = 2_654_435_761;
/** The part that a launch is dealt to, spread by multiplication (Knuth). */
const partOf = ({ id }: PricedLaunch, parts: number, deal: number): number => {
  if (deal === 0) return Number(id) % parts;
  const spread = (((Number(id) + 1000 * deal) * HASH) % 2 ** 32) / 2 ** 16;
  return Math.floor(spread) % parts;
};

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds viral\n');
  process.exit(2);
}
const launches = await readLaunches(folder, 'dev');
const spikes = await readSpikes(join(folder, 'viral'));
const forests = learnViewForests(spikes.videos);
const learned = (others: readonly PricedLaunch[]): LaunchPlacementRecord => {
  const ids = new Set(others.map(({ id }) => id));
  const items = spikes.launches.filter(({ id }) => ids.has(id));
  return { ...FIELDS, ...learnLaunchPlacement({ launches: others, items, forests }) };
};

/** The results of each part of a deal. */
const replay = (way: Way, lead: number, inPart: (launch: PricedLaunch) => boolean): SeasonResult[] => {
  const own = launches.filter(inPart);
  const items = own.map((one) => asItem(one, lead));
  const policyOf = way(
    own,
    launches.filter((one) => !inPart(one)),
    lead,
  );
  return replaySeason(items, 0, policyOf).map((result, at) => {
    const { actual, costs } = items[at] as SeasonItem;
    return { ...result, clairvoyant: clairvoyantCost(actual, costs, () => lead) };
  });
};

const report = (name: string, way: Way, lead: number, { parts, deals }: (typeof DEALS)[number]): void => {
  const dealt = Array.from({ length: deals }, (_, deal) =>
    Array.from({ length: parts }, (_, part) => replay(way, lead, (one) => partOf(one, parts, deal) === part)),
  );
  const shares = dealt.map((all) => capturedOf(all.flat()));
  const each = dealt.flat().map(capturedOf);
  const all = dealt.flat(2);
  line([
    lead,
    parts,
    name,
    percent(total(shares) / deals),
    `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`,
    percent(Math.min(...each)),
    `${each.filter((share) => share < 0).length} of ${each.length}`,
    percent(sumOf(all, ({ local }) => local) / sumOf(all, ({ demand }) => demand)),
    percent(sumOf(all, ({ leftover }) => leftover) / sumOf(all, ({ shipped }) => shipped.air ?? 0)),
  ]);
};

const head =
  'lead of air days, parts, policy, saving captured %, by deal, worst part, parts dearer than direct, served from stock %, left over %';
line(head.split(', '));
line(head.split(', ').map(() => '---'));
for (const lead of LEADS.filter((days) => days < LAUNCH_DAYS))
  for (const deal of DEALS) {
    report('growth-quantile newsvendor', growthQuantiles, lead, deal);
    report('crossparcel, orders alone', engine(learned, false), lead, deal);
    report('crossparcel, views and likes', engine(learned, true), lead, deal);
  }
