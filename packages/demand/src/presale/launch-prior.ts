import type { Kernel, PastLaunch } from './past-launch.ts';

/** Past launches as points: logarithms of orders by region and of views, and how both built up over the days. */
export interface PriorPoints {
  readonly regions: readonly string[];
  readonly days: number;
  readonly kernel: Kernel;
  readonly count: number;
  /** `count` rows of the logarithm of orders in each region, then of views. */
  readonly centres: Float64Array;
  /** Share of a launch's orders at the end of a day: by point, region and day. */
  readonly orderShare: Float64Array;
  /** Share of its views: by point and day. */
  readonly viewShare: Float64Array;
}

/** Orders that a region without any counts for, so that it has a logarithm. */
const HALF = 0.5;
/** A day's share leans on the launch as a whole, and that on all launches, as if so many orders had been seen there. */
const LEAN = 10;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const leaning = (orders: readonly number[], on: readonly number[]): number[] => {
  const total = sum(orders) + LEAN;
  return on.map((share, day) => ((orders[day] ?? 0) + LEAN * share) / total);
};

const addedUp = (values: readonly number[]): number[] => {
  let total = 0;
  return values.map((value) => {
    total += value;
    return total;
  });
};

const byDay = (launches: readonly PastLaunch[], days: number): number[] => {
  const shares = new Array<number>(days).fill(0);
  for (const { orders } of launches) {
    const daily = Array.from({ length: days }, (_, day) => sum(Object.values(orders).map((one) => one[day] ?? 0)));
    const total = Math.max(1, sum(daily));
    for (const [day, value] of daily.entries()) shares[day] = (shares[day] ?? 0) + value / total;
  }
  const all = sum(shares);
  return shares.map((share) => (all > 0 ? share / all : 1 / days));
};

/**
 * Past launches as a prior of the next: a kernel estimate in logarithms of orders by region and views (Silverman 1986). A region
 * that no launch names borrows from the regions that it has, in turn, so that none is taken for another.
 */
export class LaunchPrior {
  readonly #launches: PastLaunch[];
  readonly #kernel: Kernel;
  readonly #days: number;
  readonly #cache = new Map<string, PriorPoints>();

  constructor(launches: readonly PastLaunch[], kernel: Kernel, days: number) {
    this.#launches = [...launches];
    this.#kernel = kernel;
    this.#days = days;
  }

  /** Counts one more launch among the past ones. */
  add(launch: PastLaunch): void {
    this.#launches.push(launch);
    this.#cache.clear();
  }

  /** The points for some regions, in their order. */
  points(regions: readonly string[]): PriorPoints {
    const key = JSON.stringify(regions);
    const known = this.#cache.get(key);
    if (known) return known;
    const points = this.#build(regions);
    this.#cache.set(key, points);
    return points;
  }

  #build(regions: readonly string[]): PriorPoints {
    const [days, launches] = [this.#days, this.#launches];
    const [count, width] = [launches.length, regions.length];
    const centres = new Float64Array(count * (width + 1));
    const orderShare = new Float64Array(count * width * days);
    const viewShare = new Float64Array(count * days);
    const usual = byDay(launches, days);
    for (const [at, { orders, views }] of launches.entries()) {
      const names = Object.keys(orders).toSorted();
      const whole = leaning(
        Array.from({ length: days }, (_, day) => sum(names.map((name) => orders[name]?.[day] ?? 0))),
        usual,
      );
      for (const [index, region] of regions.entries()) {
        const daily = orders[region] ?? orders[names[(index + at) % Math.max(1, names.length)] ?? ''] ?? [];
        centres[at * (width + 1) + index] = Math.log(sum(daily) + HALF);
        orderShare.set(addedUp(leaning(daily, whole)), (at * width + index) * days);
      }
      const last = Math.max(1, views.at(-1) ?? 0);
      centres[at * (width + 1) + width] = Math.log(last);
      for (let day = 0; day < days; day += 1) viewShare[at * days + day] = Math.max(1e-4, (views[day] ?? last) / last);
    }
    return { regions, days, kernel: this.#kernel, count, centres, orderShare, viewShare };
  }
}
