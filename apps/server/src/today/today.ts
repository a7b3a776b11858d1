import { CONCERNS, ORDER_STATES, type OrderState, type Today } from '@crossparcel/api';
import type { ConcernThresholds } from '@crossparcel/files';
import { formatInstant, type Instant, MS_PER_DAY } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';

const DAYS_SHOWN = 60;
const ON_TIME_DAYS = 30;
const EXAMPLES = 5;

const NO_ORDERS = Object.fromEntries(ORDER_STATES.map((state) => [state, 0])) as Record<OrderState, number>;

type Concern = Today['concerns'][number];
type Example = Concern['examples'][number];

/** The state of a tenant's business: counts, concerns with examples, orders a day. */
export const today = async (sql: Sql, now: Instant, thresholds: ConcernThresholds): Promise<Today> => {
  const found = [
    ...(await spikes(sql, now, thresholds)),
    ...(await troubledOrders(sql)),
    ...(await troubledParcels(sql, now, thresholds)),
  ];
  const onTimeShare = await shareOnTime(sql, now);
  return {
    at: formatInstant(now),
    orders: { ...NO_ORDERS, ...(await countBy(sql, 'order_views')) },
    parcels: await countBy(sql, 'parcel_views'),
    concerns: found.sort((a, b) => CONCERNS.indexOf(a.kind) - CONCERNS.indexOf(b.kind)),
    days: await ordersByDay(sql, now),
    ...(onTimeShare !== undefined && { onTimeShare }),
  };
};

