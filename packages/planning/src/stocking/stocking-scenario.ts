import type { Scenario } from '@crossparcel/demand';
import type { Law } from '@crossparcel/trade';
import {
  type DayNumber,
  dayOfInstant,
  type Fault,
  fail,
  formatDay,
  type Identifier,
  type Item,
  minorDigits,
  type Order,
  ok,
  type Result,
  volumeMm3,
} from '@crossparcel/units';
import type { Facility, Network } from '../network/network.ts';
import { type StockingCost, StockingCosts } from './stocking-costs.ts';

const DAYS_PER_WEEK = 7;
/** Latest orders of a SKU at a facility whose costs are averaged. */
const SAMPLE = 3;
/** Digits of a postal code that tell warehouses apart: the zone tables of carriers go by them. */
const PREFIX = 3;
/** Bulk arrives by then in nine cases of ten. */
const LEAD_LEVEL = 0.9;
const DECIMALS = 6;

/** What is on its way into stock. */
export interface InTransit {
  readonly facility: Identifier;
  readonly sku: Identifier;
  readonly quantity: number;
  readonly arrives: DayNumber;
}

/** What a scenario is made from. */
export interface StockingBook {
  readonly orders: readonly Order[];
  itemOf(sku: Identifier): Item;
  stockOf(facility: Identifier, sku: Identifier): number;
  readonly inTransit: readonly InTransit[];
}

/** When it is decided, for how many weeks of sales, and under which day's law where not the orders' own. */
export interface StockingTime {
  readonly day: DayNumber;
  readonly weeksLeft: number;
  readonly lawAt?: DayNumber | undefined;
}

/** A facility with SKUs that cannot be weighed: how many, the first of them, and why that one cannot. */
export interface LeftOut {
  readonly facility: Identifier;
  readonly skus: number;
  readonly sku: Identifier;
  readonly why: string;
}

/** The question of what to stock where, and what had to be left out of it. */
export interface Stocking {
  readonly scenario: Scenario;
  readonly leftOut: readonly LeftOut[];
}

interface Sold {
  readonly facility: Facility;
  readonly item: Item;
  readonly weeks: Float64Array;
  /** Latest orders of one unit to where buyers were, the last first. */
  readonly sample: Order[];
}

/**
 * Makes the question of what to stock where out of an order book: what each warehouse abroad would have shipped a week,
 * and what a unit costs by each way. A buyer whom several warehouses may serve counts for the one from which the last mile
 * is cheapest. Fails when no order came before the day, or no warehouse can be stocked.
 */
export class StockingScenario {
  readonly #network: Network;
  readonly #costs: StockingCosts;
  readonly #book: StockingBook;
  readonly #time: StockingTime;
  readonly #nearest = new Map<string, Facility>();
  readonly #coming: ReadonlyMap<string, readonly InTransit[]>;

  constructor(network: Network, law: Law, book: StockingBook, time: StockingTime) {
    this.#network = network;
    this.#costs = new StockingCosts(network, law, time.lawAt);
    this.#book = book;
    this.#time = time;
    this.#coming = Map.groupBy(book.inTransit, ({ facility, sku }) => placeKey(facility, sku));
  }

  /** `onProgress` is told how many of all SKUs at facilities are done. */
  make(onProgress: (done: number, all: number) => void = () => undefined): Result<Stocking, Fault> {
    const { day, weeksLeft } = this.#time;
    const sold = this.#sold();
    if (sold.length === 0) return fail(NO_ORDERS);
    const leads = this.#leads();
    const leftOut = new Map<Identifier, LeftOut>();
    const skus = sold.flatMap((one, index): Scenario['skus'] => {
      onProgress(index + 1, sold.length);
      const cost = this.#costs.of(one.facility, one.item, one.sample);
      const modes = cost.ok ? cost.value.modes.filter(({ replenishment: { id } }) => leads.has(id)) : [];
      if (cost.ok && modes.length > 0) return [this.#sku(one, { ...cost.value, modes })];
      const why = cost.ok ? 'no way of bringing stock there has lead days and a duty' : cost.error;
      const facility = one.facility.id;
      const { skus: before, ...first } = leftOut.get(facility) ?? { skus: 0, facility, sku: one.item.sku, why };
      leftOut.set(facility, { ...first, skus: before + 1 });
      return [];
    });
    if (skus.length === 0) return fail(noWay([...leftOut.values()][0]));
    const scenario: Scenario = {
      at: formatDay(day),
      currency: this.#network.currency,
      period: 'week',
      periodsLeft: weeksLeft,
      modes: [...leads].map(([id, leadPeriods]) => ({ id, leadPeriods })),
      skus,
    };
    return ok({ scenario, leftOut: [...leftOut.values()] });
  }

  /** Whole weeks from order to shelf by way of bringing stock. */
  #leads(): Map<string, number> {
    const leads = new Map<string, number>();
    for (const { replenishments } of this.#network.facilities.values()) {
      for (const { id, leadDays } of replenishments) {
        if (leadDays) leads.set(id, Math.ceil(leadDays.quantile(LEAD_LEVEL) / DAYS_PER_WEEK));
      }
    }
    return leads;
  }

