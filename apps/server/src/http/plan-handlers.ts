import { eventOf } from '@crossparcel/trace';
import { fail, formatInstant, ok } from '@crossparcel/units';
import { listItems, listStock, putItems, putStock } from '../catalogue/store.ts';
import { asTenant } from '../database/tenant.ts';
import { instantOfId } from '../database/uuid.ts';
import { despatch } from '../despatch/despatch.ts';
import { closeLease, leaseBlock, listRanges, openRange } from '../despatch/number-leases.ts';
import { paperOf } from '../despatch/papers.ts';
import { findParcel } from '../parcels/store.ts';
import {
  askForPlan,
  decisionAnswer,
  findPlan,
  latestDecisions,
  listDecisions,
  listPlans,
  planAnswer,
} from '../plans/store.ts';
import { today } from '../today/today.ts';
import { type Handlers, sellerFor, tenantOf } from './handler.ts';
import { AMOUNT, cursorKey, cursorPlace, IDENTIFIER, pageOf, placeKey, UUID } from './paging.ts';
import { notFound } from './problems.ts';

type PlanRoute =
  | `items.${'put' | 'list'}`
  | `stock.${'put' | 'list'}`
  | `plans.${'create' | 'list' | 'get' | 'decisions'}`
  | 'orders.plan'
  | 'despatches.create'
  | 'parcels.paper'
  | `numbers.${'ranges' | 'open' | 'lease' | 'close'}`
  | 'today.get'
  | 'network.places'
  | 'stream.open';

const announcement = ({ id, epc }: { readonly id: string; readonly epc: string }) =>
  eventOf({
    milestone: 'announced',
    eventTime: formatInstant(instantOfId(id)),
    eventTimeZoneOffset: '+00:00',
    parcels: [epc],
  });

/** Goods, stock, plans, and what is made of them. */
export const planHandlers: Pick<Handlers, PlanRoute> = {
  'items.put': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    return ok({
      items: await asTenant(house.database, tenant.value, (sql) => putItems(sql, tenant.value, body.items)),
    });
  },

  'items.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const after = cursorPlace(query.cursor, [UUID, IDENTIFIER]);
    if (!after.ok) return after;
    const rows = await asTenant(house.database, tenant.value, (sql) => listItems(sql, after.value, query.limit + 1));
    const place = (row: (typeof rows)[number]) => placeKey(row.seller_id, row.sku);
    return ok(pageOf(rows, query.limit, place, ({ content }) => content));
  },

  'stock.put': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    return ok({ rows: await asTenant(house.database, tenant.value, (sql) => putStock(sql, tenant.value, body.stock)) });
  },

  'stock.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const after = cursorPlace(query.cursor, [UUID, IDENTIFIER, IDENTIFIER]);
    if (!after.ok) return after;
    const rows = await asTenant(house.database, tenant.value, (sql) => listStock(sql, after.value, query.limit + 1));
    const place = (row: (typeof rows)[number]) => placeKey(row.seller_id, row.facility, row.sku);
    return ok(pageOf(rows, query.limit, place, ({ seller_id: _, ...row }) => row));
  },

  'plans.create': async ({ house, caller, input: { query } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    const row = await asTenant(house.database, tenant.value, (sql) => askForPlan(sql, tenant.value));
    return ok(planAnswer(row));
  },

  'plans.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const rows = await asTenant(house.database, tenant.value, (sql) => listPlans(sql, before.value, query.limit + 1));
    return ok(pageOf(rows, query.limit, (row) => row.id, planAnswer));
  },

  'plans.get': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, (sql) => findPlan(sql, params.id));
    return row ? ok(planAnswer(row)) : fail(notFound('plan'));
  },

  'plans.decisions': async ({ house, caller, input: { params, query } }) => {
    const after = cursorPlace(query.cursor, [AMOUNT, UUID]);
    if (!after.ok) return after;
    const rows = await asTenant(house.database, caller, async (sql) =>
      (await findPlan(sql, params.id)) ? listDecisions(sql, params.id, after.value, query.limit + 1) : undefined,
    );
    if (!rows) return fail(notFound('plan'));
    const place = (row: (typeof rows)[number]) => placeKey(row.cost, row.order_id);
    return ok(pageOf(rows, query.limit, place, (row) => ({ ...decisionAnswer(row), order: row.order_id })));
  },

  'orders.plan': async ({ house, caller, input: { params } }) => {
    const [row] = await asTenant(house.database, caller, (sql) => latestDecisions(sql, [params.id]));
    return row ? ok(decisionAnswer(row)) : fail(notFound('plan of this order'));
  },

  'despatches.create': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    const { value } = tenant;
    const answer = await asTenant(house.database, value, (sql) => despatch(sql, value, body.orders, house.atlas));
    // Named by its content and timed by the parcel's id: told again it is the same event.
    await house.events.record(value, answer.parcels.map(announcement));
    return ok(answer);
  },

  'parcels.paper': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, (sql) => findParcel(sql, params.id));
    if (!row) return fail(notFound('parcel'));
    return paperOf(house, caller, row, params.paper);
  },

  'numbers.ranges': async ({ house, caller: { operator } }) =>
    ok({ ranges: await asTenant(house.database, { operator }, (sql) => listRanges(sql, operator)) }),

  'numbers.open': async ({ house, caller: { operator }, input: { body } }) => {
    const reuse = house.atlas.numberReuse();
    const opened = await asTenant(house.database, { operator }, (sql) => openRange(sql, operator, body, reuse));
    return opened.ok ? ok(body) : opened;
  },

  'numbers.lease': async ({ house, caller: { operator }, input: { body } }) =>
    ok(await asTenant(house.database, { operator }, (sql) => leaseBlock(sql, operator, body))),

  'numbers.close': async ({ house, caller: { operator }, input: { params, body } }) => {
    const closed = await asTenant(house.database, { operator }, (sql) => closeLease(sql, operator, params.id, body));
    return closed ?? fail(notFound('open lease'));
  },

  'today.get': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const thresholds = house.atlas.concernThresholds();
    const answer = await asTenant(house.database, tenant.value, (sql) => today(sql, Date.now(), thresholds));
    const isOperator = tenant.value.seller === undefined;
    const dead = isOperator ? await house.jobs.dead(tenant.value.operator) : [];
    if (dead.length === 0) return ok(answer);
    const examples = dead.slice(0, 5).map(({ id, queue }) => ({ id, label: queue }));
    return ok({ ...answer, concerns: [...answer.concerns, { kind: 'jobs-dead', count: dead.length, examples }] });
  },

  'network.places': async ({ house }) => ok({ places: [...house.atlas.places()] }),

  // The stream itself is opened where the request can be seen to hang up.
  'stream.open': async ({ caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    return tenant.ok ? ok('') : tenant;
  },
};
