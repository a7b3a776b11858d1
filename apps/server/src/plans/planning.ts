import { setImmediate } from 'node:timers/promises';
import type { ItemSubmission } from '@crossparcel/api';
import { openWorld, Planner, PlanSummary, planRecord, Stock } from '@crossparcel/planning';
import { formatMinor, type Order, sellerCost } from '@crossparcel/units';
import { allItems, allStock } from '../catalogue/store.ts';
import type { Database } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { workOff } from '../jobs/claims.ts';
import type { Atlas } from './atlas.ts';
import { catalogueOf, orderOf } from './planning-input.ts';
import { type FinishedPlan, finishPlan, waitingOrders } from './store.ts';

/** Orders planned before others get their turn in this process. */
const BREATH = 25;

/** What a plan starts from. */
interface Ground {
  readonly orders: readonly Order[];
  readonly items: readonly ItemSubmission[];
  readonly stock: Stock;
}

const readGround = (database: Database, tenant: Required<Tenant>): Promise<Ground> =>
  asTenant(database, tenant, async (sql) => {
    const stock = new Stock();
    for (const { facility, sku, quantity } of await allStock(sql)) stock.add(facility, sku, quantity);
    return { orders: (await waitingOrders(sql)).map(orderOf), items: await allItems(sql), stock };
  });

const planOn = async (atlas: Atlas, ground: Ground, onProgress: Progress): Promise<FinishedPlan> => {
  const network = atlas.network();
  const { currency } = network;
  const catalogue = catalogueOf(atlas, ground.items, ground.orders);
  const planner = new Planner(openWorld(network, atlas.law(), ground.stock), (sku) => catalogue.item(sku));
  const summary = new PlanSummary(currency);
  const decisions: FinishedPlan['decisions'][number][] = [];
  for (const order of ground.orders) {
    const decision = planner.decide(order);
    summary.add(decision);
    decisions.push({
      order_id: order.id,
      cost: formatMinor(sellerCost(decision.costs), currency),
      record: planRecord(decision, currency),
    });
    if (decisions.length % BREATH !== 0) continue;
    onProgress(decisions.length, ground.orders.length);
    await setImmediate();
  }
  onProgress(decisions.length, ground.orders.length);
  const aside = { refused: 0, shipped: 0, withoutOffset: 0 };
  return { currency, summary: summary.finish(aside, undefined), decisions };
};

type Progress = (done: number, all: number) => void;

/**
 * Makes the plans that were asked for, one after another; gives how many. A process that dies on the way leaves a plan
 * that is made anew when its claim has run out. The plan appears whole or not at all.
 */
export const makePlans = (database: Database, atlas: Atlas, onProgress: Progress = () => undefined): Promise<number> =>
  workOff(database, 'plans', async ({ id, tenant }) => {
    const finished = await planOn(atlas, await readGround(database, tenant), onProgress);
    await asTenant(database, tenant, (sql) => finishPlan(sql, tenant, id, finished));
  });
