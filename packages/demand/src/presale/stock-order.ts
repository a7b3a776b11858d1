import { normalQuantile } from '@crossparcel/numerics';
import type { LaunchPosterior } from './launch-posterior.ts';

/** What a unit and an order cost in one currency; `holding` per unit and day, at the end of it. */
export interface StockCosts {
  readonly direct: number;
  readonly air: number;
  readonly perOrder: number;
  readonly holding: number;
  readonly leftover: number;
}

/** Demand that is possible: its weight, and orders of each day from day 0. */
export interface DemandPath {
  readonly weight: number;
  readonly daily: Float64Array;
}

/** Stock in a region at the end of a day, and what arrives before the orders of later days. */
export interface StockAhead {
  readonly day: number;
  readonly stock: number;
  /** Units by day of arrival. */
  readonly arriving: ReadonlyMap<number, number>;
}

const LEVELS = 9;
const steps = Array.from({ length: LEVELS }, (_, at) => normalQuantile((at + 0.5) / LEVELS));
/** Members of less weight than this are left out. */
const FAINT = 2e-4;

/** Possible demand of one region of a launch, weights adding up to one. */
export const demandPaths = (
  { sum, weights, means, variances }: LaunchPosterior,
  region: number,
  seen?: { readonly day: number; readonly orders: number },
): DemandPath[] => {
  const { points, size } = sum;
  const [width, days] = [size - 2, points.days];
  const paths: DemandPath[] = [];
  for (let at = 0; at < points.count; at += 1) {
    const weight = weights[at] as number;
    if (weight < FAINT) continue;
    const cell = at * width + region;
    const deviation = Math.sqrt(variances[cell] as number);
    const from = cell * days;
    for (const step of steps) {
      const total = Math.exp((means[cell] as number) + deviation * step);
      const daily = new Float64Array(days);
      // What is over counts as it was, and the rest comes as it came in the past launch.
      const over = seen ? (points.orderShare[from + seen.day] as number) : 0;
      const open = Math.max(0, total - (seen?.orders ?? 0)) / Math.max(1e-6, 1 - over);
      for (let day = (seen?.day ?? -1) + 1; day < days; day += 1) {
        const before = day === 0 ? 0 : (points.orderShare[from + day - 1] as number);
        daily[day] = open * ((points.orderShare[from + day] as number) - before);
      }
      paths.push({ weight: weight / LEVELS, daily });
    }
  }
  const whole = paths.reduce((all, { weight }) => all + weight, 0);
  return paths.map(({ weight, daily }) => ({ weight: weight / whole, daily }));
};

/** Demand from the day of arrival on that stock on hand and on its way leaves open, added up over the days. */
interface OpenDemand {
  readonly weight: number;
  readonly upTo: Float64Array;
}

const openDemand = (paths: readonly DemandPath[], ahead: StockAhead, arrival: number): OpenDemand[] =>
  paths.map(({ weight, daily }) => {
    const first = Math.max(0, arrival);
    const upTo = new Float64Array(Math.max(0, daily.length - first));
    let stock = ahead.stock;
    let open = 0;
    for (let day = ahead.day + 1; day < daily.length; day += 1) {
      stock += ahead.arriving.get(day) ?? 0;
      const wanted = day < 0 ? 0 : (daily[day] as number);
      const served = Math.min(stock, wanted);
      stock -= served;
      if (day < first) continue;
      open += wanted - served;
      upTo[day - first] = open;
    }
    return { weight, upTo };
  });

/** What a next unit beyond `quantity` is expected to cost, less what it saves. */
const slopeAt = (open: readonly OpenDemand[], quantity: number, early: number, costs: StockCosts): number => {
  let slope = costs.air;
  for (const { weight, upTo } of open) {
    let wait = 0;
    while (wait < upTo.length && (upTo[wait] as number) <= quantity) wait += 1;
    const end = wait < upTo.length ? -costs.direct : costs.leftover;
    slope += weight * (end + costs.holding * (wait + early));
  }
  return slope;
};

/** What an order saves in the mean and its spread by path: costs of all direct, less those with it. */
const savings = (open: readonly OpenDemand[], quantity: number, early: number, costs: StockCosts): number[] =>
  open.map(({ upTo }) => {
    const served = Math.min(quantity, upTo.at(-1) ?? 0);
    let held = early * quantity;
    for (const reached of upTo) held += Math.max(0, quantity - reached);
    const spent = costs.perOrder + costs.air * quantity;
    return costs.direct * served - spent - costs.holding * held - costs.leftover * (quantity - served);
  });

/** An order and what it is expected to save against sending the same parcels direct. */
export interface StockOrder {
  readonly quantity: number;
  readonly saving: number;
  /** The saving at an unlucky end: one in twenty is worse. */
  readonly worst: number;
}

const NONE: StockOrder = { quantity: 0, saving: 0, worst: 0 };
const UNLUCKY = 0.05;

const lowEnd = (open: readonly OpenDemand[], values: readonly number[]): number => {
  const order = values
    .map((value, at) => ({ value, weight: open[at]?.weight ?? 0 }))
    .toSorted((a, b) => a.value - b.value);
  let below = 0;
  for (const { value, weight } of order) {
    below += weight;
    if (below >= UNLUCKY) return value;
  }
  return order.at(-1)?.value ?? 0;
};

/** What is lost on a unit left over counts so many times in orders that arrive after day 0: looking anew each day and only ever adding runs to what was overrated. */
const WARINESS = 2;

const waryOf = (costs: StockCosts): StockCosts => ({
  ...costs,
  leftover: costs.leftover + (WARINESS - 1) * (costs.leftover + costs.air),
});

const meanOf = (open: readonly OpenDemand[], values: readonly number[]): number =>
  values.reduce((sum, value, at) => sum + value * (open[at]?.weight ?? 0), 0);

/**
 * The order of least expected cost that arrives before the orders of a day, as a newsvendor with a charge by order and holding
 * until a unit sells (Porteus, Foundations of Stochastic Inventory Theory, ch. 1 and 7); none when none pays.
 * In orders that arrive after day 0 losses on what is left over count double.
 */
export const bestOrder = (
  paths: readonly DemandPath[],
  ahead: StockAhead,
  { arrival, costs }: { arrival: number; costs: StockCosts },
): StockOrder => {
  const early = Math.max(0, -arrival);
  const open = openDemand(paths, ahead, arrival);
  let [low, high] = [0, open.reduce((most, { upTo }) => Math.max(most, upTo.at(-1) ?? 0), 0)];
  const weighed = arrival > 0 ? waryOf(costs) : costs;
  if (high < 1 || slopeAt(open, 0, early, weighed) >= 0) return NONE;
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (slopeAt(open, middle, early, weighed) < 0) low = middle;
    else high = middle;
  }
  const quantity = Math.round(low);
  if (meanOf(open, savings(open, quantity, early, weighed)) <= 0) return NONE;
  const values = savings(open, quantity, early, costs);
  return { quantity, saving: meanOf(open, values), worst: lowEnd(open, values) };
};
