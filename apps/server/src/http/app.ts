import { type AnyRoute, openApiDocument, type RouteName, routes } from '@crossparcel/api';
import { parseTilePath } from '@crossparcel/trace/ledger';
import { CrossparcelError, type Fault, fail, faultOfIssues, ok, type Result } from '@crossparcel/units';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import { isUnavailable } from '../database/database.ts';
import { asKeeper } from '../database/tenant.ts';
import type { House } from '../house.ts';
import type { Caller } from '../keys/caller.ts';
import { tileBody } from '../ledger/tiles.ts';
import { changeStream } from '../stream/stream.ts';
import { addConsole, type ConsoleFiles } from './console-files.ts';
import { docsPage } from './docs-page.ts';
import { handlers } from './handlers.ts';
import { beginOnce, endOnce } from './idempotency.ts';
import { readJson } from './json.ts';
import { notFound, problemResponse } from './problems.ts';
import { keyOf, turnSession } from './session.ts';

const MOST_BYTES = 10 * 1024 * 1024;

type AnyHandler = (call: {
  house: House;
  caller: Caller | undefined;
  input: unknown;
}) => Promise<Result<unknown, Fault>>;

interface CompiledRoute {
  readonly name: RouteName;
  readonly route: AnyRoute;
  readonly handle: AnyHandler;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
}

const compiled: readonly CompiledRoute[] = (Object.keys(routes) as RouteName[]).map((name) => {
  const route = routes[name] as unknown as AnyRoute;
  return {
    name,
    route,
    handle: handlers[name] as unknown as AnyHandler,
    params: z.object(route.params),
    query: z.strictObject(route.query),
  };
});

const MOST_KEY_LENGTH = 200;
const BAD_KEY: Fault = {
  code: 'bad-record',
  field: 'Idempotency-Key',
  what: 'is empty or too long',
  mend: `give 1 to ${MOST_KEY_LENGTH} characters`,
};

const KEY_NEEDED: Fault = {
  code: 'no-key',
  what: 'the request has no valid API key',
  mend: 'send Authorization: Bearer with one',
};

const callerOf = async (
  house: House,
  context: Context,
  { route }: CompiledRoute,
): Promise<Result<Caller | undefined, Fault>> => {
  if (route.scope === 'public') return ok(undefined);
  const key = keyOf(context);
  const caller = key === undefined ? undefined : await house.callers.find(key);
  if (!caller) return fail(KEY_NEEDED);
  if (route.scope !== 'any' && !caller.scopes.has(route.scope)) {
    return fail({
      code: 'scope-missing',
      what: `this key lacks the scope ${route.scope}`,
      mend: 'use a key that has it',
    });
  }
  if (route.level === 'operator' && caller.seller !== undefined) {
    return fail({ code: 'operator-only', what: 'this is for keys of the operator', mend: 'ask the operator' });
  }
  return ok(caller);
};

const inputOf = (context: Context, { route, params, query }: CompiledRoute, text: string): Result<unknown, Fault> => {
  const path = params.safeParse(context.req.param());
  // An id that is no id names nothing.
  if (!path.success) return fail(notFound('thing'));
  const search = query.safeParse(context.req.query());
  if (!search.success) return fail(faultOfIssues(search.error.issues));
  const given = readJson(text);
  if (!given.ok) return given;
  const body = route.body.safeParse(given.value);
  return body.success
    ? ok({ params: path.data, query: search.data, body: body.data })
    : fail(faultOfIssues(body.error.issues));
};

/** Answers a request, and a repeat of one with the answer that the first got. */
const answer = async (house: House, context: Context, one: CompiledRoute): Promise<Response> => {
  const caller = await callerOf(house, context, one);
  if (!caller.ok) return problemResponse(caller.error);
  const text = one.route.method === 'GET' ? '' : await context.req.text();
  const key = one.route.method === 'POST' ? context.req.header('idempotency-key') : undefined;
  if (key === undefined || caller.value === undefined) return work(house, context, one, caller.value, text);
  if (key.length === 0 || key.length > MOST_KEY_LENGTH) return problemResponse(BAD_KEY);
  const { pathname, search } = new URL(context.req.url);
  const before = await beginOnce(house, caller.value, key, `${pathname}${search} ${text}`);
  if (!before.ok) return problemResponse(before.error);
  if (before.value) {
    const { status, answer: given } = before.value;
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    return new Response(given === '' ? null : given, {
      status,
      headers: { 'content-type': type, 'idempotent-replayed': 'true' },
    });
  }
  const response = await work(house, context, one, caller.value, text);
  const given = await response.clone().text();
  await endOnce(house, caller.value, key, { status: response.status, answer: given });
  return response;
};

