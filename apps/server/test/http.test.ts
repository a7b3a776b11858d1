import { openApiDocument, ROLES, routes } from '@crossparcel/api';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openHouse } from '../src/house.ts';
import { createApp } from '../src/http/app.ts';
import { forgetOld } from '../src/http/idempotency.ts';
import { anOrder, freshConfig, KINDS, openTestHouse, silent, type TestHouse } from './support.ts';

describe.each(KINDS)('the HTTP interface on %s', (kind) => {
  let test: TestHouse;
  beforeAll(async () => {
    test = await openTestHouse(kind);
  });
  afterAll(() => test.remove());

  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    test.fetch(`http://localhost${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.house.ownerKey}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('answers a repeated request with the answer that the first one got, also to many at once', async () => {
    const headers = { 'idempotency-key': 'seller-1' };
    const first = await send('/v1/sellers', { name: 'Once' }, headers);
    expect(first.status).toBe(201);
    const text = await first.text();
    for (let repeat = 0; repeat < 3; repeat += 1) {
      const again = await send('/v1/sellers', { name: 'Once' }, headers);
      expect([again.status, again.headers.get('idempotent-replayed'), await again.text()]).toEqual([201, 'true', text]);
    }
    const many = await Promise.all(
      Array.from({ length: 8 }, () => send('/v1/sellers', { name: 'Many' }, { 'idempotency-key': 'seller-2' })),
    );
    expect(many.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    for (const { status } of many) expect([201, 409]).toContain(status);
    const sellers = await test.raw<{ name: string }>("SELECT name FROM sellers WHERE name IN ('Once', 'Many')");
    expect(sellers).toHaveLength(2);
  });

  it('refuses a key that was used for another request, and one that is none', async () => {
    const headers = { 'idempotency-key': 'used' };
    await send('/v1/sellers', { name: 'First' }, headers);
    const other = await send('/v1/sellers', { name: 'Second' }, headers);
    expect([other.status, await other.json()]).toMatchObject([422, { field: 'Idempotency-Key' }]);
    expect((await send('/v1/sellers', { name: 'Third' }, { 'idempotency-key': 'x'.repeat(201) })).status).toBe(400);
  });

  it('works on a request again whose first attempt died, and remembers refusals', async () => {
    const headers = { 'idempotency-key': 'died' };
    const refused = await send('/v1/sellers', { name: '' }, headers);
    expect(refused.status).toBe(400);
    expect((await send('/v1/sellers', { name: '' }, headers)).headers.get('idempotent-replayed')).toBe('true');
    await test.raw(
      "UPDATE idempotency_keys SET status = NULL, sealed_answer = NULL, request_hash = request_hash WHERE key = 'died'",
    );
    expect((await send('/v1/sellers', { name: '' }, headers)).status).toBe(409);
    await test.raw("UPDATE idempotency_keys SET started_at = now() - interval '2 minutes' WHERE key = 'died'");
    expect((await send('/v1/sellers', { name: '' }, headers)).status).toBe(400);
  });

  it('keeps no secret in the clear, and forgets old answers', async () => {
    const made = await send('/v1/keys', { name: 'secret', role: 'viewer' }, { 'idempotency-key': 'secret' });
    const { secret } = (await made.json()) as { secret: string };
    const rows = await test.raw<{ text: string }>(
      'SELECT row::text AS text FROM idempotency_keys AS row UNION ALL SELECT row::text FROM api_keys AS row UNION ALL SELECT row::text FROM webhooks AS row',
    );
    const hex = Buffer.from(secret).toString('hex');
    for (const { text } of rows) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(hex);
    }
    await test.raw("UPDATE idempotency_keys SET started_at = now() - interval '30 days' WHERE key = 'secret'");
    await forgetOld(test.house.database);
    expect(await test.raw("SELECT 1 FROM idempotency_keys WHERE key = 'secret'")).toEqual([]);
    expect((await test.raw('SELECT 1 FROM idempotency_keys')).length).toBeGreaterThan(0);
  });

  it.each([
    ['no JSON', '/v1/orders', '{"orders":', 400, 'bad-json'],
    ['nothing', '/v1/orders', '', 400, 'bad-record'],
    ['too much', '/v1/orders', `"${'x'.repeat(10 * 1024 * 1024)}"`, 413, 'too-large'],
    ['a query that is not known', '/v1/orders?colour=red', { orders: [anOrder()] }, 400, 'bad-record'],
    ['a route that is none', '/v1/nothing', {}, 404, 'not-found'],
    ['an id that is none', '/v1/orders/123/holds', { code: 'x', why: 'y', mend: 'z' }, 404, 'not-found'],
  ])('answers %s with a problem that says what is wrong', async (_, path, body, status, code) => {
    const response = await send(path, body);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as Record<string, unknown>;
    expect([response.status, problem.type]).toEqual([status, `https://crossparcel.dev/problems/${code}`]);
    expect(problem).toMatchObject({ title: expect.any(String), detail: expect.any(String), status });
  });

  it('tells how it is, and counts what it does', async () => {
    expect((await test.fetch('http://localhost/healthz')).status).toBe(200);
    expect((await test.fetch('http://localhost/readyz')).status).toBe(200);
    const metrics = await (await test.fetch('http://localhost/metrics')).text();
    expect(metrics).toMatch(/crossparcel_http_request_seconds_count\{route="sellers.create",status="201"\} \d+/);
    expect(await (await test.fetch('http://localhost/docs')).text()).toContain('/v1/orders/{id}/holds');
    expect(await (await test.fetch('http://localhost/openapi.json')).json()).toEqual(
      JSON.parse(JSON.stringify(openApiDocument())),
    );
  });

  it('says that it is not ready, and to try again, when the database is gone', async () => {
    const gone = await openTestHouse(kind);
    await gone.client().call('orders.submit', { body: { orders: [anOrder()] } });
    await gone.house.database.close();
    expect((await gone.fetch('http://localhost/healthz')).status).toBe(200);
    expect((await gone.fetch('http://localhost/readyz')).status).toBe(503);
    const response = await gone.fetch('http://localhost/v1/orders', {
      headers: { authorization: `Bearer ${gone.house.ownerKey}` },
    });
    expect(response.status).toBeGreaterThanOrEqual(500);
  });

  it('logs what it does without a word about people, goods or keys', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const app = createApp({ ...test.house, log });
    const key = test.house.ownerKey;
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ orders: [anOrder({ externalId: 'logged' })] });
    const post = (text: string) => app.request('/v1/orders?', { method: 'POST', headers, body: text });
    const [seller] = await test.raw<{ id: string }>('SELECT id FROM sellers ORDER BY id LIMIT 1');
    await app.request(`/v1/orders?seller=${seller?.id}`, { method: 'POST', headers, body });
    await post(body.replace('"quantity":2', '"quantity":-2'));
    await app.request('/v1/orders?externalId=logged', { headers });
    const broken = createApp({
      ...test.house,
      log,
      database: { ...test.house.database, transaction: () => Promise.reject(new Error('Key (name)=(Ada Example)')) },
    });
    expect((await broken.request('/v1/orders?limit=1', { headers })).status).toBe(500);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    for (const line of lines) expect(line).not.toMatch(/Ada|Sample Street|buyer-1|LASH-KIT|logged/);
    for (const line of lines) expect(line).not.toContain(key);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument() as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>;
  };

  it('has every route once, with every parameter of its path and a key for every POST', () => {
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
    for (const { path, method, parameters } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
      expect(parameters.some(({ name }) => name === 'Idempotency-Key')).toBe(method === 'post');
    }
  });

  it('has roles that are made of scopes which routes ask for', () => {
    const asked = new Set(Object.values(routes).map(({ scope }) => scope as string));
    for (const scopes of Object.values(ROLES)) for (const scope of scopes) expect(asked).toContain(scope);
  });
});

