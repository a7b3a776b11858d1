import type { CountGrid } from './count-grid.ts';
import type { Mode, Outlook, StockItem } from './item.ts';

/** Levels of stock that are told apart. */
const LEVELS = 48;
const QUARTER = 2 ** 0.25;
/** Probabilities below this are passed over. */
const NEGLIGIBLE = 1e-9;
/** The course whose demand, with some room above, is the most that is worth stocking. */
const HIGH_COURSE = 0.75;
const HIGH_ROOM = 1.6;

/** Expected cost by how many units arrive in a period on top of what is known, for each course of demand. */
export interface CostCurve {
  /** Pieces of one step of quantity. */
  readonly unit: number;
  readonly byCourse: readonly Float64Array[];
  /** Mean over courses. */
  readonly mean: Float64Array;
}

/** How orders of later periods are taken into account: not at all, or with a share of what they save given up. */
export type Recourse = { readonly kind: 'none' } | { readonly kind: 'later'; readonly givenUp: number };

const unitFor = (most: number): number => {
  let unit = 1;
  while (most / unit > LEVELS - 2) unit *= QUARTER;
  return unit;
};

const totalOf = (course: Float64Array): number => course.reduce((sum, rate) => sum + rate, 0);

/** The most units that could be worth having, of all courses. */
const mostUseful = ({ courses }: Outlook, have: number): number => {
  const totals = courses.map(totalOf).sort((one, other) => one - other);
  const high = totals[Math.floor(HIGH_COURSE * (totals.length - 1) + 0.5)] ?? 0;
  return Math.max(have, Math.min(totals.at(-1) ?? 0, high * HIGH_ROOM)) + 1;
};

/**
 * The finite-horizon stock problem of one item with orders that cost something each (Scarf 1960), by courses of demand. The cost
 * of a quantity ordered now is exact up to its arrival, stock that runs short before being served direct; after it, each
 * course goes on by dynamic programming with orders that arrive as they are wanted. That knows more than a buyer will,
 * so that part of what later orders save is given up (`givenUp`, a share of the gap between direct and unit cost).
 */
export class StockProgram {
  readonly #item: StockItem;
  readonly #outlook: Outlook;
  readonly #grid: CountGrid;
  readonly #unit: number;
  readonly #values = [new Float64Array(LEVELS), new Float64Array(LEVELS)] as const;

  constructor(item: StockItem, outlook: Outlook, grid: CountGrid) {
    this.#item = item;
    this.#outlook = outlook;
    this.#grid = grid;
    const have = item.stock + item.arrivals.reduce((sum, quantity) => sum + quantity, 0);
    this.#unit = unitFor(mostUseful(outlook, have));
  }

  /** Expected costs from now to the end, were 0, 1, 2 … units more to arrive in a period; what they cost to buy is not in them. */
  curve(arrival: number, recourse: Recourse): CostCurve {
    const { stock } = this.#item;
    return this.#curve(arrival, recourse, stock);
  }

  /** Expected costs from now to the end, were 0, 1, 2 … units on stock now. */
  stockCurve(recourse: Recourse): CostCurve {
    return this.#curve(0, recourse, 0);
  }