const work = async (
  house: House,
  context: Context,
  one: CompiledRoute,
  caller: Caller | undefined,
  text: string,
): Promise<Response> => {
  const input = inputOf(context, one, text);
  if (!input.ok) return problemResponse(input.error);
  let result: Result<unknown, Fault>;
  try {
    result = await one.handle({ house, caller, input: input.value });
  } catch (error) {
    return problemResponse(faultOf(house, one, error));
  }
  if (!result.ok) return problemResponse(result.error);
  turnSession(context, one.name, input.value);
  return written(house, context, one, caller, result.value);
};

/** An answer as its route writes it. */
const written = (
  house: House,
  context: Context,
  { route }: CompiledRoute,
  caller: Caller | undefined,
  value: unknown,
): Response => {
  if (route.status === 204) return context.body(null, 204);
  const { status } = route as { status: ContentfulStatusCode };
  switch (route.media) {
    case 'json':
      return context.body(JSON.stringify(value), status, { 'content-type': 'application/json' });
    case 'text':
      return context.body(String(value), status, { 'content-type': 'text/plain; charset=utf-8' });
    case 'csv':
      return context.body(String(value), status, {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'cache-control': 'private, no-store',
      });
    case 'pdf':
      return context.body(value as Uint8Array<ArrayBuffer>, status, {
        'content-type': 'application/pdf',
        'cache-control': 'private, no-store',
      });
    case 'events': {
      const named = context.req.query('seller');
      const tenant = { operator: caller?.operator ?? '', seller: caller?.seller ?? named };
      return new Response(changeStream(house.database, tenant, context.req.raw.signal), {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      });
    }
  }
};

/** What an error means to the one who asked. */
const faultOf = (house: House, { name }: CompiledRoute, error: unknown): Fault => {
  if (error instanceof CrossparcelError) return error;
  // A request may hold personal data, and so may what the database quotes of it: no more than code and place is logged.
  const { code, stack } = error as { code?: string; stack?: string };
  house.log.error({ code, stack: stack?.replace(/^.*\n/, ''), route: name }, 'request failed');
  if (isUnavailable(error)) return { code: 'unavailable', what: 'the database does not answer', mend: 'try again' };
  return { code: 'internal-error', what: 'something broke here', mend: 'try again' };
};

const TOO_LARGE: Fault = {
  code: 'too-large',
  what: 'the body is above 10 MiB',
  mend: 'send fewer records at a time',
};

const limitStream = bodyLimit({ maxSize: MOST_BYTES, onError: () => problemResponse(TOO_LARGE) });

/** Refuses large bodies: by the length that they state, or while they are read where they state none. */
const limitBody: MiddlewareHandler = async (context, next) => {
  const length = context.req.header('content-length');
  const isChunked = context.req.header('transfer-encoding') !== undefined;
  if (length === undefined || isChunked) return limitStream(context, next);
  return Number(length) > MOST_BYTES ? problemResponse(TOO_LARGE) : next();
};

/** The HTTP application of an installation: the route table, the log's tiles, what keeps watch, and the console. */
export const createApp = (house: House, files?: ConsoleFiles): Hono => {
  const app = new Hono();
  app.use(limitBody);
  for (const one of compiled) {
    const path = one.route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(one.route.method, path, async (context) => {
      const started = performance.now();
      const response = await answer(house, context, one);
      const seconds = (performance.now() - started) / 1000;
      house.metrics.requests.observe({ route: one.name, status: String(response.status) }, seconds);
      house.log.info({ route: one.name, status: response.status, ms: Math.round(seconds * 1000) }, 'request');
      return response;
    });
  }
  addTiles(app, house);
  app.get('/openapi.json', (context) => context.json(openApiDocument()));
  app.get('/docs', (context) => context.html(docsPage()));
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    const isReady = await asKeeper(house.database, (sql) => sql.query('SELECT 1')).then(
      () => true,
      () => false,
    );
    return isReady ? context.text('ready\n') : context.text('the database does not answer\n', 503);
  });
  app.get('/metrics', async (context) =>
    context.body(await house.metrics.registry.metrics(), 200, { 'content-type': house.metrics.registry.contentType }),
  );
  if (files) addConsole(app, files);
  app.notFound(() => problemResponse({ code: 'not-found', what: 'there is no such route', mend: 'see /docs' }));
  app.onError((error) => {
    house.log.error({ err: error }, 'request failed');
    return problemResponse({ code: 'internal-error', what: 'something broke here', mend: 'try again' });
  });
  return app;
};

/** Tiles never change once they are full, and anybody may keep them (C2SP tlog-tiles). */
const addTiles = (app: Hono, house: House): void => {
  app.get('/log/tile/*', async (context) => {
    const parsed = parseTilePath(context.req.path.slice('/log/'.length));
    const body = parsed && (await tileBody(house.database, parsed));
    if (!body) return problemResponse(notFound('tile'));
    return new Response(Uint8Array.from(body), {
      headers: {
        'content-type': 'application/octet-stream',
        'cache-control': parsed.width === 256 ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
      },
    });
  });
};
