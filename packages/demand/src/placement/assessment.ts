import { CountGrid } from './count-grid.ts';
import type { Order } from './decision.ts';
import type { Outlook, StockItem } from './item.ts';
import { type CostCurve, StockProgram } from './stock-program.ts';

/** What speaks for an order, and against it. */
export interface Assessment {
  /** Expected saving against shipping direct what the units would serve, nothing else being ordered later. */
  readonly saving: number;
  /** Change of cost should demand be as low, and as high, as the lowest and highest twentieth of what is expected. */
  readonly low: number;
  readonly high: number;
  /** Periods by which the order may be put off without the expected saving falling. */
  readonly slack: number;
}

/** Units at levels of likelihood. */
export interface UnitRange {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

const LOW = 0.05;
const HIGH = 0.95;
/** Periods an order is put off, at most, to see what that would do. */
const MOST_SLACK = 26;
/** A fall of the saving by less than this share is none. */
const NO_FALL = 1e-6;
/** Levels that totals are told apart by, about. */
const FINENESS = 80;

/** What more units cost beyond none, by interpolation between the steps of a curve. */
const change = (costs: Float64Array, { unit }: CostCurve, quantity: number): number => {
  const position = Math.min(costs.length - 1, quantity / unit);
  const below = Math.floor(position);
  const from = costs[below] as number;
  const to = costs[Math.min(costs.length - 1, below + 1)] as number;
  return from + (to - from) * (position - below) - (costs[0] as number);
};

/** Judges an order of an item that has the arrivals of the orders before it. */
export const assess = (item: StockItem, outlook: Outlook, { mode, quantity }: Order, grid: CountGrid): Assessment => {
  const program = new StockProgram(item, outlook, grid);
  const paid = mode.perOrder + mode.perUnit * quantity;
  const curve = program.curve(mode.lead, { kind: 'none' });
  const saving = -change(curve.mean, curve, quantity) - paid;
  let slack = 0;
  while (slack < MOST_SLACK && mode.lead + slack + 1 < item.horizon) {
    const later = program.curve(mode.lead + slack + 1, { kind: 'none' });
    if (-change(later.mean, later, quantity) - paid < saving - NO_FALL * Math.abs(saving)) break;
    slack += 1;
  }
  const byTotal = curve.byCourse
    .map((costs, course) => ({ costs, total: total(outlook.courses[course] as Float64Array) }))
    .sort((one, other) => one.total - other.total);
  const at = (end: number) => change(byTotal.at(end)?.costs ?? new Float64Array(1), curve, quantity) + paid;
  return { saving, low: at(0), high: at(-1), slack };
};

const total = (course: Float64Array): number => course.reduce((sum, rate) => sum + rate, 0);

/** Distributions of totals, which are the less dispersed the more periods they hold. */
export class TotalGrids {
  readonly #dispersion: number;
  readonly #known = new Map<number, CountGrid>();

  constructor(dispersion: number) {
    this.#dispersion = dispersion;
  }

  /** For totals of periods whose squared shares add up to `spread`. */
  of(spread: number): CountGrid {
    const rounded = Math.round(spread * FINENESS) / FINENESS;
    const grid = this.#known.get(rounded) ?? new CountGrid(this.#dispersion * rounded);
    this.#known.set(rounded, grid);
    return grid;
  }
}

/** Units asked for from a period on: the mixture of the courses, each negative binomial. */
export const unitRange = ({ courses }: Outlook, from: number, grids: TotalGrids): UnitRange => {
  const parts = courses.map((course) => {
    const rates = course.subarray(from).filter((rate) => rate > 0);
    const mean = total(rates);
    const squares = rates.reduce((sum, rate) => sum + rate * rate, 0);
    return { mean, spread: mean > 0 ? squares / (mean * mean) : 0 };
  });
  const most = Math.max(...parts.map(({ mean }) => mean));
  const unit = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, most) / FINENESS)));
  const mixture: number[] = [];
  for (const part of parts) {
    const masses = grids.of(part.spread).masses(part.mean, unit);
    for (const [count, mass] of masses.entries()) mixture[count] = (mixture[count] ?? 0) + mass / parts.length;
  }
  const quantile = (level: number): number => {
    let below = 0;
    const found = mixture.findIndex((mass) => {
      below += mass;
      return below >= level;
    });
    return unit * (found < 0 ? mixture.length - 1 : found);
  };
  return { low: quantile(LOW), median: quantile(0.5), high: quantile(HIGH) };
};
