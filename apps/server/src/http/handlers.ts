import { ROLES, type Scope } from '@crossparcel/api';
import { fail, formatInstant, ok } from '@crossparcel/units';
import { asKeeper, asTenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';
import { listEvents } from '../events/store.ts';
import { rebuildViews } from '../events/views.ts';
import { makeKey } from '../keys/api-key.ts';
import { insertKey, keyAnswer, listKeys, revokeKey } from '../keys/store.ts';
import { latestCheckpoint, policyOf } from '../ledger/log.ts';
import { parcelProof } from '../ledger/proof.ts';
import { putHold, releaseHold } from '../orders/holds.ts';
import { findOrder, listOrders, orderAnswer } from '../orders/store.ts';
import { findParcel, listParcels, parcelAnswer, registerParcels } from '../parcels/store.ts';
import { erasePerson, findPerson } from '../people/store.ts';
import { insertSeller, listSellers, sellerAnswer } from '../tenants/store.ts';
import { leadsInside } from '../webhooks/address.ts';
import { deleteWebhook, insertWebhook, listWebhooks, webhookAnswer } from '../webhooks/store.ts';
import { type Handlers, sellerFor, tenantOf } from './handler.ts';
import { cursorKey, pageOf, UUID } from './paging.ts';
import { placementHandlers } from './placement-handlers.ts';
import { planHandlers } from './plan-handlers.ts';
import { postHandlers } from './post-handlers.ts';
import { notFound } from './problems.ts';
import { sessionHandlers } from './session-handlers.ts';

export const handlers: Handlers = {
  ...planHandlers,
  ...placementHandlers,
  ...postHandlers,
  ...sessionHandlers,

  'orders.submit': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    const results = await house.intake.submit(tenant.value, body.orders);
    for (const { outcome } of results) house.metrics.orders.inc({ outcome });
    return ok({ results });
  },

  'orders.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const filter = { before: before.value, state: query.state, externalId: query.externalId, limit: query.limit + 1 };
    const rows = await asTenant(house.database, tenant.value, (sql) => listOrders(sql, filter));
    return ok(pageOf(rows, query.limit, (row) => row.id, orderAnswer));
  },

  'orders.get': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, (sql) => findOrder(sql, params.id));
    return row ? ok(orderAnswer(row)) : fail(notFound('order'));
  },

  'orders.hold': async ({ house, caller, input: { params, body } }) => {
    const row = await asTenant(house.database, caller, async (sql) =>
      (await putHold(sql, params.id, body)) ? findOrder(sql, params.id) : undefined,
    );
    return row ? ok(orderAnswer(row)) : fail(notFound('order'));
  },

  'orders.release': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, async (sql) =>
      (await releaseHold(sql, params.id, params.code)) ? findOrder(sql, params.id) : undefined,
    );
    return row ? ok(orderAnswer(row)) : fail(notFound('hold of an order'));
  },

  'parcels.register': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    const { value } = tenant;
    const parcels = await asTenant(house.database, value, (sql) => registerParcels(sql, value, body.parcels));
    return ok({ parcels });
  },

  'parcels.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const { orderId, epc, number, state, limit } = query;
    const filter = { before: before.value, orderId, epc, number, state, limit: limit + 1 };
    const rows = await asTenant(house.database, tenant.value, (sql) => listParcels(sql, filter));
    return ok(pageOf(rows, query.limit, (row) => row.id, parcelAnswer));
  },

  'parcels.get': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, (sql) => findParcel(sql, params.id));
    return row ? ok(parcelAnswer(row)) : fail(notFound('parcel'));
  },

  'parcels.proof': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, (sql) => findParcel(sql, params.id));
    if (!row) return fail(notFound('parcel'));
    const proof = await parcelProof(house.database, caller, row);
    if (proof !== undefined) return ok(proof);
    return fail({
      code: 'not-logged-yet',
      what: 'no event of this parcel stands under a signed checkpoint yet',
      mend: 'ask again in a few seconds; a parcel without events has nothing to prove',
    });
  },

  'events.record': async ({ house, caller, input: { query, body } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const results = await house.events.record(tenant.value, body.events);
    for (const { outcome } of results) house.metrics.events.inc({ outcome });
    return ok({ results });
  },

  'events.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const after = cursorKey(query.cursor, /^\d{1,16}$/);
    if (!after.ok) return after;
    const filter = { after: Number(after.value ?? -1), epc: query.epc, limit: query.limit + 1 };
    const rows = await asTenant(house.database, tenant.value, (sql) => listEvents(sql, filter));
    return ok(
      pageOf(
        rows,
        query.limit,
        (row) => String(row.leaf_index),
        (row) => ({ ...JSON.parse(row.canonical), recordTime: formatInstant(row.recorded_at.getTime()) }),
      ),
    );
  },

  'people.get': async ({ house, caller, input: { params } }) => {
    const person = await asTenant(house.database, caller, (sql) => findPerson(sql, params.id, house.keyring));
    return person ? ok(person) : fail(notFound('person'));
  },

  'people.erase': async ({ house, caller, input: { params } }) => {
    const erased = await asTenant(house.database, caller, (sql) => erasePerson(sql, params.id));
    return erased ? ok(undefined) : fail(notFound('person'));
  },

  'sellers.create': async ({ house, caller, input: { body } }) => {
    const row = await asTenant(house.database, caller, (sql) => insertSeller(sql, caller.operator, body.name));
    house.sellers.forgetOnly(caller.operator);
    return ok(sellerAnswer(row));
  },

  'sellers.list': async ({ house, caller, input: { query } }) => {
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const rows = await asTenant(house.database, caller, (sql) => listSellers(sql, before.value, query.limit + 1));
    return ok(pageOf(rows, query.limit, (row) => row.id, sellerAnswer));
  },

  'keys.create': async ({ house, caller, input: { body } }) => {
    const scopes: readonly Scope[] = body.scopes ?? (body.role === undefined ? [] : ROLES[body.role]);
    if (scopes.length === 0) {
      return fail({
        code: 'no-scopes',
        field: 'role',
        what: 'the key would be allowed nothing',
        mend: 'give a role or scopes',
      });
    }
    const beyond = scopes.find((scope) => !caller.scopes.has(scope));
    if (beyond !== undefined) {
      return fail({
        code: 'scope-missing',
        field: 'scopes',
        what: `this key may not give ${beyond}`,
        mend: 'leave it out',
      });
    }
    const { seller } = body;
    if (seller !== undefined) {
      const known = await house.sellers.find({ operator: caller.operator, seller });
      if (known === undefined) return fail(notFound('seller'));
    }
    const made = makeKey();
    const key = {
      id: newId(),
      tenant: { operator: caller.operator, seller },
      name: body.name,
      prefix: made.prefix,
      hash: made.hash,
      scopes,
      expiresAt: body.expiresAt === undefined ? undefined : new Date(body.expiresAt),
    };
    const row = await asTenant(house.database, caller, (sql) => insertKey(sql, key));
    return ok({ ...keyAnswer(row), secret: made.secret });
  },

  'keys.list': async ({ house, caller, input: { query } }) => {
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const rows = await asTenant(house.database, caller, (sql) => listKeys(sql, before.value, query.limit + 1));
    return ok(pageOf(rows, query.limit, (row) => row.id, keyAnswer));
  },

  'keys.revoke': async ({ house, caller, input: { params } }) => {
    const prefix = await asTenant(house.database, caller, (sql) => revokeKey(sql, params.id));
    if (prefix === undefined) return fail(notFound('key'));
    house.callers.forget(prefix);
    return ok(undefined);
  },

  'webhooks.create': async ({ house, caller, input: { body } }) => {
    if (!house.allowsInside && (await leadsInside(body.url))) {
      return fail({
        code: 'private-address',
        field: 'url',
        what: 'the address leads into a private network',
        mend: 'give a public one',
      });
    }
    const { row, secret } = await asTenant(house.database, caller, (sql) =>
      insertWebhook(sql, caller, body.url, body.topics, house.keyring),
    );
    return ok({ ...webhookAnswer(row), secret });
  },

  'webhooks.list': async ({ house, caller, input: { query } }) => {
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const rows = await asTenant(house.database, caller, (sql) => listWebhooks(sql, before.value, query.limit + 1));
    return ok(pageOf(rows, query.limit, (row) => row.id, webhookAnswer));
  },

  'webhooks.delete': async ({ house, caller, input: { params } }) => {
    const deleted = await asTenant(house.database, caller, (sql) => deleteWebhook(sql, params.id));
    return deleted ? ok(undefined) : fail(notFound('webhook'));
  },

  'jobs.dead': async ({ house, caller, input: { query } }) => {
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const dead = await house.jobs.dead(caller.operator);
    const from = before.value === undefined ? 0 : dead.findIndex(({ id }) => id === before.value) + 1;
    return ok(
      pageOf(
        dead.slice(from, from + query.limit + 1),
        query.limit,
        ({ id }) => id,
        ({ failedAt, ...job }) => ({ ...job, failedAt: formatInstant(failedAt.getTime()) }),
      ),
    );
  },

  'jobs.replay': async ({ house, caller, input: { params } }) => {
    const replayed = await house.jobs.replay(caller.operator, params.id);
    return replayed > 0 ? ok({ replayed }) : fail(notFound('dead job'));
  },

  'views.rebuild': async ({ house, caller }) => ok(await rebuildViews(house.database, { operator: caller.operator })),

  'log.checkpoint': async ({ house }) => {
    const checkpoint = await asKeeper(house.database, latestCheckpoint);
    return checkpoint ? ok(checkpoint.note) : fail(notFound('checkpoint; the log is empty'));
  },

  'log.policy': async ({ house }) => ok(policyOf(house.signer)),
};
