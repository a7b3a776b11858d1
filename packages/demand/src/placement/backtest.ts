import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import * as z from 'zod';
import { amountText } from './amount-text.ts';
import type { PlacementModels } from './placer.ts';
import type { Scenario } from './scenario.ts';
import { itemCosts, knownHistory, scenarioItems } from './scenario-items.ts';
import { enginePolicy, replaySeason, type SeasonItem, type SeasonResult } from './season.ts';

/** What a season that is over would have cost, for all items or a part of them. */
export const backtestRowSchema = z.object({
  part: z.string(),
  items: z.int(),
  currency: z.string(),
  cost: z.string(),
  /** Had everything been shipped direct. */
  direct: z.string(),
  /** The least possible, had demand been known. */
  clairvoyant: z.string(),
  /** Cost over the clairvoyant cost, less one. */
  regret: z.number().nullable(),
  /** Share captured of what the clairvoyant plan saves against direct. */
  savingsCaptured: z.number().nullable(),
  /** Share of demand served from stock. */
  service: z.number().nullable(),
  /** Share of units ordered that were left. */
  leftover: z.number().nullable(),
  shipped: z.record(z.string(), z.number()),
});
export type BacktestRow = z.infer<typeof backtestRowSchema>;

const DECIMALS = 1e4;
const QUARTERS = 4;

const fault = (field: string, what: string, mend: string): Fault => ({ code: 'bad-scenario', field, what, mend });

const replayFault = ({ limits, moves, skus, periodsLeft, startsInPeriods = 0 }: Scenario): Fault | undefined => {
  if (limits) return fault('limits', 'are not replayed', 'leave them out');
  if (moves) return fault('moves', 'are not replayed', 'leave them out');
  const periods = periodsLeft + startsInPeriods;
  for (const [at, { actual, stock, inTransit }] of skus.entries()) {
    if (actual?.length !== periods)
      return fault(
        `skus[${at}].actual`,
        actual ? `has ${actual.length} periods` : 'is missing',
        `give the demand of ${periods} periods from at on`,
      );
    if (stock > 0 || inTransit.length > 0)
      return fault(
        `skus[${at}].stock`,
        'is there before the replay starts',
        'start from nothing, as the clairvoyant plan does',
      );
  }
  return undefined;
};

const seasonItems = (scenario: Scenario): SeasonItem[] => {
  const { skus, startsInPeriods: start = 0 } = scenario;
  return skus.map((record) => {
    const { sku, facility, history, actual = [] } = record;
    const before = [...knownHistory(history), ...actual.slice(0, start)];
    return { sku, facility, history: before, actual: actual.slice(start), costs: itemCosts(scenario, record) };
  });
};

/** A quarter of products: by a hash (FNV-1a) of the name, so that a product is in the same one whatever the file. */
const quarterOf = (sku: string): number => {
  let hash = 0x811c9dc5;
  for (const letter of sku) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash >>> 8) % QUARTERS;
};

const ratio = (part: number, whole: number): number | null =>
  whole > 0 ? Math.round((part / whole) * DECIMALS) / DECIMALS : null;

const rowOf = (part: string, results: readonly SeasonResult[], currency: string): BacktestRow => {
  const sum = (of: (result: SeasonResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const money = (amount: number) => amountText(amount, currency);
  const cost = sum((result) => result.cost);
  const direct = sum((result) => result.direct);
  const clairvoyant = sum((result) => result.clairvoyant);
  const shipped: Record<string, number> = {};
  for (const result of results)
    for (const [mode, units] of Object.entries(result.shipped)) shipped[mode] = (shipped[mode] ?? 0) + units;
  const ordered = Object.values(shipped).reduce((total, units) => total + units, 0);
  return {
    part,
    items: results.length,
    currency,
    cost: money(cost),
    direct: money(direct),
    clairvoyant: money(clairvoyant),
    regret: ratio(cost - clairvoyant, clairvoyant),
    savingsCaptured: ratio(direct - cost, direct - clairvoyant),
    service: ratio(
      sum((result) => result.local),
      sum((result) => result.demand),
    ),
    leftover: ratio(
      sum((result) => result.leftover),
      ordered,
    ),
    shipped,
  };
};

/** A row for all items, for each facility and for each quarter of the products. */
export const backtestRows = (
  items: readonly Pick<SeasonItem, 'sku' | 'facility'>[],
  results: readonly SeasonResult[],
  currency: string,
): BacktestRow[] => {
  const part = (name: string, has: (item: Pick<SeasonItem, 'sku' | 'facility'>) => boolean) =>
    rowOf(
      name,
      results.filter((_, at) => has(items[at] as SeasonItem)),
      currency,
    );
  const facilities = [...new Set(items.map(({ facility }) => facility))].sort();
  return [
    part('all', () => true),
    ...facilities.map((name) => part(`facility ${name}`, ({ facility }) => facility === name)),
    ...Array.from({ length: QUARTERS }, (_, quarter) =>
      part(`products, quarter ${quarter + 1}`, ({ sku }) => quarterOf(sku) === quarter),
    ),
  ];
};

/** Replays the periods of a scenario whose demand is given as `actual`, hidden from each decision until it is over. */
export const backtest = (scenario: Scenario, models: PlacementModels): Result<BacktestRow[], Fault> => {
  const checked = scenarioItems(scenario);
  if (!checked.ok) return fail(checked.error);
  const found = replayFault(scenario);
  if (found) return fail(found);
  const items = seasonItems(scenario);
  const skus = items.map(({ sku }) => sku);
  const policy = enginePolicy(models, skus, scenario.period === 'week' ? 1 : 7);
  const results = replaySeason(items, scenario.startsInPeriods ?? 0, policy);
  return ok(backtestRows(items, results, scenario.currency));
};
