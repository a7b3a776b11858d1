import {
  applyRatio,
  type Costs,
  dayOfInstant,
  type Hold,
  type Item,
  minorOfNanos,
  type Order,
  sellerCost,
  zeroCosts,
} from '@crossparcel/units';
import { type Basket, basketOf } from './basket.ts';
import { lawDayOf } from './options/customs.ts';
import { considerLane } from './options/direct.ts';
import { considerStock } from './options/local.ts';
import type { Closed, Option } from './options/option.ts';
import type { Task, World } from './options/world.ts';

/** How an order is to be filled, or why it is held, and what else was weighed. */
export interface Decision {
  readonly order: Order;
  readonly basket: Basket;
  /** Undefined when the order is held. */
  readonly chosen: Option | undefined;
  /** Other open ways, cheapest first. */
  readonly losers: readonly Option[];
  readonly closed: readonly Closed[];
  readonly holds: readonly Hold[];
  readonly costs: Costs;
  /** The least that the order could cost the seller if it were the only one. */
  readonly bound: number;
  /** End of the last day on which delivery is on time, as a day number; undefined for a country without a promise. */
  readonly due: number | undefined;
}

/**
 * Decides orders one by one, each at the least cost to the seller of all ways that are open to it: every lane that
 * serves its country, on the first departure with room, and every warehouse there that has all of it. What it takes is
 * gone for the orders after it. This is the greedy, myopic method: simple, correct, and the yardstick of better ones.
 */
export class Planner {
  readonly #world: World;
  readonly #itemOf: (sku: string) => Item;

  constructor(world: World, itemOf: (sku: string) => Item) {
    this.#world = world;
    this.#itemOf = itemOf;
  }

  /** Decides one order and takes what it needs. Orders come in the order in which they were placed. */
  decide(order: Order): Decision {
    const { network } = this.#world;
    const basket = basketOf(order, this.#itemOf, network);
    const promise = network.service.promiseDays.get(order.destination.country);
    const due = promise === undefined ? undefined : dayOfInstant(order.placedAt) + promise;
    const holds = basket.lines.length === 0 ? [CANCELLED] : order.holds;
    if (holds.length > 0) return this.#held(order, basket, due, holds, zeroCosts(), [], 0);
    const task: Task = { order, basket, due: due ?? Number.POSITIVE_INFINITY };
    const { open, closed } = this.#consider(task);
    const [chosen, ...losers] = open;
    const alone = [...open.map((option) => option.costAlone), ...closed.flatMap((one) => one.costAlone ?? [])];
    if (!chosen) {
      const costs = { ...zeroCosts(), lateness: this.#heldPenalty(basket) };
      return this.#held(order, basket, due, [noWay(order, closed)], costs, closed, Math.min(costs.lateness, ...alone));
    }
    this.#take(chosen, task);
    const bound = Math.min(sellerCost(chosen.costs), ...alone);
    return { order, basket, chosen, losers, closed, holds: [], costs: chosen.costs, bound, due };
  }

  #consider(task: Task): { open: Option[]; closed: Closed[] } {
    const { network } = this.#world;
    const open: Option[] = [];
    const closed: Closed[] = [];
    for (const facility of network.facilities.values()) {
      if (facility.kind !== 'stock') continue;
      const considered = considerStock(this.#world, task, facility);
      if (considered?.open) open.push(considered.option);
      else if (considered) closed.push(considered.closed);
    }
    for (const lane of network.lanes) {
      if (!lane.markets.has(task.order.destination.country)) continue;
      const considered = considerLane(this.#world, task, lane);
      if (considered.open) open.push(considered.option);
      else closed.push(considered.closed);
    }
    open.sort(byCostToSeller);
    return { open, closed };
  }

  #take(option: Option, task: Task): void {
    const { network, stock, departures, facilityDays, consigneeDays } = this.#world;
    const { order, basket } = task;
    const facility = network.facilities.get(option.facility);
    if (facility) facilityDays.take(facility, option.despatch);
    if (option.mode === 'local') {
      stock.take(option.facility, basket.lines);
      return;
    }
    consigneeDays.add(order, lawDayOf(this.#world, task, order.destination.country), basket.valueMinor);
    const lane = network.lanes.find((one) => one.id === option.service);
    for (const parcel of option.parcels) {
      const [leg] = parcel.legs;
      if (lane && leg) departures.take(lane, leg.departs, parcel.grossGrams);
    }
  }

  #heldPenalty(basket: Basket): number {
    const { currency, service } = this.#world.network;
    const { minimum, shareOfValue } = service.held;
    return Math.max(minorOfNanos(minimum, currency), applyRatio(basket.valueMinor, shareOfValue));
  }

  #held(
    order: Order,
    basket: Basket,
    due: number | undefined,
    holds: readonly Hold[],
    costs: Costs,
    closed: readonly Closed[],
    bound: number,
  ): Decision {
    return { order, basket, chosen: undefined, losers: [], closed, holds, costs, bound, due };
  }
}

const CANCELLED: Hold = { code: 'cancelled', why: 'every line is cancelled', mend: 'nothing to do' };

const byCostToSeller = (a: Option, b: Option): number =>
  sellerCost(a.costs) - sellerCost(b.costs) ||
  Number(a.mode === 'direct') - Number(b.mode === 'direct') ||
  (a.service < b.service ? -1 : 1);

const noWay = (order: Order, closed: readonly Closed[]): Hold => {
  const { country } = order.destination;
  if (closed.length === 0) {
    return { code: 'no-lane', why: `no lane and no warehouse serves ${country}`, mend: 'add a lane to the network' };
  }
  const why = [...new Set(closed.map((one) => one.why))].join('; ');
  return { code: 'no-way', why, mend: 'add a lane or stock that takes these goods, or change the goods data' };
};
