import type { OutlookAnswer } from '@crossparcel/api';
import { type Fault, fail, formatInstant, ok, type Result, readInstant } from '@crossparcel/units';
import { asTenant } from '../database/tenant.ts';
import { outlookOf } from '../posts/outlook.ts';
import { recordReadings } from '../posts/readings.ts';
import { findPost, listPosts, type PostPlace, type PostRow, postAnswer, putPosts } from '../posts/store.ts';
import { type Handlers, sellerFor, tenantOf } from './handler.ts';
import { cursorPlace, pageOf, placeKey, UUID } from './paging.ts';
import { notFound } from './problems.ts';

type PostRoute = `posts.${'put' | 'list' | 'get' | 'readings' | 'outlooks' | 'outlook'}`;

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const placeOf = (row: PostRow): string => placeKey(formatInstant(row.publishes_at.getTime()), row.id);

const placeAfter = (cursor: string | undefined): Result<PostPlace | undefined, Fault> => {
  const place = cursorPlace(cursor, [INSTANT, UUID]);
  if (!place.ok) return place;
  const [publishesAt, id] = place.value ?? [];
  return ok(publishesAt !== undefined && id !== undefined ? { publishesAt, id } : undefined);
};

const instantOr = (text: string | undefined, now: number): number =>
  text === undefined ? now : (readInstant(text)?.instant ?? now);

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
    const after = placeAfter(query.cursor);
    if (!after.ok) return after;
    const rows = await asTenant(house.database, tenant.value, (sql) => listPosts(sql, after.value, query.limit + 1));
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

  'posts.outlooks': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const after = placeAfter(query.cursor);
    if (!after.ok) return after;
    const time = { at: instantOr(query.at, Date.now()), horizonDays: query.horizonDays };
    const page = await asTenant(house.database, tenant.value, async (sql) => {
      const { items, nextCursor } = pageOf(
        await listPosts(sql, after.value, query.limit + 1),
        query.limit,
        placeOf,
        (row) => row,
      );
      const outlooks: OutlookAnswer[] = [];
      for (const row of items) outlooks.push(await outlookOf(sql, row, time, house.atlas.spikes()));
      return { items: outlooks, ...(nextCursor !== undefined && { nextCursor }) };
    });
    return ok(page);
  },

  'posts.outlook': async ({ house, caller, input: { params, query } }) => {
    const time = { at: instantOr(query.at, Date.now()), horizonDays: query.horizonDays };
    const answer = await asTenant(house.database, caller, async (sql) => {
      const row = await findPost(sql, params.id);
      return row && outlookOf(sql, row, time, house.atlas.spikes());
    });
    return answer ? ok(answer) : fail(notFound('post'));
  },
};
