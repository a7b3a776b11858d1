import { setImmediate } from 'node:timers/promises';
import type { ItemSubmission } from '@crossparcel/api';
import { openWorld, Planner, PlanSummary, planRecord, Stock } from '@crossparcel/planning';
import { formatMinor, type Order, sellerCost } from '@crossparcel/units';
import { allItems, allStock } from '../catalogue/store.ts';
import type { Database } from '../database/database.ts';
import { asKeeper, asTenant, type Tenant } from '../database/tenant.ts';
import type { Atlas } from './atlas.ts';
import { catalogueOf, orderOf } from './planning-input.ts';
import { type FinishedPlan, failPlan, finishPlan, waitingOrders } from './store.ts';

/** A plan that was claimed and not finished in this time is another worker's to make. */
const CLAIM_SECONDS = 600;
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

/** A plan that somebody asked for. */
interface AskedPlan {
  readonly id: string;
  readonly operator_id: string;
  readonly seller_id: string;
}

/** Claims the plan that has waited longest, unless another worker has it. */
const claim = (database: Database): Promise<AskedPlan | undefined> =>
  asKeeper(database, async (sql) => {
    const [row] = await sql.query<AskedPlan>(
      `UPDATE plans SET claimed_until = now() + make_interval(secs => $1)
       WHERE id = (SELECT id FROM plans WHERE state = 'running' AND (claimed_until IS NULL OR claimed_until < now())
         ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, operator_id, seller_id`,
      [CLAIM_SECONDS],
    );
    return row;
  });

/** Frees plans that a process claimed which is no more. */
export const freePlans = (database: Database): Promise<unknown> =>
  asKeeper(database, (sql) => sql.query("UPDATE plans SET claimed_until = NULL WHERE state = 'running'"));

/**
 * Makes the plans that were asked for, one after another; gives how many. A process that dies on the way leaves a plan
 * that is made anew when its claim has run out. The plan appears whole or not at all.
 */
export const makePlans = async (
  database: Database,
  atlas: Atlas,
  onProgress: Progress = () => undefined,
): Promise<number> => {
  for (let made = 0; ; made += 1) {
    const asked = await claim(database);
    if (!asked) return made;
    const tenant = { operator: asked.operator_id, seller: asked.seller_id };
    try {
      const finished = await planOn(atlas, await readGround(database, tenant), onProgress);
      await asTenant(database, tenant, (sql) => finishPlan(sql, tenant, asked.id, finished));
    } catch (error) {
      await asTenant(database, tenant, (sql) => failPlan(sql, asked.id));
      throw error;
    }
  }
};