  #curve(arrival: number, recourse: Recourse, stock: number): CostCurve {
    const byCourse = this.#outlook.courses.map((course) => {
      const masses = this.#massesOf(course);
      const after = this.#costToGo(arrival, masses, recourse);
      return this.#fromNow(arrival, masses, after, stock);
    });
    const mean = new Float64Array(LEVELS);
    for (const costs of byCourse)
      for (let level = 0; level < LEVELS; level += 1)
        mean[level] = (mean[level] as number) + (costs[level] as number) / byCourse.length;
    return { unit: this.#unit, byCourse, mean };
  }

  /** Demand of each period; a rate that goes on is looked up once. */
  #massesOf(course: Float64Array): Float64Array[] {
    let last = Number.NaN;
    let known: Float64Array = new Float64Array();
    return Array.from(course, (rate) => {
      if (rate !== last) known = this.#grid.masses(rate, this.#unit);
      last = rate;
      return known;
    });
  }

  #level(quantity: number): number {
    return Math.min(LEVELS - 1, Math.round(quantity / this.#unit));
  }

  /** Cost from a period on by the stock before its demand, no more being ordered for it. Overwritten by the next call. */
  #costToGo(arrival: number, masses: readonly Float64Array[], recourse: Recourse): Float64Array {
    const { horizon, costs, arrivals } = this.#item;
    let [value, served] = this.#values;
    for (let level = 0; level < LEVELS; level += 1) value[level] = costs.leftover * level * this.#unit;
    for (let period = horizon - 1; ; period -= 1) {
      this.#serve(masses[period] as Float64Array, value, served);
      if (period <= arrival) return served;
      if (recourse.kind === 'later') this.#reorder(served, period, recourse.givenUp);
      received(served, this.#level(arrivals[period] ?? 0));
      [value, served] = [served, value];
    }
  }

  /** Cost before demand from cost after it. */
  #serve(masses: Float64Array, after: Float64Array, before: Float64Array): void {
    const { direct, holding } = this.#item.costs;
    const hold = holding * this.#unit;
    const ship = direct * this.#unit;
    const none = after[0] as number;
    for (let level = 0; level < LEVELS; level += 1) {
      let cost = 0;
      const within = Math.min(level + 1, masses.length);
      for (let count = 0; count < within; count += 1) {
        const left = level - count;
        cost += (masses[count] as number) * (hold * left + (after[left] as number));
      }
      for (let count = within; count < masses.length; count += 1)
        cost += (masses[count] as number) * (ship * (count - level) + none);
      before[level] = cost;
    }
  }

  /** Makes cost after orders that arrive in a period cost before them: order up to where it pays. */
  #reorder(costs: Float64Array, period: number, givenUp: number): void {
    const { direct, modes } = this.#item.costs;
    const able = modes.filter(({ lead }) => period > lead);
    const prices = able.map(({ perUnit }) => (perUnit + givenUp * Math.max(0, direct - perUnit)) * this.#unit);
    const least = able.map(() => Number.POSITIVE_INFINITY);
    for (let level = LEVELS - 1; level >= 0; level -= 1) {
      const none = costs[level] as number;
      let best = none;
      for (let mode = 0; mode < able.length; mode += 1) {
        const stocked = (prices[mode] as number) * level;
        best = Math.min(best, (least[mode] as number) + (able[mode] as Mode).perOrder - stocked);
        least[mode] = Math.min(least[mode] as number, none + stocked);
      }
      costs[level] = best;
    }
  }

  /** Cost from now on by how much more arrives. What is served or held before the arrival does not differ, and is left out. */
  #fromNow(arrival: number, masses: readonly Float64Array[], after: Float64Array, stock: number): Float64Array {
    const chance = this.#stockAt(arrival, masses, stock);
    return Float64Array.from({ length: LEVELS }, (_, more) => {
      let cost = 0;
      for (let level = 0; level < LEVELS; level += 1) {
        const share = chance[level] as number;
        if (share > NEGLIGIBLE) cost += share * (after[Math.min(LEVELS - 1, level + more)] as number);
      }
      return cost;
    });
  }

  /** How likely each level of stock is before the demand of a period, without what is decided now. */
  #stockAt(arrival: number, masses: readonly Float64Array[], stock: number): Float64Array {
    const { arrivals } = this.#item;
    const chance = new Float64Array(LEVELS);
    chance[this.#level(stock)] = 1;
    for (let period = 0; period < arrival; period += 1) {
      arrived(chance, this.#level(arrivals[period] ?? 0));
      sold(chance, masses[period] as Float64Array);
    }
    arrived(chance, this.#level(arrivals[arrival] ?? 0));
    return chance;
  }
}

/** Makes costs after a receipt costs before it. */
const received = (costs: Float64Array, more: number): void => {
  if (more === 0) return;
  for (let level = 0; level < LEVELS; level += 1) costs[level] = costs[Math.min(LEVELS - 1, level + more)] as number;
};

/** Raises stock by what arrives. */
const arrived = (chance: Float64Array, more: number): void => {
  if (more === 0) return;
  for (let level = LEVELS - 1; level >= 0; level -= 1) {
    const share = chance[level] as number;
    const to = Math.min(LEVELS - 1, level + more);
    if (share === 0 || to === level) continue;
    chance[level] = 0;
    chance[to] = (chance[to] as number) + share;
  }
};

/** Lowers stock by demand, as far as it goes; levels are taken upwards, so that none is lowered twice. */
const sold = (chance: Float64Array, masses: Float64Array): void => {
  for (let level = 1; level < LEVELS; level += 1) {
    const share = chance[level] as number;
    if (share < NEGLIGIBLE) continue;
    chance[level] = 0;
    for (let count = 0; count < masses.length; count += 1) {
      const to = Math.max(0, level - count);
      chance[to] = (chance[to] as number) + share * (masses[count] as number);
    }
  }
};

/**
 * How much less each quantity of a curve costs than none, with what ordering it costs: over all courses, or over those in which it does
 * worst (the conditional value at risk of Rockafellar and Uryasev 2000).
 */
export const orderGains = (
  { byCourse, mean, unit }: CostCurve,
  { perUnit, perOrder, minimumLot = 1 }: Mode,
  judgedBy = byCourse.length,
): { quantity: number; gain: number }[] => {
  const gains = Array.from(mean, (cost, level) => {
    const quantity = Math.round(level * unit);
    const saved = judgedBy < byCourse.length ? worstSaving(byCourse, level, judgedBy) : (mean[0] as number) - cost;
    return { quantity, gain: saved - perOrder - perUnit * quantity };
  });
  return gains.filter(({ quantity }) => quantity >= minimumLot);
};

const worstSaving = (byCourse: readonly Float64Array[], level: number, judgedBy: number): number => {
  const savings = byCourse.map((costs) => (costs[0] as number) - (costs[level] as number));
  const worst = savings.sort((one, other) => one - other).slice(0, judgedBy);
  return worst.reduce((sum, saving) => sum + saving, 0) / judgedBy;
};

/** The quantity at which a curve is lowest with what ordering it costs, and by how much it is lower than at none. */
export const bestOrder = (curve: CostCurve, mode: Mode, judgedBy?: number): { quantity: number; gain: number } => {
  let best = { quantity: 0, gain: 0 };
  for (const one of orderGains(curve, mode, judgedBy)) if (one.gain > best.gain) best = one;
  return best;
};
