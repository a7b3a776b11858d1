import type { PlacedProposal, PlacementAnswer, PlacementSummary, PlacementWish } from '@crossparcel/api';
import type { Proposal } from '@crossparcel/demand';
import { type Fault, formatInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { tell } from '../outbox/outbox.ts';
import type { PlannableOrder } from '../plans/store.ts';

/** A placement as it is kept. */
export interface PlacementRow {
  readonly id: string;
  readonly seller_id: string;
  readonly state: PlacementAnswer['state'];
  readonly asked_at: Date;
  readonly ended_at: Date | null;
  readonly day: string;
  readonly wish: PlacementWish;
  readonly summary: PlacementSummary | null;
  readonly fault: NonNullable<PlacementAnswer['fault']> | null;
}

const COLUMNS = 'id, seller_id, state, asked_at, ended_at, day::text AS day, wish, summary, fault';

/** A placement as the interface shows it. */
export const placementAnswer = (row: PlacementRow): PlacementAnswer => ({
  id: row.id,
  seller: row.seller_id,
  state: row.state,
  askedAt: formatInstant(row.asked_at.getTime()),
  ...(row.ended_at && { endedAt: formatInstant(row.ended_at.getTime()) }),
  at: row.day,
  weeks: row.wish.weeks,
  ...(row.summary && { summary: row.summary }),
  ...(row.fault && { fault: row.fault }),
});

/** Asks what to stock where on a day (YYYY-MM-DD); a worker makes it. */
export const askForPlacement = async (
  sql: Sql,
  tenant: Required<Tenant>,
  day: string,
  wish: PlacementWish,
): Promise<PlacementRow> => {
  const [row] = await sql.query<PlacementRow>(
    `INSERT INTO placements (id, operator_id, seller_id, state, day, wish) VALUES ($1, $2, $3, 'running', $4, $5::jsonb)
     RETURNING ${COLUMNS}`,
    [newId(), tenant.operator, tenant.seller, day, JSON.stringify(wish)],
  );
  return row as PlacementRow;
};

/** Placements, latest first. */
export const listPlacements = (sql: Sql, before: string | undefined, limit: number): Promise<PlacementRow[]> =>
  sql.query<PlacementRow>(
    `SELECT ${COLUMNS} FROM placements WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [before ?? null, limit],
  );

/** One placement. */
export const findPlacement = async (sql: Sql, id: string): Promise<PlacementRow | undefined> => {
  const [row] = await sql.query<PlacementRow>(`SELECT ${COLUMNS} FROM placements WHERE id = $1`, [id]);
  return row;
};

interface ProposalRow {
  readonly rank: number;
  readonly ordered_at: Date | null;
  readonly arrives: string | null;
  readonly record: Proposal;
}

const PROPOSAL = "rank, ordered_at, ((ordered_at AT TIME ZONE 'UTC')::date + lead_days)::text AS arrives, record";

const proposalAnswer = ({ rank, ordered_at, arrives, record }: ProposalRow): PlacedProposal => ({
  ...record,
  rank,
  ...(ordered_at && arrives && { orderedAt: formatInstant(ordered_at.getTime()), arrives }),
});

/** Proposals of a placement, after a rank. */
export const listProposals = async (
  sql: Sql,
  placement: string,
  after: number,
  limit: number,
): Promise<PlacedProposal[]> => {
  const rows = await sql.query<ProposalRow>(
    `SELECT ${PROPOSAL} FROM proposals WHERE placement_id = $1 AND rank > $2 ORDER BY rank LIMIT $3`,
    [placement, after, limit],
  );
  return rows.map(proposalAnswer);
};

/** Ranks of the proposals of a placement to order something, among some. */
export const orderableRanks = async (sql: Sql, placement: string, ranks: readonly number[]): Promise<Set<number>> => {
  const rows = await sql.query<{ rank: number }>(
    'SELECT rank FROM proposals WHERE placement_id = $1 AND rank = ANY ($2::integer[]) AND lead_days IS NOT NULL',
    [placement, ranks],
  );
  return new Set(rows.map(({ rank }) => rank));
};

/** Keeps that proposals were ordered now, or were not; gives them. */
export const markOrdered = async (
  sql: Sql,
  placement: string,
  ranks: readonly number[],
  ordered: boolean,
): Promise<PlacedProposal[]> => {
  const rows = await sql.query<ProposalRow>(
    `UPDATE proposals SET ordered_at = CASE WHEN $3::boolean THEN coalesce(ordered_at, now()) END
     WHERE placement_id = $1 AND rank = ANY ($2::integer[]) RETURNING ${PROPOSAL}`,
    [placement, ranks, ordered],
  );
  return rows.map(proposalAnswer).sort((a, b) => a.rank - b.rank);
};

/** Units on their way to a warehouse, and the day (YYYY-MM-DD) on which they should arrive. */
export interface Coming {
  readonly facility: string;
  readonly sku: string;
  readonly quantity: number;
  readonly arrives: string;
}

/** What was ordered and should arrive after a day; until then what has come is told as stock. */
export const orderedUnits = async (sql: Sql, day: string): Promise<Coming[]> => {
  const rows = await sql.query<{ record: Proposal; arrives: string }>(
    `SELECT record, arrives::text AS arrives FROM (
       SELECT record, (ordered_at AT TIME ZONE 'UTC')::date + lead_days AS arrives FROM proposals
       WHERE ordered_at IS NOT NULL) AS ordered
     WHERE arrives > $1::date`,
    [day],
  );
  return rows.map(({ record: { facility, sku, quantity }, arrives }) => ({ facility, sku, quantity, arrives }));
};

/** Years of orders by which demand is judged. */
const HISTORY_YEARS = 2;

/** Orders of a tenant from the years before a day (YYYY-MM-DD) that stand, earliest first. */
export const ordersBefore = (sql: Sql, day: string): Promise<PlannableOrder[]> =>
  sql.query<PlannableOrder>(
    `SELECT orders.id, orders.content FROM orders JOIN order_views ON order_views.order_id = orders.id
     WHERE orders.placed_at < $1::date AND orders.placed_at >= $1::date - make_interval(years => ${HISTORY_YEARS})
       AND order_views.state <> 'cancelled'
     ORDER BY orders.placed_at, orders.id`,
    [day],
  );

/** A proposal, and days from order to shelf; null where nothing is to be ordered. */
export interface TimedProposal {
  readonly record: Proposal;
  readonly leadDays: number | null;
}

/** What a placement came to: its sums, and proposals by rank. */
export interface FinishedPlacement {
  readonly summary: PlacementSummary;
  readonly proposals: readonly TimedProposal[];
}

/** Keeps a placement that was made, with all its proposals. Nothing when another process was faster. */
export const finishPlacement = async (
  sql: Sql,
  tenant: Required<Tenant>,
  id: string,
  { summary, proposals }: FinishedPlacement,
): Promise<void> => {
  const ended = await sql.query(
    `UPDATE placements SET state = 'done', ended_at = now(), summary = $2::jsonb
     WHERE id = $1 AND state = 'running' RETURNING id`,
    [id, JSON.stringify(summary)],
  );
  if (ended.length === 0) return;
  await sql.query(
    `INSERT INTO proposals (placement_id, rank, operator_id, seller_id, lead_days, record)
     SELECT $2, rank, $3, $4, lead_days, record
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (lead_days integer, record jsonb))
       WITH ORDINALITY AS row (lead_days, record, rank)`,
    [
      JSON.stringify(proposals.map(({ record, leadDays }) => ({ record, lead_days: leadDays }))),
      id,
      tenant.operator,
      tenant.seller,
    ],
  );
  await tell(sql, tenant, [
    { topic: 'placement.done', subject: id, payload: { placementId: id, orders: summary.orders } },
  ]);
};

/** Keeps why a placement could not be made of what is known. */
export const refusePlacement = async (sql: Sql, id: string, { code, field, what, mend }: Fault): Promise<void> => {
  await sql.query(
    "UPDATE placements SET state = 'failed', ended_at = now(), fault = $2::jsonb WHERE id = $1 AND state = 'running'",
    [id, JSON.stringify({ code, field, what, mend })],
  );
};
