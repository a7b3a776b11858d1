import type { AnswerOf, Despatch, Routes } from '@crossparcel/api';
import { type BasketLine, basketLines, type PlanRecord } from '@crossparcel/planning';
import type { Order } from '@crossparcel/units';
import { allItems, takeStock } from '../catalogue/store.ts';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { mayDespatch } from '../orders/order-state.ts';
import { lockOrders, orderStates } from '../orders/order-view.ts';
import { addParcels, type NewParcel } from '../parcels/store.ts';
import type { Atlas } from '../plans/atlas.ts';
import { catalogueOf, orderOf } from '../plans/planning-input.ts';
import { type DecisionRow, latestDecisions, type PlannableOrder } from '../plans/store.ts';
import { goodsOf } from './goods.ts';
import type { NumberKind } from './number-blocks.ts';
import { leaseNumbers, type Numbered } from './numbers.ts';

type Answer = AnswerOf<Routes['despatches.create']>;
type Made = Answer['parcels'][number];
type Refused = Answer['refused'][number];
type PlannedParcel = PlanRecord['parcels'][number];

/** A parcel that only lacks its number. */
interface Draft {
  readonly orderId: string;
  readonly planned: PlannedParcel;
  readonly goods: Despatch['goods'];
  readonly decision: DecisionRow;
  readonly kind: NumberKind;
}

/** Goods that cross a border go under a postal item number with a customs form; others under an SSCC without one. */
const isDomestic = ({ procedure }: PlannedParcel): boolean => procedure === 'domestic';

/**
 * Makes the parcels that the latest plan wants for some orders: numbered, with what customs is told, out of stock where
 * they come from it. Orders that have parcels already answer with them. Nothing is made of an order that is held,
 * cancelled, not planned, or changed since.
 */
export const despatch = async (
  sql: Sql,
  tenant: Required<Tenant>,
  orderIds: readonly string[],
  atlas: Atlas,
): Promise<Answer> => {
  const ids = [...new Set(orderIds)];
  await lockOrders(sql, ids);
  const before = await parcelsOf(sql, ids);
  const open = ids.filter((id) => !before.has(id));
  const { drafts, refused } = await draft(sql, open, atlas);
  const rows = await numbered(sql, tenant, drafts, atlas);
  await addParcels(sql, tenant, rows);
  const made = rows.map(({ id, order_id: orderId, epc, number = '' }) => ({ id, orderId, epc, number }));
  return { parcels: [...[...before.values()].flat(), ...made], refused };
};

const parcelsOf = async (sql: Sql, orderIds: readonly string[]): Promise<Map<string, Made[]>> => {
  const rows = await sql.query<{ id: string; order_id: string; epc: string; number: string | null }>(
    'SELECT id, order_id, epc, number FROM parcels WHERE order_id = ANY ($1::uuid[]) ORDER BY id',
    [orderIds],
  );
  const made = rows.map(({ id, order_id: orderId, epc, number }) => ({ id, orderId, epc, number: number ?? '' }));
  return Map.groupBy(made, ({ orderId }) => orderId);
};

const draft = async (
  sql: Sql,
  orderIds: readonly string[],
  atlas: Atlas,
): Promise<{ drafts: Draft[]; refused: Refused[] }> => {
  const drafts: Draft[] = [];
  const refused: Refused[] = [];
  const states = await orderStates(sql, orderIds);
  const decisions = new Map((await latestDecisions(sql, orderIds)).map((row) => [row.order_id, row]));
  const orders = await readOrders(sql, orderIds);
  const { rates, currency } = atlas.network();
  const catalogue = catalogueOf(atlas, await allItems(sql), [...orders.values()]);
  for (const orderId of orderIds) {
    const order = orders.get(orderId);
    const state = states.get(orderId);
    const decision = decisions.get(orderId);
    const refuse = (code: string, what: string, mend: string) => refused.push({ orderId, code, what, mend });
    if (!order || !state) {
      refuse('unknown-order', 'there is no such order of this seller', 'give the id that the intake answered with');
    } else if (!mayDespatch(state)) {
      refuse('order-held', `the order is ${state}`, 'release its holds first, or leave it out');
    } else if (!decision) {
      refuse('order-unplanned', 'no plan has decided this order', 'make a plan first');
    } else if (decision.record.parcels.length === 0) {
      const [hold] = decision.record.holds ?? [];
      refuse(hold?.code ?? 'no-way', hold?.why ?? 'the plan found no way', hold?.mend ?? 'plan again');
    } else {
      const basket = basketLines(order, (sku) => catalogue.item(sku), rates, currency);
      const { parcels } = decision.record;
      if (!holdsExactly(parcels, basket)) {
        refuse('plan-outdated', 'the order has changed since it was planned', 'plan again');
      } else if (!(await takeStock(sql, fromStock(parcels)))) {
        refuse('too-little-stock', `too little is left at ${decision.record.facility}`, 'plan again');
      } else drafts.push(...draftsOf(orderId, decision, basket, currency));
    }
  }
  return { drafts, refused };
};

