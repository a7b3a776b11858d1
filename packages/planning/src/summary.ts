import {
  addCosts,
  type CurrencyCode,
  formatMinor,
  type ItemFact,
  type Order,
  sellerCost,
  zeroCosts,
} from '@crossparcel/units';
import * as z from 'zod';
import { costsText, planRecordSchema } from './plan-record.ts';
import type { Decision } from './planner.ts';

/** Schema of `summary.json`. Money in major units of the plan's currency. */
export const summarySchema = z.object({
  currency: z.string(),
  orders: z.int(),
  parcels: z.int(),
  /** `in` = `planned` + `cancelled` + `refused` + `shipped`; lines of held orders count as planned. */
  lines: z.object({ in: z.int(), planned: z.int(), cancelled: z.int(), refused: z.int(), shipped: z.int() }),
  costs: planRecordSchema.shape.costs,
  sellerCost: z.string(),
  modes: z.object({ direct: z.int(), local: z.int(), split: z.int(), held: z.int() }),
  /** Mean chance of a late delivery over the orders that were to be sent; one that finds no way counts as late. */
  lateShare: z.number(),
  /** Sum of what each order would cost the seller if it were the only one, and how far above it the plan is. */
  bound: z.string(),
  gap: z.number(),
  holds: z.record(z.string(), z.int()),
  assumptions: z.record(z.string(), z.int()),
  estimates: z.object({ skus: z.int(), orders: z.int(), shareOfCost: z.number() }),
  ordersPerSecond: z.number().optional(),
});
export type Summary = z.infer<typeof summarySchema>;

/** A SKU with estimated facts, and what rests on them. */
export interface Gap {
  readonly sku: string;
  readonly missing: readonly ItemFact[];
  readonly orders: number;
  readonly units: number;
  /** Cost to the seller of the orders that hold it, shared by units, in minor units. */
  readonly costMinor: number;
}

/** Lines that never became part of a plan. */
export interface SetAside {
  readonly refused: number;
  readonly shipped: number;
  /** Lines whose time named no offset and was read as UTC. */
  readonly withoutOffset: number;
}

/** Adds up decisions as they are made. */
export class PlanSummary {
  readonly #currency: CurrencyCode;
  readonly #costs = zeroCosts();
  readonly #modes = { direct: 0, local: 0, split: 0, held: 0 };
  readonly #holds = new Map<string, number>();
  readonly #assumptions = new Map<string, number>();
  readonly #gaps = new Map<
    string,
    { missing: readonly ItemFact[]; orders: number; units: number; costMinor: number }
  >();
  #orders = 0;
  #parcels = 0;
  #planned = 0;
  #cancelled = 0;
  #promised = 0;
  #late = 0;
  #bound = 0;
  #estimatedOrders = 0;
  #estimatedCost = 0;

  constructor(currency: CurrencyCode) {
    this.#currency = currency;
  }

  /** Counts a decision. */
  add(decision: Decision): void {
    const { chosen, order, holds } = decision;
    this.#orders += 1;
    this.#countLines(order);
    addCosts(this.#costs, decision.costs);
    this.#modes[chosen?.mode ?? 'held'] += 1;
    this.#parcels += chosen?.parcels.length ?? 0;
    const isPromised = chosen !== undefined || decision.costs.lateness > 0;
    if (isPromised) this.#promised += 1;
    if (isPromised) this.#late += chosen ? chosen.late : 1;
    this.#bound += decision.bound;
    for (const hold of holds) count(this.#holds, hold.code);
    for (const assumption of chosen?.assumptions ?? []) count(this.#assumptions, assumption);
    this.#countGaps(decision);
  }

  /** SKUs with estimated facts, those on which most money rests first. */
  gaps(): Gap[] {
    return [...this.#gaps]
      .map(([sku, gap]) => ({ sku, ...gap }))
      .sort((a, b) => b.costMinor - a.costMinor || (a.sku < b.sku ? -1 : 1));
  }

  /** The summary; `ordersPerSecond` only where timings are wanted. */
  finish(aside: SetAside, ordersPerSecond?: number): Summary {
    const total = sellerCost(this.#costs);
    const cancelled = this.#cancelled;
    return {
      currency: this.#currency,
      orders: this.#orders,
      parcels: this.#parcels,
      lines: {
        in: this.#planned + cancelled + aside.refused + aside.shipped,
        planned: this.#planned,
        cancelled,
        refused: aside.refused,
        shipped: aside.shipped,
      },
      costs: costsText(this.#costs, this.#currency),
      sellerCost: formatMinor(total, this.#currency),
      modes: { ...this.#modes },
      lateShare: share(this.#late, this.#promised),
      bound: formatMinor(this.#bound, this.#currency),
      gap: share(total - this.#bound, this.#bound),
      holds: sorted(this.#holds),
      assumptions: sorted(
        aside.withoutOffset === 0
          ? this.#assumptions
          : new Map([...this.#assumptions, ['time-without-offset', aside.withoutOffset]]),
      ),
      estimates: {
        skus: this.#gaps.size,
        orders: this.#estimatedOrders,
        shareOfCost: share(this.#estimatedCost, total),
      },
      ...(ordersPerSecond === undefined ? {} : { ordersPerSecond: Math.round(ordersPerSecond) }),
    };
  }

  #countLines(order: Order): void {
    for (const line of order.lines) {
      if (line.cancelled) this.#cancelled += 1;
      else this.#planned += 1;
    }
  }

  #countGaps({ basket, costs }: Decision): void {
    const units = basket.lines.reduce((sum, line) => sum + line.quantity, 0);
    const cost = sellerCost(costs);
    let touched = false;
    for (const { item, quantity } of basket.lines) {
      if (item.estimated.length === 0) continue;
      touched = true;
      const gap = this.#gaps.get(item.sku) ?? { missing: item.estimated, orders: 0, units: 0, costMinor: 0 };
      gap.orders += 1;
      gap.units += quantity;
      gap.costMinor += Math.round((cost * quantity) / units);
      this.#gaps.set(item.sku, gap);
    }
    if (!touched) return;
    this.#estimatedOrders += 1;
    this.#estimatedCost += cost;
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** A share to six decimals; zero of nothing. */
const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6);

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
