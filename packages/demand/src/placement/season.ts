import { clairvoyantCost } from './clairvoyant.ts';
import { CountGrid } from './count-grid.ts';
import type { Order } from './decision.ts';
import { everywhereOf } from './everywhere.ts';
import type { ItemCosts, StockItem } from './item.ts';
import { type PlacementModels, Placer } from './placer.ts';

/** An item of a season that is over. */
export interface SeasonItem {
  readonly sku: string;
  readonly facility: string;
  /** Demand before the season, oldest first. */
  readonly history: readonly number[];
  /** Demand of the season, unseen until each period is over. */
  readonly actual: readonly number[];
  readonly costs: ItemCosts;
}

/** What a season came to for an item. */
export interface SeasonResult {
  readonly cost: number;
  readonly direct: number;
  readonly clairvoyant: number;
  readonly demand: number;
  /** Units served from stock. */
  readonly local: number;
  readonly leftover: number;
  /** Units ordered by mode. */
  readonly shipped: Readonly<Record<string, number>>;
}

/** Decides for an item, named by its place, as it stands before the decision of a period. */
export type Policy = (item: StockItem, index: number) => readonly Order[];

class Replay {
  readonly item: SeasonItem;
  readonly arrivals: Float64Array;
  readonly shipped: Record<string, number> = {};
  stock = 0;
  cost = 0;
  local = 0;

  constructor(item: SeasonItem) {
    this.item = item;
    this.arrivals = new Float64Array(item.actual.length);
  }

  receive(period: number): void {
    if (period < 0) return;
    this.stock += this.arrivals[period] as number;
    this.arrivals[period] = 0;
  }

  /** The item as it stands before the decision of a period. */
  now(period: number): StockItem {
    const length = this.item.actual.length;
    const start = Math.max(0, -period);
    const arrivals = new Float64Array(length - period);
    for (let at = Math.max(0, period); at < length; at += 1) arrivals[at - period] = this.arrivals[at] as number;
    return { horizon: length - period, start, stock: this.stock, arrivals, costs: this.item.costs };
  }

  order({ mode, quantity }: Order, period: number): void {
    const arrival = period + mode.lead;
    if (quantity <= 0 || arrival < 0 || arrival >= this.arrivals.length) return;
    this.cost += mode.perOrder + mode.perUnit * quantity;
    this.arrivals[arrival] = (this.arrivals[arrival] as number) + quantity;
    this.shipped[mode.id] = (this.shipped[mode.id] ?? 0) + quantity;
  }

  serve(period: number): void {
    if (period < 0) return;
    const wanted = this.item.actual[period] as number;
    const served = Math.min(wanted, this.stock);
    const { direct, holding } = this.item.costs;
    this.stock -= served;
    this.local += served;
    this.cost += (wanted - served) * direct + this.stock * holding;
  }

  result(): SeasonResult {
    const { actual, costs } = this.item;
    const demand = actual.reduce((sum, units) => sum + units, 0);
    return {
      cost: this.cost + this.stock * costs.leftover,
      direct: demand * costs.direct,
      clairvoyant: demand === 0 ? 0 : clairvoyantCost(actual, costs),
      demand,
      local: this.local,
      leftover: this.stock,
      shipped: this.shipped,
    };
  }
}

/**
 * Goes through a season period by period, from `before` periods ahead of it: receipts, the decision with the demand of
 * earlier periods alone, demand. `policyAt` makes the policy of a period from the histories known then.
 */
export const replaySeason = (
  items: readonly SeasonItem[],
  before: number,
  policyAt: (histories: readonly (readonly number[])[]) => Policy,
): SeasonResult[] => {
  const replays = items.map((item) => new Replay(item));
  const periods = Math.max(0, ...items.map(({ actual }) => actual.length));
  for (let period = -before; period < periods; period += 1) {
    const histories = items.map(({ history, actual }) =>
      period < 0 ? history.slice(0, Math.max(0, history.length + period)) : [...history, ...actual.slice(0, period)],
    );
    const policy = policyAt(histories);
    for (const [index, replay] of replays.entries()) {
      replay.receive(period);
      for (const order of policy(replay.now(period), index)) replay.order(order, period);
      replay.serve(period);
    }
  }
  return replays.map((replay) => replay.result());
};

/** The engine's own policy, learning at each period from the histories known then. */
export const enginePolicy = (models: PlacementModels, skus: readonly string[], scale: number) => {
  const grid = new CountGrid(models.rates.dispersion);
  return (histories: readonly (readonly number[])[]): Policy => {
    const everywhere = everywhereOf(skus, histories);
    const known = histories.map((values, at) => ({ values, everywhere: everywhere[at] as readonly number[] }));
    const placer = new Placer(models, known, { scale, grid });
    return (item, index) => placer.orders(item, known[index] as (typeof known)[number]);
  };
};