const countBy = async (sql: Sql, view: 'order_views' | 'parcel_views'): Promise<Record<string, number>> => {
  const rows = await sql.query<{ state: string; count: number }>(
    `SELECT state, count(*)::integer AS count FROM ${view} GROUP BY state ORDER BY state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

const UNITS =
  "(SELECT coalesce(sum((line ->> 'quantity')::integer), 0) FROM jsonb_array_elements(content -> 'lines') AS line)";

const ordersByDay = async (sql: Sql, now: Instant): Promise<Today['days']> => {
  const rows = await sql.query<{ day: string; orders: number; units: number }>(
    `WITH days AS (SELECT generate_series($1::date - ${DAYS_SHOWN - 1}, $1::date, '1 day')::date AS day),
     placed AS (
       SELECT (placed_at AT TIME ZONE 'UTC')::date AS day, count(*) AS orders, sum(${UNITS}) AS units
       FROM orders WHERE placed_at >= ($1::date - ${DAYS_SHOWN - 1}) GROUP BY 1)
     SELECT days.day::text AS day, coalesce(orders, 0)::integer AS orders, coalesce(units, 0)::integer AS units
     FROM days LEFT JOIN placed USING (day) ORDER BY days.day`,
    [formatInstant(now).slice(0, 10)],
  );
  return rows;
};

/** SKUs that sold more in the last 24 hours than so many times their middle day before; days without a sale count as 0. */
const spikes = async (sql: Sql, now: Instant, { spike }: ConcernThresholds): Promise<Concern[]> => {
  const rows = await sql.query<{ sku: string; latest: number; base: number }>(
    `WITH daily AS (
       SELECT line ->> 'sku' AS sku, floor(extract(epoch FROM $1::timestamptz - placed_at) / 86400)::integer AS day,
         sum((line ->> 'quantity')::integer)::integer AS units
       FROM orders, jsonb_array_elements(content -> 'lines') AS line
       WHERE placed_at > $1::timestamptz - make_interval(days => $2::integer + 1) AND placed_at <= $1::timestamptz
       GROUP BY 1, 2),
     sold AS (
       SELECT sku, coalesce(sum(units) FILTER (WHERE day = 0), 0)::integer AS latest,
         coalesce((array_agg(units ORDER BY units DESC) FILTER (WHERE day > 0))[($2::integer + 1) / 2], 0) AS base
       FROM daily GROUP BY sku)
     SELECT sku, latest, base FROM sold WHERE latest >= $3 AND latest >= $4::float * base ORDER BY latest DESC`,
    [new Date(now), spike.baseDays, spike.atLeastUnits, spike.timesBase],
  );
  if (rows.length === 0) return [];
  const examples = rows.slice(0, EXAMPLES).map(({ sku, latest, base }): Example => {
    return { id: sku, label: base > 0 ? `${sku}: ${latest} (×${Math.round(latest / base)})` : `${sku}: ${latest}` };
  });
  return [{ kind: 'spike', count: rows.length, examples }];
};

const troubledOrders = async (sql: Sql): Promise<Concern[]> => {
  const held = await ordersWhere(sql, "order_views.state = 'held'");
  const unplanned = await ordersWhere(
    sql,
    `order_views.state = 'ready' AND NOT EXISTS (SELECT FROM decisions WHERE decisions.order_id = orders.id)
     AND NOT EXISTS (SELECT FROM parcels WHERE parcels.order_id = orders.id)`,
  );
  return [concern('orders-held', held), concern('orders-unplanned', unplanned)].flat();
};

interface Found {
  readonly id: string;
  readonly label: string;
  readonly order_id: string;
  readonly parcel_id?: string;
  readonly total: number;
}

const ordersWhere = (sql: Sql, condition: string): Promise<Found[]> =>
  sql.query<Found>(
    `SELECT orders.id, orders.id AS order_id, orders.external_id AS label, count(*) OVER ()::integer AS total
     FROM orders JOIN order_views ON order_views.order_id = orders.id WHERE ${condition}
     ORDER BY orders.placed_at LIMIT ${EXAMPLES}`,
  );

/** Parcels that are under way, that is, neither announced only nor at an end. */
const UNDER_WAY = "parcel_views.state NOT IN ('announced', 'delivered', 'returned', 'lost')";

const troubledParcels = async (sql: Sql, now: Instant, { silentDays }: ConcernThresholds): Promise<Concern[]> => {
  const at = new Date(now);
  const heldAtCustoms = await parcelsWhere(sql, "parcel_views.state = 'held'", []);
  const lost = await parcelsWhere(sql, "parcel_views.state = 'lost'", []);
  const late = await parcelsWhere(sql, `${UNDER_WAY} AND parcels.due_at < $1::timestamptz`, [at]);
  const silent = await parcelsWhere(
    sql,
    `${UNDER_WAY} AND (parcel_views.timeline::jsonb -> 'steps' -> -1 ->> 'at')::bigint < $1::bigint`,
    [now - silentDays * MS_PER_DAY],
  );
  return [
    concern('customs-held', heldAtCustoms),
    concern('parcels-late', late),
    concern('parcels-silent', silent),
    concern('parcels-lost', lost),
  ].flat();
};

const parcelsWhere = (sql: Sql, condition: string, values: readonly unknown[]): Promise<Found[]> =>
  sql.query<Found>(
    `SELECT parcels.id, parcels.id AS parcel_id, parcels.order_id, coalesce(parcels.number, parcels.epc) AS label,
       count(*) OVER ()::integer AS total
     FROM parcels JOIN parcel_views ON parcel_views.parcel_id = parcels.id WHERE ${condition}
     ORDER BY parcels.due_at NULLS LAST, parcels.id LIMIT ${EXAMPLES}`,
    values,
  );

const concern = (kind: Concern['kind'], rows: readonly Found[]): Concern[] => {
  const [first] = rows;
  if (!first) return [];
  const examples = rows.map(({ id, label, order_id: order, parcel_id: parcel }): Example => {
    return { id, label, order, ...(parcel !== undefined && { parcel }) };
  });
  return [{ kind, count: first.total, examples }];
};

/** Share of the parcels that came in the last days with a promise, and kept it. */
const shareOnTime = async (sql: Sql, now: Instant): Promise<number | undefined> => {
  const [row] = await sql.query<{ share: number | null }>(
    `SELECT avg(CASE WHEN delivered_at <= due_at THEN 1.0 ELSE 0.0 END)::float AS share FROM (
       SELECT parcels.due_at, to_timestamp((timeline::jsonb ->> 'since')::bigint / 1000.0) AS delivered_at
       FROM parcel_views JOIN parcels ON parcels.id = parcel_views.parcel_id
       WHERE parcel_views.state = 'delivered' AND parcels.due_at IS NOT NULL) AS came
     WHERE delivered_at > $1::timestamptz - interval '${ON_TIME_DAYS} days'`,
    [new Date(now)],
  );
  return row?.share ?? undefined;
};
