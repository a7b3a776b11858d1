import type { Fault, Result } from '@crossparcel/units';
import { fail, ok } from '@crossparcel/units';
import type { Order } from './decision.ts';
import type { Mode, StockItem } from './item.ts';
import { type Limited, placeWithin } from './limits.ts';
import { bestMove } from './moves.ts';
import { type PlacementModels, Placer } from './placer.ts';
import { ProposalWriter } from './proposal-writer.ts';
import type { Proposal, Scenario } from './scenario.ts';
import { type ScenarioItem, scenarioItems } from './scenario-items.ts';

/** Proposals for all items of a scenario, and how good they are where limits bind them together. */
export interface Placement {
  readonly proposals: readonly Proposal[];
  readonly limited?: Limited;
}

interface Entry extends ScenarioItem {
  /** The item as it stands after the moves and orders so far. */
  now: StockItem;
  readonly proposals: Proposal[];
}

const withArrival = (item: StockItem, at: number, quantity: number): StockItem => {
  const arrivals = Float64Array.from(item.arrivals);
  arrivals[at] = (arrivals[at] as number) + quantity;
  return { ...item, arrivals };
};

const PERIODS_A_WEEK = { week: 1, day: 7 } as const;

/** Decides a scenario: moves between facilities first, then orders, within the limits when there are any. */
class ScenarioPlacement {
  readonly #scenario: Scenario;
  readonly #entries: readonly Entry[];
  readonly #placer: Placer;
  readonly #writer: ProposalWriter;

  constructor(scenario: Scenario, items: readonly ScenarioItem[], models: PlacementModels) {
    this.#scenario = scenario;
    this.#entries = items.map((entry) => ({ ...entry, now: entry.item, proposals: [] }));
    this.#placer = new Placer(
      models,
      items.map(({ history }) => history),
      { scale: PERIODS_A_WEEK[scenario.period] },
    );
    this.#writer = new ProposalWriter(scenario, this.#placer.grid, models.rates.dispersion);
  }

  async decide(): Promise<Placement> {
    this.#move();
    const { limits } = this.#scenario;
    const limited = limits && (await placeWithin(this.#entries, limits, this.#placer));
    for (const [index, entry] of this.#entries.entries()) {
      const orders = limited
        ? (limited.orders[index] as readonly Order[])
        : this.#placer.orders(entry.now, entry.history);
      this.#propose(entry, orders, limited?.curbed.has(index) === true);
    }
    const proposals = this.#entries.flatMap((entry) => entry.proposals);
    return { proposals, ...(limited && { limited }) };
  }

  #propose(entry: Entry, orders: readonly Order[], curbed: boolean): void {
    for (const order of orders) {
      const outlook = this.#placer.outlook(entry.now, entry.history, order.mode.lead);
      if (!outlook) continue;
      const proposal = this.#writer.order(entry, entry.now, order, outlook);
      // The program sees quantities in steps and counts on later orders; alone, a small order may not be worth its charge.
      if (Number(proposal.saving) <= 0) continue;
      entry.proposals.push(proposal);
      entry.now = withArrival(entry.now, order.mode.lead, order.quantity);
    }
    if (entry.proposals.length > 0) return;
    const outlook = this.#placer.outlook(entry.now, entry.history, 0);
    const why = curbed ? 'direct: worth an order alone, but the limits leave room only for better ones' : undefined;
    entry.proposals.push(this.#writer.direct(entry, outlook, why));
  }

  #move(): void {
    const byPlace = new Map(
      this.#entries.map((entry) => [JSON.stringify([entry.record.sku, entry.record.facility]), entry]),
    );
    for (const { from, to, leadPeriods, perUnit, perOrder = '0' } of this.#scenario.moves ?? []) {
      const lane: Mode = { id: 'lateral', lead: leadPeriods, perUnit: Number(perUnit), perOrder: Number(perOrder) };
      for (const giver of this.#entries) {
        if (giver.record.facility !== from) continue;
        const taker = byPlace.get(JSON.stringify([giver.record.sku, to]));
        if (taker) this.#moveBetween(giver, taker, lane);
      }
    }
  }

  #moveBetween(giver: Entry, taker: Entry, lane: Mode): void {
    const giving = this.#placer.outlook(giver.now, giver.history, 0);
    const taking = this.#placer.outlook(taker.now, taker.history, lane.lead);
    if (!giving || !taking) return;
    const { grid, givenUp } = this.#placer;
    const sides = [
      { item: giver.now, outlook: giving },
      { item: taker.now, outlook: taking },
    ] as const;
    const { quantity, gain, missed } = bestMove(...sides, lane, { grid, givenUp });
    if (quantity === 0) return;
    const order: Order = { mode: lane, quantity, gain };
    taker.proposals.push(
      this.#writer.order(taker, taker.now, order, taking, { facility: giver.record.facility, missed }),
    );
    taker.now = withArrival(taker.now, lane.lead, quantity);
    giver.now = { ...giver.now, stock: giver.now.stock - quantity };
  }
}

/** Proposes what to stock where, how much and by which mode, or says what is wrong with the scenario. */
export const place = async (scenario: Scenario, models: PlacementModels): Promise<Result<Placement, Fault>> => {
  const items = scenarioItems(scenario);
  if (!items.ok) return fail(items.error);
  return ok(await new ScenarioPlacement(scenario, items.value, models).decide());
};
