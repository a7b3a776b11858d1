import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import { everywhereOf } from './everywhere.ts';
import type { ItemCosts, Mode, StockItem } from './item.ts';
import type { SeenLaunch } from './launch-features.ts';
import type { RateHistory } from './rate-model.ts';
import type { Scenario, ScenarioSku } from './scenario.ts';

/** A product at a facility as the engine takes it. */
export interface ScenarioItem {
  readonly record: ScenarioSku;
  readonly item: StockItem;
  readonly history: RateHistory;
}

const fault = (field: string, what: string, mend: string): Fault => ({ code: 'bad-scenario', field, what, mend });

/** Costs that are no modes. */
const PLAIN_COSTS = new Set(['direct', 'holdingPerPeriod', 'leftover']);
/** Known values before an unknown one whose mean stands in for it. */
const STAND_IN = 4;

/** The costs of a product with the modes that it has costs for. */
export const itemCosts = ({ modes }: Pick<Scenario, 'modes'>, { costs, minimumLot = 1 }: ScenarioSku): ItemCosts => ({
  direct: Number(costs.direct),
  holding: Number(costs.holdingPerPeriod),
  leftover: Number(costs.leftover),
  modes: modes.flatMap(({ id, leadPeriods }): Mode[] => {
    const own = costs[id];
    if (typeof own !== 'object') return [];
    return [{ id, lead: leadPeriods, perUnit: Number(own.perUnit), perOrder: Number(own.perOrder), minimumLot }];
  }),
});

/** A history without gaps: an unknown value is taken for the mean of the last known ones. */
export const knownHistory = (history: readonly (number | null)[]): number[] => {
  const known: number[] = [];
  const values: number[] = [];
  for (const value of history) {
    if (value !== null) known.push(value);
    const last = known.slice(-STAND_IN);
    const mean = last.length === 0 ? 0 : last.reduce((sum, one) => sum + one, 0) / last.length;
    values.push(value ?? mean);
  }
  return values;
};

const modeFault = ({ modes }: Scenario): Fault | undefined => {
  for (const [at, { id }] of modes.entries()) {
    if (PLAIN_COSTS.has(id) || id === 'lateral')
      return fault(`modes[${at}].id`, `cannot be ${id}`, 'give the mode a name of its own');
    if (modes.findIndex((other) => other.id === id) !== at)
      return fault(`modes[${at}].id`, `is there twice: ${id}`, 'give each mode once');
  }
  return undefined;
};

const skuFault = ({ modes }: Scenario, sku: ScenarioSku, field: string): Fault | undefined => {
  const unknown = Object.keys(sku.costs).find((name) => !PLAIN_COSTS.has(name) && !modes.some(({ id }) => id === name));
  if (unknown !== undefined)
    return fault(
      `${field}.costs.${unknown}`,
      'is no known mode',
      `give one of ${modes.map(({ id }) => id).join(', ')}`,
    );
  const { launchedAtPeriod: launched, history } = sku;
  if (launched !== undefined && launched > history.length)
    return fault(
      `${field}.launchedAtPeriod`,
      `is after the history, of ${history.length} periods`,
      'count from its start',
    );
  return undefined;
};

const nameFault = ({ limits, modes, skus, moves = [] }: Scenario): Fault | undefined => {
  const facilities = new Set(skus.map(({ facility }) => facility));
  for (const id of Object.keys(limits?.capacity ?? {}))
    if (!modes.some((mode) => mode.id === id))
      return fault(
        `limits.capacity.${id}`,
        'is no known mode',
        `give one of ${modes.map((mode) => mode.id).join(', ')}`,
      );
  for (const id of Object.keys(limits?.facilities ?? {}))
    if (!facilities.has(id)) return fault(`limits.facilities.${id}`, 'is no facility of a product', 'name one of skus');
  for (const [at, { from, to }] of moves.entries())
    if (from === to) return fault(`moves[${at}].to`, 'is where it comes from', 'name two facilities');
  return undefined;
};

/** The first thing wrong with a scenario that its schema cannot tell. */
const scenarioFault = (scenario: Scenario): Fault | undefined => {
  const named = modeFault(scenario) ?? nameFault(scenario);
  if (named) return named;
  const seen = new Set<string>();
  for (const [at, sku] of scenario.skus.entries()) {
    const key = JSON.stringify([sku.sku, sku.facility]);
    if (seen.has(key))
      return fault(
        `skus[${at}].sku`,
        `is there twice at ${sku.facility}: ${sku.sku}`,
        'give each product and facility once',
      );
    seen.add(key);
    const found = skuFault(scenario, sku, `skus[${at}]`);
    if (found) return found;
  }
  return undefined;
};

/** The products of a scenario as the engine takes them, or the first thing that is wrong with it. */
export const scenarioItems = (scenario: Scenario): Result<ScenarioItem[], Fault> => {
  const found = scenarioFault(scenario);
  if (found) return fail(found);
  const { skus, periodsLeft, startsInPeriods: start = 0 } = scenario;
  const histories = skus.map(({ history }) => knownHistory(history));
  const everywhere = everywhereOf(
    skus.map(({ sku }) => sku),
    histories,
  );
  return ok(
    skus.map((record, at) => {
      const known = { values: histories[at] as number[], everywhere: everywhere[at] as readonly number[] };
      const history = { ...known, launch: seenLaunch(scenario, record, known) };
      return { record, item: stockItem(scenario, record, start + periodsLeft, start), history };
    }),
  );
};

/** The periods since a launch; how launches go on is known by days alone. */
const seenLaunch = (
  { period }: Scenario,
  { launchedAtPeriod: launched, signals }: ScenarioSku,
  { values, everywhere }: RateHistory,
): SeenLaunch | undefined => {
  if (period !== 'day' || launched === undefined || launched >= values.length) return undefined;
  return { own: values.slice(launched), everywhere: everywhere.slice(launched), signals };
};

const stockItem = (scenario: Scenario, record: ScenarioSku, horizon: number, start: number): StockItem => {
  const arrivals = new Float64Array(horizon);
  let stock = record.stock;
  for (const { arrivesInPeriods: at, quantity } of record.inTransit) {
    if (at === 0) stock += quantity;
    else if (at < horizon) arrivals[at] = (arrivals[at] as number) + quantity;
  }
  return { horizon, start, stock, arrivals, costs: itemCosts(scenario, record) };
};
