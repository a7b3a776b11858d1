import type { ReadingSubmission } from '@crossparcel/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTenant, type Tenant } from '../src/database/tenant.ts';
import { readingsKnown } from '../src/posts/readings.ts';
import { anOrder, KINDS, openTestHouse, type TestHouse } from './support.ts';

const HOUR = 3_600_000;
const instant = (ms: number) => new Date(ms).toISOString();

describe.each(KINDS)('posts and their readings on %s', (kind) => {
  let test: TestHouse;
  let tenant: Required<Tenant>;
  const start = Date.now() - 48 * HOUR;
  const hour = (number: number) => instant(start + number * HOUR);
  const video = { platform: 'tiktok', externalId: 'v1', kind: 'video', publishesAt: hour(0), skus: ['MUG'] };
  const views = (at: number, value: number, knownAt?: number): ReadingSubmission => ({
    platform: 'tiktok',
    externalId: 'v1',
    metric: 'views',
    at: hour(at),
    value,
    ...(knownAt !== undefined && { knownAt: hour(knownAt) }),
  });
  const record = async (...readings: ReadingSubmission[]) => {
    const { results } = await test.client().call('posts.readings', { body: { readings } });
    return results.map(({ outcome }) => outcome);
  };
  const knownAfter = async (hours: number) => {
    const [post] = (await test.client().call('posts.list', {})).items.filter(({ externalId }) => externalId === 'v1');
    const rows = await asTenant(test.house.database, tenant, (sql) =>
      readingsKnown(sql, post?.id ?? '', start + hours * HOUR),
    );
    return rows.map(({ metric, at, value }) => [metric, (at.getTime() - start) / HOUR, value]);
  };

  beforeAll(async () => {
    test = await openTestHouse(kind);
    const [seller] = await test.raw<{ id: string; operator_id: string }>('SELECT id, operator_id FROM sellers');
    tenant = { operator: seller?.operator_id ?? '', seller: seller?.id ?? '' };
  });
  afterAll(() => test.remove());

  it('keeps the last word on a post, under one id', async () => {
    const client = test.client();
    const first = await client.call('posts.put', { body: { posts: [{ ...video, publishesAt: hour(1) }] } });
    const again = await client.call('posts.put', { body: { posts: [{ ...video, kind: 'hologram' }, video] } });
    expect(again.posts).toHaveLength(1);
    expect(again.posts[0]).toMatchObject({ ...video, id: first.posts[0]?.id, attributes: {} });
    expect(await client.call('posts.get', { params: { id: first.posts[0]?.id ?? '' } })).toEqual(again.posts[0]);
  });

  it('counts each reading once, and keeps another word on the same instant beside the first', async () => {
    expect(await record(views(1, 100, 2), views(2, 250, 26), views(1, 100, 3))).toEqual([
      'accepted',
      'accepted',
      'unchanged',
    ]);
    expect(await record(views(1, 100), views(1, 120, 30), views(1, 120, 31))).toEqual([
      'unchanged',
      'revised',
      'unchanged',
    ]);
    expect(await knownAfter(1.5)).toEqual([]);
    expect(await knownAfter(10)).toEqual([['views', 1, 100]]);
    expect(await knownAfter(26)).toEqual([
      ['views', 1, 100],
      ['views', 2, 250],
    ]);
    expect(await knownAfter(40)).toEqual([
      ['views', 1, 120],
      ['views', 2, 250],
    ]);
  });

  it('lets a second word on the same time count from now', async () => {
    expect(await record(views(5, 500, 6))).toEqual(['accepted']);
    expect(await record(views(5, 501, 6))).toEqual(['revised']);
    expect(await knownAfter(47)).toContainEqual(['views', 5, 500]);
    expect(await knownAfter(49)).toContainEqual(['views', 5, 501]);
  });

  it('keeps metrics and kinds that are new to it, and tells of posts that are not known', async () => {
    const odd = { ...views(3, 7), metric: 'duets' };
    expect(await record(odd, { ...views(3, 7), externalId: 'v9' })).toEqual(['accepted', 'unknown-post']);
    expect(await knownAfter(49)).toContainEqual(['duets', 3, 7]);
  });

  it.each([
    ['readings[1].at', views(60, 1)],
    ['readings[1].knownAt', views(4, 1, 60)],
    ['readings[1].knownAt', views(4, 1, 3)],
    ['readings[1].value', { ...views(4, 1), value: -1 }],
    ['readings[1].value', { platform: 'tiktok', externalId: 'v1', metric: 'likes', at: hour(4) }],
    ['readings[1]', { ...views(4, 1), countries: ['US'] }],
  ])('takes nothing of a request in which %s is wrong', async (field, reading) => {
    const readings = [views(40, 999), reading] as ReadingSubmission[];
    await expect(test.client().call('posts.readings', { body: { readings } })).rejects.toMatchObject({
      problem: { field },
    });
    expect(await knownAfter(49)).not.toContainEqual(['views', 40, 999]);
  });

  it('looks ahead by what was known at the time, and no farther', async () => {
    const client = test.client();
    const post = { ...video, externalId: 'v2', skus: ['LAMP'] };
    const [told] = (await client.call('posts.put', { body: { posts: [post] } })).posts;
    const params = { id: told?.id ?? '' };
    const orders = [-30, 1, 2, 3, 5, 6, 7, 8, 30].map((at, index) => ({
      ...anOrder({ externalId: `lamp-${index}`, placedAt: hour(at) }),
      lines: [{ sku: 'LAMP', quantity: 2, unitPrice: '12.00' }],
    }));
    await client.call('orders.submit', { body: { orders } });
    await record(...[1, 4, 8, 24].map((at) => ({ ...views(at, at * 10_000, at + 24), externalId: 'v2' })), {
      ...views(8, 900, 9),
      externalId: 'v2',
      metric: 'likes',
    });
    const early = await client.call('posts.outlook', { params, query: { at: hour(10) } });
    expect(early.notes).toEqual(['no-views-read']);
    expect(early.orders).toMatchObject({ observed: 14, horizon: 14 * 86_400 });
    const later = await client.call('posts.outlook', { params, query: { at: hour(30) } });
    expect(later.views).toMatchObject({ observed: 40_000 });
    expect(later.orders?.observed).toBe(16);
    expect(later.views?.quantiles['0.9']).toBeGreaterThan(later.views?.median ?? 0);
    expect(later.orders?.path.at(-1)?.t).toBe(14 * 86_400);
    const short = await client.call('posts.outlook', { params, query: { at: hour(40), horizonDays: 1 } });
    expect(short.notes).toEqual(['orders-beyond-horizon']);
    const before = await client.call('posts.outlook', { params, query: { at: hour(-1) } });
    expect(before.notes).toEqual(['not-published-yet']);
    const { items } = await client.call('posts.outlooks', { query: { at: hour(30) } });
    expect(items.find(({ post: { externalId } }) => externalId === 'v2')).toEqual(later);
  });

  it('pages through posts, those to come first', async () => {
    const client = test.client();
    const posts = [1, 2, 3, 4, 5].map((day) => ({
      ...video,
      externalId: `next-${day}`,
      publishesAt: instant(Date.now() + (day % 3) * 24 * HOUR),
    }));
    await client.call('posts.put', { body: { posts } });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.call('posts.list', { query: { limit: 2, ...(cursor && { cursor }) } });
      seen.push(...page.items.map(({ publishesAt }) => publishesAt));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(seen).toEqual(seen.toSorted().reverse());
  });

  it('shows nothing of another operator, and lets nobody change a reading', async () => {
    const [other] = await test.raw<{ id: string }>(
      "INSERT INTO operators (id, name) VALUES (gen_random_uuid(), 'other') RETURNING id",
    );
    const stranger = test.client(await test.keyOf({ operator: other?.id ?? '' }));
    expect((await stranger.call('posts.list', {})).items).toEqual([]);
    const change = asTenant(test.house.database, tenant, (sql) => sql.query('UPDATE post_readings SET value = 1'));
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
