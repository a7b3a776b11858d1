import { formatDay, parseDay } from '@crossparcel/units';
import { amountText } from './amount-text.ts';
import { type Assessment, assess, TotalGrids, type UnitRange, unitRange } from './assessment.ts';
import type { CountGrid } from './count-grid.ts';
import type { Order } from './decision.ts';
import type { Outlook, StockItem } from './item.ts';
import type { Proposal, Scenario } from './scenario.ts';
import type { ScenarioItem } from './scenario-items.ts';

const DAYS = { week: 7, day: 1 } as const;

/** Where a move takes from, and what the units would have saved there. */
interface Source {
  readonly facility: string;
  readonly missed: number;
}

const less = (assessment: Assessment, missed: number): Assessment => ({
  ...assessment,
  saving: assessment.saving - missed,
  low: assessment.low + missed,
  high: assessment.high + missed,
});

/** Writes decisions as proposals, with their reasons in words. */
export class ProposalWriter {
  readonly #scenario: Scenario;
  readonly #grid: CountGrid;
  readonly #totals: TotalGrids;

  constructor(scenario: Scenario, grid: CountGrid, dispersion: number) {
    this.#scenario = scenario;
    this.#grid = grid;
    this.#totals = new TotalGrids(dispersion);
  }

  /** An order of an item that stands as it did before the order. */
  order(entry: ScenarioItem, item: StockItem, order: Order, outlook: Outlook, from?: Source): Proposal {
    const assessment = less(assess(item, outlook, order, this.#grid), from?.missed ?? 0);
    const demand = unitRange(outlook, order.mode.lead, this.#totals);
    return {
      sku: entry.record.sku,
      facility: entry.record.facility,
      mode: order.mode.id,
      ...(from !== undefined && { from: from.facility }),
      quantity: order.quantity,
      reason: this.#why(item, order, assessment, demand, from),
      saving: this.#money(assessment.saving),
      decideBy: this.#day(assessment.slack),
      demand,
      worstCase: { low: this.#money(assessment.low), high: this.#money(assessment.high) },
    };
  }

  /** An item of which nothing is ordered now; `why` stands in for the reason that follows from its costs. */
  direct({ record, item }: ScenarioItem, outlook: Outlook | undefined, why?: string): Proposal {
    const again = this.#lookAgain(item);
    const demand = outlook ? unitRange(outlook, 0, this.#totals) : null;
    const reason = why ?? this.#whyDirect(item, demand, again);
    return {
      sku: record.sku,
      facility: record.facility,
      mode: 'direct',
      quantity: 0,
      reason,
      saving: this.#money(0),
      decideBy: again,
      demand,
      worstCase: null,
    };
  }

  #why(
    { horizon, costs }: StockItem,
    { mode, quantity }: Order,
    { saving, low, high }: Assessment,
    demand: UnitRange,
    from: Source | undefined,
  ): string {
    const weeks = horizon - mode.lead;
    const way = from === undefined ? `by ${mode.id}` : `from ${from.facility}`;
    const charge = mode.perOrder > 0 ? ` and ${this.#price(mode.perOrder)} an order` : '';
    return (
      `${quantity} ${way} at ${this.#price(mode.perUnit)} a unit${charge} against ${this.#price(costs.direct)} direct; ` +
      `${this.#range(demand)} expected in the ${this.#periods(weeks)} from arrival; ` +
      `a unit left over loses ${this.#price(mode.perUnit + costs.leftover)}; ` +
      `saves ${this.#money(saving)} on average, ${this.#turn(low)} if demand is low, ${this.#turn(high)} if high`
    );
  }

  #whyDirect({ horizon, start, costs }: StockItem, demand: UnitRange | null, again: string | null): string {
    if (costs.modes.length === 0) return 'direct: costs are given for no other mode';
    if (costs.modes.every(({ perUnit }) => perUnit >= costs.direct))
      return `direct: no mode brings a unit for less than ${this.#price(costs.direct)}`;
    if (again === null) return 'direct: nothing ordered now would arrive before the season is over';
    if (demand === null) return `direct: never sold yet, so nothing tells how much would be; look again on ${again}`;
    const leads = costs.modes.map(({ lead }) => lead);
    if (start > Math.max(...leads))
      return `direct for now: the slowest mode takes ${this.#periods(Math.max(...leads))} and demand starts in ${this.#periods(start)}; decide on ${again}`;
    const soonest = Math.min(...costs.modes.map(({ perUnit }) => perUnit));
    return (
      `direct for now: ${this.#range(demand)} expected in the ${this.#periods(horizon - start)} left, and what is there and on its way included, ` +
      `saving ${this.#price(costs.direct - soonest)} a unit at most does not outweigh the charge of an order, holding, ` +
      `and ${this.#price(soonest + costs.leftover)} lost for a unit left over; look again on ${again}`
    );
  }

  /** The day on which an order not worth placing now is to be thought over again. */
  #lookAgain({ horizon, start, costs }: StockItem): string | null {
    const leads = costs.modes.filter(({ perUnit }) => perUnit < costs.direct).map(({ lead }) => lead);
    if (leads.length === 0 || Math.min(...leads) + 1 >= horizon) return null;
    return this.#day(Math.max(1, start - Math.max(...leads)));
  }

  #day(periods: number): string {
    const at = parseDay(this.#scenario.at.slice(0, 10)) ?? 0;
    return formatDay(at + periods * DAYS[this.#scenario.period]);
  }

  #periods(count: number): string {
    return `${count} ${this.#scenario.period}${count === 1 ? '' : 's'}`;
  }

  #range({ low, median, high }: UnitRange): string {
    return `${median} units (${low} to ${high} nine times in ten)`;
  }

  #turn(change: number): string {
    return change > 0 ? `loses ${this.#money(change)}` : `saves ${this.#money(-change)}`;
  }

  #money(amount: number): string {
    return amountText(amount, this.#scenario.currency);
  }

  /** A price a unit, which may be finer than a minor unit. */
  #price(amount: number): string {
    return `${Number(amount.toFixed(4))} ${this.#scenario.currency}`;
  }
}
