import type { DecisionAnswer, PlanAnswer } from '@crossparcel/api';
import type { PlanRecord, Summary } from '@crossparcel/planning';
import { formatInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import type { OrderContent } from '../orders/version.ts';
import { tell } from '../outbox/outbox.ts';

/** A plan as it is kept. */
export interface PlanRow {
  readonly id: string;
  readonly seller_id: string;
  readonly state: PlanAnswer['state'];
  readonly asked_at: Date;
  readonly ended_at: Date | null;
  readonly orders: number;
  readonly summary: Summary | null;
}

const COLUMNS = 'id, seller_id, state, asked_at, ended_at, orders, summary';

/** A plan as the interface shows it. */
export const planAnswer = (row: PlanRow): PlanAnswer => ({
  id: row.id,
  seller: row.seller_id,
  state: row.state,
  askedAt: formatInstant(row.asked_at.getTime()),
  ...(row.ended_at && { endedAt: formatInstant(row.ended_at.getTime()) }),
  orders: row.orders,
  ...(row.summary && { summary: row.summary }),
});

/** Asks for a plan; a worker makes it. */
export const askForPlan = async (sql: Sql, tenant: Required<Tenant>): Promise<PlanRow> => {
  const [row] = await sql.query<PlanRow>(
    `INSERT INTO plans (id, operator_id, seller_id, state) VALUES ($1, $2, $3, 'running') RETURNING ${COLUMNS}`,
    [newId(), tenant.operator, tenant.seller],
  );
  return row as PlanRow;
};

/** Plans, latest first. */
export const listPlans = (sql: Sql, before: string | undefined, limit: number): Promise<PlanRow[]> =>
  sql.query<PlanRow>(`SELECT ${COLUMNS} FROM plans WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`, [
    before ?? null,
    limit,
  ]);

/** One plan. */
export const findPlan = async (sql: Sql, id: string): Promise<PlanRow | undefined> => {
  const [row] = await sql.query<PlanRow>(`SELECT ${COLUMNS} FROM plans WHERE id = $1`, [id]);
  return row;
};

/** A decision as it is kept. */
export interface DecisionRow {
  readonly plan_id: string;
  readonly order_id: string;
  readonly cost: string;
  readonly currency: string;
  readonly record: PlanRecord;
}

const DECISION =
  'decisions.plan_id, decisions.order_id, decisions.cost::text AS cost, plans.currency, decisions.record';

/** A decision as the interface shows it. */
export const decisionAnswer = ({ plan_id: plan, currency, record }: DecisionRow): DecisionAnswer => ({
  ...record,
  plan,
  currency,
});

/** What the latest plan that is done decided for some orders. */
export const latestDecisions = (sql: Sql, orderIds: readonly string[]): Promise<DecisionRow[]> =>
  sql.query<DecisionRow>(
    `SELECT DISTINCT ON (decisions.order_id) ${DECISION} FROM decisions JOIN plans ON plans.id = decisions.plan_id
     WHERE decisions.order_id = ANY ($1::uuid[]) ORDER BY decisions.order_id, decisions.plan_id DESC`,
    [orderIds],
  );

/** Decisions of a plan, the dearest first, after a place (cost, order) in that order. */
export const listDecisions = (
  sql: Sql,
  plan: string,
  after: readonly string[] | undefined,
  limit: number,
): Promise<DecisionRow[]> =>
  sql.query<DecisionRow>(
    `SELECT ${DECISION} FROM decisions JOIN plans ON plans.id = decisions.plan_id
     WHERE decisions.plan_id = $1
       AND ($2::numeric IS NULL OR decisions.cost < $2 OR (decisions.cost = $2 AND decisions.order_id > $3::uuid))
     ORDER BY decisions.cost DESC, decisions.order_id LIMIT $4`,
    [plan, after?.[0] ?? null, after?.[1] ?? null, limit],
  );

/** An order as far as planning reads it. */
export interface PlannableOrder {
  readonly id: string;
  readonly content: OrderContent;
}

/** Orders that are ready and have no parcel. */
export const waitingOrders = (sql: Sql): Promise<PlannableOrder[]> =>
  sql.query<PlannableOrder>(
    `SELECT orders.id, orders.content FROM orders JOIN order_views ON order_views.order_id = orders.id
     WHERE order_views.state = 'ready' AND NOT EXISTS (SELECT FROM parcels WHERE parcels.order_id = orders.id)
     ORDER BY orders.placed_at, orders.id`,
  );

/** What a plan came to. */
export interface FinishedPlan {
  readonly currency: string;
  readonly summary: Summary;
  /** Cost to the seller in major units, and the record, by order. */
  readonly decisions: readonly { readonly order_id: string; readonly cost: string; readonly record: PlanRecord }[];
}

/** Keeps a plan that was made, with all its decisions. Nothing when another process was faster. */
export const finishPlan = async (
  sql: Sql,
  tenant: Required<Tenant>,
  id: string,
  { currency, summary, decisions }: FinishedPlan,
): Promise<void> => {
  const ended = await sql.query(
    `UPDATE plans SET state = 'done', ended_at = now(), orders = $2, currency = $3, summary = $4::jsonb
     WHERE id = $1 AND state = 'running' RETURNING id`,
    [id, decisions.length, currency, JSON.stringify(summary)],
  );
  if (ended.length === 0) return;
  await sql.query(
    `INSERT INTO decisions (plan_id, order_id, operator_id, seller_id, cost, record)
     SELECT $2, order_id, $3, $4, cost, record
     FROM jsonb_to_recordset($1::jsonb) AS row (order_id uuid, cost numeric, record jsonb)`,
    [JSON.stringify(decisions), id, tenant.operator, tenant.seller],
  );
  await tell(sql, tenant, [{ topic: 'plan.done', subject: id, payload: { planId: id, orders: decisions.length } }]);
};
