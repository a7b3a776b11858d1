import type { Law } from '@crossparcel/trade';
import {
  applyRatio,
  type DayNumber,
  fail,
  type Item,
  minorOfNanos,
  type Nanos,
  type Order,
  ok,
  type Result,
  scaleNanos,
  sellerCost,
  volumeMm3,
} from '@crossparcel/units';
import { basketOf } from '../basket.ts';
import type { Facility, Network, Replenishment } from '../network/network.ts';
import { assessStock } from '../options/customs.ts';
import { considerStock } from '../options/local.ts';
import { Stock } from '../options/stock.ts';
import { openWorld, type Task } from '../options/world.ts';
import { Planner } from '../planner.ts';

/** Units on which freight and duty of stock are computed, so that rounding to minor units does not count. */
const BATCH = 100;
const MM3_PER_M3 = 1_000_000_000;
const MM3_PER_LITRE = 1_000_000;
const DAYS_PER_YEAR = 365;

/** What a unit costs the seller in all by one way of stocking it, and what each order of the SKU costs beside. */
interface StockedCost {
  readonly replenishment: Replenishment;
  readonly perUnit: number;
  readonly perOrder: number;
}

/** Costs of a SKU at a facility, in minor units (with fractions) of the network's currency. */
export interface StockingCost {
  /** A unit sent to the buyer across the border, lateness included. */
  readonly direct: number;
  readonly modes: readonly StockedCost[];
  /** A unit on the shelf for a week: storage, and the capital that it binds. */
  readonly holdingPerWeek: number;
  /** A unit that is left over. */
  readonly leftover: number;
}

/**
 * What stocking a SKU abroad costs against sending it direct: the planner's own costs of orders for one unit to where
 * buyers were, with bulk freight and the duty on the transfer value by each way of bringing stock.
 */
export class StockingCosts {
  readonly #network: Network;
  readonly #law: Law;
  readonly #lawAt: DayNumber | undefined;

  constructor(network: Network, law: Law, lawAt?: DayNumber) {
    this.#network = network;
    this.#law = law;
    this.#lawAt = lawAt;
  }

  /** Cost of filling an order from stock without what the stock itself cost, or why the facility cannot. */
  shippedFrom(facility: Facility, item: Item, order: Order): Result<number, string> {
    const stock = new Stock();
    stock.add(facility.id, item.sku, Number.MAX_SAFE_INTEGER);
    const considered = considerStock(this.#world(stock), this.#task(item, order), facility);
    if (!considered) return fail(`${facility.id} does not serve ${order.destination.country}`);
    if (!considered.open) return fail(considered.closed.why);
    const { costs } = considered.option;
    return ok(sellerCost(costs) - costs.stock);
  }

  /** Mean costs over orders of one unit, or why none of them can be filled from the facility. */
  of(facility: Facility, item: Item, orders: readonly Order[]): Result<StockingCost, string> {
    const filled: { order: Order; local: number }[] = [];
    let why = 'no order was given';
    for (const order of orders) {
      const local = this.shippedFrom(facility, item, order);
      if (local.ok) filled.push({ order, local: local.value });
      else why = local.error;
    }
    const [first] = filled;
    if (!first) return fail(why);
    const local = filled.reduce((sum, one) => sum + one.local, 0) / filled.length;
    const direct = filled.reduce((sum, { order }) => sum + this.#direct(item, order), 0) / filled.length;
    const modes = facility.replenishments.flatMap((replenishment): StockedCost[] => {
      const brought = this.#brought(facility, item, first.order, replenishment);
      if (brought === undefined) return [];
      const perOrder = this.#minor(replenishment.perShipment) / this.#network.stockValuation.skusPerShipment;
      return [{ replenishment, perUnit: local + brought, perOrder }];
    });
    return ok({ direct, modes, ...this.#keeping(facility, item) });
  }

  #world(stock: Stock) {
    return openWorld(this.#network, this.#law, stock, this.#lawAt);
  }

  #task(item: Item, order: Order): Task {
    return { order, basket: basketOf(order, () => item, this.#network), due: this.#due(order) };
  }

  #due({ destination, placedAt }: Order): number {
    const promise = this.#network.service.promiseDays.get(destination.country);
    const day = this.#law.dayIn(destination.country, placedAt);
    return promise === undefined || day === undefined ? Number.POSITIVE_INFINITY : day + promise;
  }

  /** The cheapest way without stock, or what it costs to hold the order where there is none. */
  #direct(item: Item, order: Order): number {
    const decision = new Planner(this.#world(new Stock()), () => item).decide(order);
    return sellerCost(decision.costs);
  }

  /** Freight and duty of a unit brought into stock; undefined where the law of the market cannot be applied to it. */
  #brought(facility: Facility, item: Item, order: Order, replenishment: Replenishment): number | undefined {
    const volume = volumeMm3(item.size) * BATCH;
    const grams = item.massGrams * BATCH;
    const { perKg, perM3, mm3PerGram } = replenishment;
    const charged = mm3PerGram === undefined ? grams : Math.max(grams, volume / mm3PerGram);
    const freight = this.#minor(
      Math.max(scaleNanos(perKg, Math.round(charged), 1000), scaleNanos(perM3, volume, MM3_PER_M3)),
    );
    const valueMinor = applyRatio(this.#value(item) * BATCH, this.#network.importValueShare);
    const contents = [{ item, quantity: BATCH, valueMinor }];
    const task = this.#task(item, order);
    const bill = assessStock(this.#world(new Stock()), task, facility.country, item.origin, freight, contents);
    return bill.ok ? (freight + bill.value.assessment.dutyMinor) / BATCH : undefined;
  }

  #keeping(facility: Facility, item: Item): Pick<StockingCost, 'holdingPerWeek' | 'leftover'> {
    const { capitalPerYear, writeDown } = this.#network.stockValuation;
    const value = applyRatio(this.#value(item) * BATCH, this.#network.importValueShare);
    const storage = this.#minor(
      scaleNanos(facility.storagePerLitreDay * 7 * BATCH, volumeMm3(item.size), MM3_PER_LITRE),
    );
    const capital = (applyRatio(value, capitalPerYear) * 7) / DAYS_PER_YEAR;
    return { holdingPerWeek: (storage + capital) / BATCH, leftover: applyRatio(value, writeDown) / BATCH };
  }

  #value({ value }: Item): number {
    return this.#network.rates.convertMinor(value.minor, value.currency, this.#network.currency);
  }

  #minor(nanos: Nanos): number {
    return minorOfNanos(nanos, this.#network.currency);
  }
}
