import type { ParcelAnswer, ParcelSubmission } from '@crossparcel/api';
import type { ParcelState, Timeline } from '@crossparcel/trace';
import { type Fault, fail, formatInstant, ok, type Result } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { updateOrderViews, writeParcelViews } from '../events/views.ts';
import { tell } from '../outbox/outbox.ts';

/** A parcel with its view. */
export interface ParcelRow {
  readonly id: string;
  readonly seller_id: string;
  readonly order_id: string;
  readonly epc: string;
  readonly content: Pick<ParcelSubmission, 'lines' | 'grossGrams'>;
  readonly state: ParcelState;
  readonly timeline: string;
}

const COLUMNS =
  'parcels.id, parcels.seller_id, parcels.order_id, parcels.epc, parcels.content, parcel_views.state, parcel_views.timeline';
const FROM = 'parcels JOIN parcel_views ON parcel_views.parcel_id = parcels.id';

/** A parcel as the interface shows it. */
export const parcelAnswer = (row: ParcelRow): ParcelAnswer => {
  const { since, steps } = JSON.parse(row.timeline) as Timeline;
  return {
    id: row.id,
    seller: row.seller_id,
    orderId: row.order_id,
    epc: row.epc,
    ...row.content,
    state: row.state,
    ...(since === undefined ? {} : { since: formatInstant(since) }),
    timeline: steps.map(({ at, offset: _, ...step }) => ({ ...step, at: formatInstant(at) })),
  };
};

/** Parcels, latest first. */
export const listParcels = (
  sql: Sql,
  filter: { before: string | undefined; orderId: string | undefined; epc: string | undefined; limit: number },
): Promise<ParcelRow[]> =>
  sql.query<ParcelRow>(
    `SELECT ${COLUMNS} FROM ${FROM}
     WHERE ($1::uuid IS NULL OR parcels.id < $1) AND ($2::uuid IS NULL OR parcels.order_id = $2)
       AND ($3::text IS NULL OR parcels.epc = $3)
     ORDER BY parcels.id DESC LIMIT $4`,
    [filter.before ?? null, filter.orderId ?? null, filter.epc ?? null, filter.limit],
  );

/** One parcel. */
export const findParcel = async (sql: Sql, id: string): Promise<ParcelRow | undefined> => {
  const [row] = await sql.query<ParcelRow>(`SELECT ${COLUMNS} FROM ${FROM} WHERE parcels.id = $1`, [id]);
  return row;
};

/**
 * Registers parcels of orders, all of them or none. A parcel whose name is known for the same order is the same parcel.
 * Faults: an order that is not there, a name that another order's parcel bears.
 */
export const registerParcels = async (
  sql: Sql,
  tenant: Required<Tenant>,
  submitted: readonly ParcelSubmission[],
): Promise<Result<{ id: string; epc: string }[], Fault>> => {
  const orders = await sql.query<{ id: string }>(
    'SELECT id FROM orders WHERE id = ANY ($1::uuid[]) AND seller_id = $2 ORDER BY id FOR SHARE',
    [[...new Set(submitted.map(({ orderId }) => orderId))], tenant.seller],
  );
  const known = new Set(orders.map(({ id }) => id));
  const missing = submitted.findIndex(({ orderId }) => !known.has(orderId));
  if (missing >= 0) return fail(noOrder(missing));
  const rows = submitted.map(({ orderId, epc, lines, grossGrams }) => {
    const id = newId();
    return { id, order_id: orderId, epc: epc ?? `urn:uuid:${id}`, content: { lines, grossGrams } };
  });
  const inserted = await sql.query<{ id: string; order_id: string }>(
    `INSERT INTO parcels (id, operator_id, seller_id, order_id, epc, content)
     SELECT id, $2, $3, order_id, epc, content
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, order_id uuid, epc text, content jsonb)
     ON CONFLICT (operator_id, epc) DO NOTHING RETURNING id, order_id`,
    [JSON.stringify(rows), tenant.operator, tenant.seller],
  );
  const all = await sql.query<{ id: string; order_id: string; epc: string }>(
    'SELECT id, order_id, epc FROM parcels WHERE epc = ANY ($1::text[])',
    [rows.map(({ epc }) => epc)],
  );
  const byEpc = new Map(all.map((row) => [row.epc, row]));
  const taken = rows.findIndex(({ epc, order_id }) => byEpc.get(epc)?.order_id !== order_id);
  if (taken >= 0) return fail(epcTaken(taken, rows[taken]?.epc ?? ''));
  await writeParcelViews(
    sql,
    tenant.operator,
    inserted.map(({ id }) => id),
  );
  await updateOrderViews(
    sql,
    inserted.map(({ order_id }) => order_id),
  );
  await tell(
    sql,
    tenant,
    inserted.map(({ id, order_id }) => ({
      topic: 'parcel.registered',
      subject: id,
      payload: { parcelId: id, orderId: order_id },
    })),
  );
  return ok(rows.map(({ epc }) => ({ id: byEpc.get(epc)?.id ?? '', epc })));
};

const noOrder = (index: number): Fault => ({
  code: 'unknown-order',
  field: `parcels[${index}].orderId`,
  what: 'there is no such order of this seller',
  mend: 'give the id that the intake answered with',
});

const epcTaken = (index: number, epc: string): Fault => ({
  code: 'epc-taken',
  field: `parcels[${index}].epc`,
  what: `${epc} names a parcel of another order`,
  mend: 'give every parcel a name of its own',
});