describe.each(KINDS)('migrations on %s', (kind) => {
  it('run once, refuse a file that was changed after it had run, and a database that knows more', async () => {
    const test = await openTestHouse(kind);
    const { database } = test.house;
    await migrate(database);
    const [before] = await test.raw<{ hash: string }>('SELECT hash FROM schema_migrations WHERE number = 1');
    await test.raw("UPDATE schema_migrations SET hash = 'another' WHERE number = 1");
    await expect(migrate(database)).rejects.toMatchObject({ code: 'migration-edited' });
    await test.raw('UPDATE schema_migrations SET hash = $1 WHERE number = 1', [before?.hash]);
    await test.raw("INSERT INTO schema_migrations (number, name, hash) VALUES (9999, '9999-later.sql', 'x')");
    await expect(migrate(database)).rejects.toMatchObject({ code: 'database-newer' });
    await test.remove();
  });
});

describe('a fresh PostgreSQL database', () => {
  it('can be opened by several processes at once, which agree on keys and log', async () => {
    const config = await freshConfig('postgres');
    const houses = await Promise.all(Array.from({ length: 4 }, () => openHouse(config, silent)));
    expect(new Set(houses.map(({ ownerKey }) => ownerKey)).size).toBe(1);
    const operators = await houses[0]?.database.transaction(async (sql) => {
      await sql.query("SELECT set_config('role', 'crossparcel_keeper', true)");
      return sql.query('SELECT 1 FROM operators');
    });
    expect(operators).toHaveLength(1);
    for (const house of houses) await house.close();
    const other = await freshConfig('postgres');
    await expect(openHouse({ ...config, dataFolder: other.dataFolder }, silent)).rejects.toMatchObject({
      code: 'other-log',
    });
  });
});
