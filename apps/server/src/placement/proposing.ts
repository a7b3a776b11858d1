import type { ItemSubmission, PlacementWish, StockRow } from '@crossparcel/api';
import { type Proposal, place, placementSums, type Scenario } from '@crossparcel/demand';
import { Stock, StockingScenario } from '@crossparcel/planning';
import { type Fault, type Order, ok, parseDay, type Result } from '@crossparcel/units';
import type { Atlas } from '../plans/atlas.ts';
import { catalogueOf } from '../plans/planning-input.ts';
import type { Coming, FinishedPlacement, TimedProposal } from './store.ts';

/** What a placement is made from; it crosses between threads as it is. */
export interface PlacementGround {
  /** The day of the decision, YYYY-MM-DD. */
  readonly day: string;
  readonly wish: PlacementWish;
  readonly orders: readonly Order[];
  readonly items: readonly ItemSubmission[];
  readonly stock: readonly StockRow[];
  /** Units that were ordered after earlier placements and should arrive later than the day. */
  readonly ordered: readonly Coming[];
}

const scenarioMaker = (
  atlas: Atlas,
  { day, wish, orders, items, stock, ordered }: PlacementGround,
): StockingScenario => {
  const catalogue = catalogueOf(atlas, items, orders);
  const onHand = new Stock();
  for (const { facility, sku, quantity } of stock) onHand.add(facility, sku, quantity);
  const book = {
    orders,
    itemOf: (sku: string) => catalogue.item(sku),
    stockOf: (facility: string, sku: string) => onHand.onHand(facility, sku),
    inTransit: [...wish.inTransit, ...ordered].map((one) => ({ ...one, arrives: dayNumber(one.arrives) })),
  };
  return new StockingScenario(atlas.network(), atlas.law(), book, { day: dayNumber(day), weeksLeft: wish.weeks });
};

const dayNumber = (day: string): number => parseDay(day) ?? Number.NaN;

const DAYS_A_WEEK = 7;

/** The largest saving first; what goes on being shipped direct comes last. */
const ranked = ({ modes }: Scenario, proposals: readonly Proposal[]): TimedProposal[] => {
  const leads = new Map(modes.map(({ id, leadPeriods }) => [id, leadPeriods * DAYS_A_WEEK]));
  const name = ({ sku, facility, mode }: Proposal) => JSON.stringify([sku, facility, mode]);
  return [...proposals]
    .sort((a, b) => Number(b.saving) - Number(a.saving) || b.quantity - a.quantity || (name(a) < name(b) ? -1 : 1))
    .map((record) => ({ record, leadDays: record.quantity > 0 ? (leads.get(record.mode) ?? null) : null }));
};

/** Says what to stock where, by the orders and the stock so far; or what of them does not allow it. */
export const proposalsOn = async (atlas: Atlas, ground: PlacementGround): Promise<Result<FinishedPlacement, Fault>> => {
  const made = scenarioMaker(atlas, ground).make();
  if (!made.ok) return made;
  const { limits } = ground.wish;
  const scenario = { ...made.value.scenario, ...(limits && { limits }) };
  const placed = await place(scenario, atlas.placementModels());
  if (!placed.ok) return placed;
  return ok({
    summary: { ...placementSums(scenario, placed.value), leftOut: [...made.value.leftOut] },
    proposals: ranked(scenario, placed.value.proposals),
  });
};
