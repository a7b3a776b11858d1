import { fail, formatInstant, ok } from '@crossparcel/units';
import { asTenant } from '../database/tenant.ts';
import { recordReadings } from '../posts/readings.ts';
import { findPost, listPosts, type PostRow, postAnswer, putPosts } from '../posts/store.ts';
import { type Handlers, sellerFor, tenantOf } from './handler.ts';
import { cursorPlace, pageOf, placeKey, UUID } from './paging.ts';
import { notFound } from './problems.ts';

type PostRoute = `posts.${'put' | 'list' | 'get' | 'readings'}`;

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const placeOf = (row: PostRow): string => placeKey(formatInstant(row.publishes_at.getTime()), row.id);

/** Posts about goods, and readings of their counters. */
export const postHandlers: Pick<Handlers, PostRoute> = {
  'posts.put': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    const rows = await asTenant(house.database, tenant.value, (sql) => putPosts(sql, tenant.value, body.posts));
    return ok({ posts: rows.map(postAnswer) });
  },

  'posts.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const place = cursorPlace(query.cursor, [INSTANT, UUID]);
    if (!place.ok) return place;
    const [publishesAt, id] = place.value ?? [];
    const after = publishesAt !== undefined && id !== undefined ? { publishesAt, id } : undefined;
    const rows = await asTenant(house.database, tenant.value, (sql) => listPosts(sql, after, query.limit + 1));
    return ok(pageOf(rows, query.limit, placeOf, postAnswer));
  },

  'posts.get': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, (sql) => findPost(sql, params.id));
    return row ? ok(postAnswer(row)) : fail(notFound('post'));
  },

  'posts.readings': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    const { value } = tenant;
    const record = (sql: Parameters<typeof recordReadings>[0]) => recordReadings(sql, value, body.readings, Date.now());
    return ok({ results: await asTenant(house.database, value, record) });
  },
};