const readOrders = async (sql: Sql, orderIds: readonly string[]): Promise<Map<string, Order>> => {
  const rows = await sql.query<PlannableOrder>('SELECT id, content FROM orders WHERE id = ANY ($1::uuid[])', [
    orderIds,
  ]);
  return new Map(rows.map((row) => [row.id, orderOf(row)]));
};

const draftsOf = (orderId: string, decision: DecisionRow, basket: readonly BasketLine[], currency: string): Draft[] => {
  const { parcels } = decision.record;
  const goods = goodsOf(basket, parcels, currency);
  return parcels.map((planned, index) => ({
    orderId,
    planned,
    goods: goods[index] ?? [],
    decision,
    kind: isDomestic(planned) ? 'sscc' : 's10',
  }));
};

const unitsBySku = (lines: readonly { readonly sku: string; readonly quantity: number }[]): Map<string, number> => {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
};

const holdsExactly = (parcels: readonly PlannedParcel[], basket: readonly BasketLine[]): boolean => {
  const planned = unitsBySku(parcels.flatMap(({ lines }) => lines));
  return planned.size === basket.length && basket.every(({ item, quantity }) => planned.get(item.sku) === quantity);
};

/** Units that come out of stock, by facility and SKU. */
const fromStock = (parcels: readonly PlannedParcel[]) =>
  [...Map.groupBy(parcels.filter(isDomestic), ({ facility }) => facility)].flatMap(([facility, here]) =>
    Array.from(unitsBySku(here.flatMap(({ lines }) => lines)), ([sku, quantity]) => ({ facility, sku, quantity })),
  );

const numbered = async (
  sql: Sql,
  tenant: Required<Tenant>,
  drafts: readonly Draft[],
  atlas: Atlas,
): Promise<NewParcel[]> => {
  const ranges = atlas.demoNumberRanges();
  const waiting = new Map<NumberKind, Numbered[]>();
  // In one order for all transactions, so that two of them do not wait for each other.
  for (const kind of ['s10', 'sscc'] as const) {
    const count = drafts.filter((one) => one.kind === kind).length;
    waiting.set(kind, await leaseNumbers(sql, tenant, kind, count, ranges));
  }
  return drafts.map((one) => {
    const next = waiting.get(one.kind)?.shift();
    if (!next) throw new Error('fewer numbers were leased than there are parcels');
    return parcelOf(one, next);
  });
};

const parcelOf = ({ orderId, planned, goods, decision }: Draft, { number, epc }: Numbered): NewParcel => {
  const { lines, grossGrams, legs, facility, carton, billableGrams, procedure, service } = planned;
  const { promisedAt } = decision.record;
  return {
    id: newId(),
    order_id: orderId,
    epc,
    number,
    due_at: promisedAt,
    content: {
      lines,
      grossGrams,
      despatch: {
        number,
        facility,
        carton,
        billableGrams,
        procedure,
        service,
        legs,
        promisedAt,
        goods,
        currency: decision.currency,
        papers: isDomestic(planned) ? ['label', 'packing-slip'] : ['label', 'customs-form', 'packing-slip'],
      },
    },
  };
};