  /** Units sold a week by SKU and the facility that would have shipped them, up to the day. */
  #sold(): Sold[] {
    const { day } = this.#time;
    const dated = this.#book.orders
      .map((order) => ({ order, placed: dayOfInstant(order.placedAt) }))
      .filter(({ placed }) => placed < day);
    const first = dated.reduce((least, { placed }) => Math.min(least, placed), day);
    const weeks = Math.ceil((day - first) / DAYS_PER_WEEK);
    const sold = new Map<string, Sold>();
    for (const { order, placed } of dated) {
      for (const line of order.lines) {
        if (line.cancelled) continue;
        const item = this.#book.itemOf(line.sku);
        const single = { ...order, lines: [{ ...line, quantity: 1 }], holds: [] };
        const facility = this.#facilityFor(item, single);
        if (!facility) continue;
        const key = placeKey(facility.id, item.sku);
        const one = sold.get(key) ?? { facility, item, weeks: new Float64Array(weeks), sample: [] };
        sold.set(key, one);
        const week = weeks - 1 - Math.floor((day - 1 - placed) / DAYS_PER_WEEK);
        one.weeks[week] = (one.weeks[week] as number) + line.quantity;
        one.sample.unshift(single);
        one.sample.length = Math.min(one.sample.length, SAMPLE);
      }
    }
    return [...sold.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  #facilityFor(item: Item, order: Order): Facility | undefined {
    const { country, postalPrefix = '' } = order.destination;
    const serving = [...this.#network.facilities.values()].filter(
      ({ kind, serves, replenishments }) => kind === 'stock' && serves.has(country) && replenishments.length > 0,
    );
    const [only] = serving;
    if (serving.length < 2) return only;
    const key = `${country}|${postalPrefix.slice(0, PREFIX)}`;
    const known = this.#nearest.get(key);
    if (known) return known;
    const priced = serving.flatMap((facility) => {
      const cost = this.#costs.shippedFrom(facility, item, order);
      return cost.ok ? [{ facility, cost: cost.value }] : [];
    });
    const nearest = priced.sort((a, b) => a.cost - b.cost)[0]?.facility;
    if (nearest) this.#nearest.set(key, nearest);
    return nearest ?? only;
  }

  #sku({ facility, item, weeks }: Sold, cost: StockingCost): Scenario['skus'][number] {
    const modes = cost.modes.map(({ replenishment, perUnit, perOrder }) => [
      replenishment.id,
      { perUnit: this.#amount(perUnit), perOrder: this.#amount(perOrder) },
    ]);
    return {
      sku: item.sku,
      facility: facility.id,
      history: [...weeks],
      stock: this.#book.stockOf(facility.id, item.sku),
      inTransit: this.#inTransit(facility.id, item.sku),
      massGrams: item.massGrams,
      volumeMm3: volumeMm3(item.size),
      costs: {
        direct: this.#amount(cost.direct),
        holdingPerPeriod: this.#amount(cost.holdingPerWeek),
        leftover: this.#amount(cost.leftover),
        ...Object.fromEntries(modes),
      } as Scenario['skus'][number]['costs'],
    };
  }

  #inTransit(facility: Identifier, sku: Identifier): Scenario['skus'][number]['inTransit'] {
    return (this.#coming.get(placeKey(facility, sku)) ?? []).map(({ arrives, quantity }) => ({
      arrivesInPeriods: Math.max(0, Math.ceil((arrives - this.#time.day) / DAYS_PER_WEEK)),
      quantity,
    }));
  }

  #amount(minor: number): string {
    return (minor / 10 ** minorDigits(this.#network.currency)).toFixed(DECIMALS);
  }
}

const placeKey = (facility: Identifier, sku: Identifier): string => JSON.stringify([facility, sku]);
const keyOf = ({ facility, item }: Sold): string => `${facility.id}|${item.sku}`;

const NO_ORDERS: Fault = {
  code: 'no-orders',
  what: 'no order before the day went to a country with a warehouse',
  mend: 'give orders from before it, or a network with stock where they went',
};
const noWay = (first: LeftOut | undefined): Fault => ({
  code: 'no-way',
  what: `no SKU can be stocked anywhere${first ? `; ${first.sku} at ${first.facility}: ${first.why}` : ''}`,
  mend: 'give the network `replenishment` with `leadDays` for its warehouses, and the SKUs a heading whose duty is on file',
});
