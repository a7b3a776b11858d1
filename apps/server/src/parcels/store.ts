import type { Despatch, OrderState, ParcelAnswer, ParcelSubmission } from '@crossparcel/api';
import type { ParcelState, Timeline } from '@crossparcel/trace';
import { CrossparcelError, formatInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { writeParcelViews } from '../events/views.ts';
import { mayDespatch } from '../orders/order-state.ts';
import { lockOrders, orderStates, updateOrderViews } from '../orders/order-view.ts';
import { tell } from '../outbox/outbox.ts';

/** A parcel with its view. */
export interface ParcelRow {
  readonly id: string;
  readonly seller_id: string;
  readonly order_id: string;
  readonly epc: string;
  readonly content: ParcelContent;
  readonly state: ParcelState;
  readonly timeline: string;
  readonly external_id: string;
}

/** What is kept of a parcel besides its names. */
type ParcelContent = Pick<ParcelSubmission, 'lines' | 'grossGrams'> & { readonly despatch?: Despatch };

const COLUMNS = `parcels.id, parcels.seller_id, parcels.order_id, parcels.epc, parcels.content, parcel_views.state,
  parcel_views.timeline, orders.external_id`;
const FROM = `parcels JOIN parcel_views ON parcel_views.parcel_id = parcels.id JOIN orders ON orders.id = parcels.order_id`;

/** A parcel as the interface shows it. */
export const parcelAnswer = (row: ParcelRow): ParcelAnswer => {
  const { since, steps } = JSON.parse(row.timeline) as Timeline;
  return {
    id: row.id,
    seller: row.seller_id,
    orderId: row.order_id,
    orderExternalId: row.external_id,
    epc: row.epc,
    ...row.content,
    state: row.state,
    ...(since === undefined ? {} : { since: formatInstant(since) }),
    timeline: steps.map(({ at, offset: _, ...step }) => ({ ...step, at: formatInstant(at) })),
  };
};

/** What a list of parcels is narrowed to. */
export interface ParcelFilter {
  readonly before: string | undefined;
  readonly orderId: string | undefined;
  readonly epc: string | undefined;
  readonly number: string | undefined;
  readonly state: ParcelState | undefined;
  readonly limit: number;
}

/** Parcels, latest first. */
export const listParcels = (sql: Sql, filter: ParcelFilter): Promise<ParcelRow[]> =>
  sql.query<ParcelRow>(
    `SELECT ${COLUMNS} FROM ${FROM}
     WHERE ($1::uuid IS NULL OR parcels.id < $1) AND ($2::uuid IS NULL OR parcels.order_id = $2)
       AND ($3::text IS NULL OR parcels.epc = $3) AND ($4::text IS NULL OR parcels.number = $4)
       AND ($5::text IS NULL OR parcel_views.state = $5)
     ORDER BY parcels.id DESC LIMIT $6`,
    [
      filter.before ?? null,
      filter.orderId ?? null,
      filter.epc ?? null,
      filter.number ?? null,
      filter.state ?? null,
      filter.limit,
    ],
  );

/** One parcel. */
export const findParcel = async (sql: Sql, id: string): Promise<ParcelRow | undefined> => {
  const [row] = await sql.query<ParcelRow>(`SELECT ${COLUMNS} FROM ${FROM} WHERE parcels.id = $1`, [id]);
  return row;
};

/**
 * Registers parcels of orders, all of them or none. A parcel whose name is known for the same order is the same parcel.
 * Throws `unknown-order`, `order-held` for one that is held or cancelled, and `epc-taken` for a name that another order's
 * parcel bears.
 */
export const registerParcels = async (
  sql: Sql,
  tenant: Required<Tenant>,
  submitted: readonly ParcelSubmission[],
): Promise<{ id: string; epc: string }[]> => {
  const orderIds = [...new Set(submitted.map(({ orderId }) => orderId))];
  await lockOrders(sql, orderIds);
  const states = await orderStates(sql, orderIds);
  const rows = submitted.map(({ orderId, epc, lines, grossGrams }, index) => {
    if (!states.has(orderId)) throw unknownOrder(index);
    const id = newId();
    return { id, order_id: orderId, epc: epc ?? `urn:uuid:${id}`, content: { lines, grossGrams } };
  });
  const inserted = await insertParcels(sql, tenant, rows);
  const epcs = rows.map(({ epc }) => epc);
  const known = await sql.query<{ id: string; order_id: string; epc: string }>(
    'SELECT id, order_id, epc FROM parcels WHERE epc = ANY ($1::text[])',
    [epcs],
  );
  const byEpc = new Map(known.map((row) => [row.epc, row]));
  const registered = rows.map(({ epc, order_id: orderId }, index) => {
    const parcel = byEpc.get(epc);
    if (parcel?.order_id !== orderId) throw epcTaken(index, epc);
    const state = states.get(orderId);
    if (inserted.has(parcel.id) && state !== undefined && !mayDespatch(state)) throw orderHeld(index, state);
    return { id: parcel.id, epc };
  });
  await announce(
    sql,
    tenant,
    known.filter(({ id }) => inserted.has(id)),
  );
  return registered;
};

type KnownParcel = Pick<NewParcel, 'id' | 'order_id'>;

/** Makes the views of parcels that were just inserted, and tells of them. */
const announce = async (sql: Sql, tenant: Required<Tenant>, parcels: readonly KnownParcel[]): Promise<void> => {
  await writeParcelViews(
    sql,
    tenant.operator,
    parcels.map(({ id }) => id),
  );
  await updateOrderViews(
    sql,
    parcels.map((row) => row.order_id),
  );
  await tell(
    sql,
    tenant,
    parcels.map(({ id, order_id: orderId }) => ({
      topic: 'parcel.registered',
      subject: id,
      payload: { parcelId: id, orderId },
    })),
  );
};

/** A parcel that is to be inserted. */
export interface NewParcel {
  readonly id: string;
  readonly order_id: string;
  readonly epc: string;
  readonly number?: string;
  readonly due_at?: string | null;
  readonly content: ParcelContent;
}

/** Adds parcels whose names nobody else bears. The caller has their orders locked. */
export const addParcels = async (sql: Sql, tenant: Required<Tenant>, parcels: readonly NewParcel[]): Promise<void> => {
  if (parcels.length === 0) return;
  await insertParcels(sql, tenant, parcels);
  await announce(sql, tenant, parcels);
};

const insertParcels = async (sql: Sql, tenant: Required<Tenant>, rows: readonly NewParcel[]): Promise<Set<string>> => {
  const inserted = await sql.query<{ id: string }>(
    `INSERT INTO parcels (id, operator_id, seller_id, order_id, epc, number, due_at, content)
     SELECT id, $2, $3, order_id, epc, number, due_at, content
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, order_id uuid, epc text, number text, due_at timestamptz, content jsonb)
     ON CONFLICT (operator_id, epc) DO NOTHING RETURNING id`,
    [JSON.stringify(rows), tenant.operator, tenant.seller],
  );
  return new Set(inserted.map(({ id }) => id));
};

const unknownOrder = (index: number): CrossparcelError =>
  new CrossparcelError({
    code: 'unknown-order',
    field: `parcels[${index}].orderId`,
    what: 'there is no such order of this seller',
    mend: 'give the id that the intake answered with',
  });

const orderHeld = (index: number, state: OrderState): CrossparcelError =>
  new CrossparcelError({
    code: 'order-held',
    field: `parcels[${index}].orderId`,
    what: `the order is ${state}`,
    mend: state === 'held' ? 'release its holds first' : 'leave it out',
  });

const epcTaken = (index: number, epc: string): CrossparcelError =>
  new CrossparcelError({
    code: 'epc-taken',
    field: `parcels[${index}].epc`,
    what: `${epc} names a parcel of another order`,
    mend: 'give every parcel a name of its own',
  });
