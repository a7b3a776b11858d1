import type { RouteName } from '@crossparcel/api';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const COOKIE = 'crossparcel_key';
const LASTS_SECONDS = 30 * 24 * 3600;

/** Names under which a browser on this machine reaches it. Any other may be a page elsewhere that points its name here. */
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a browser on this machine asks, under a name of this machine and not through a proxy. */
export const isLocal = (context: Context): boolean =>
  LOCAL_NAMES.has(new URL(context.req.url).hostname) &&
  ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'].every((name) => context.req.header(name) === undefined);

/** Keeps a key in a cookie that scripts do not see and that other sites' pages do not send. */
export const keepKey = (context: Context, key: string): void =>
  setCookie(context, COOKIE, key, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    maxAge: LASTS_SECONDS,
    secure: new URL(context.req.url).protocol === 'https:',
  });

/** The key of a request: from its header, or from the cookie of a browser that asks from its own page. */
export const keyOf = (context: Context): string | undefined => {
  const header = /^Bearer (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1];
  if (header !== undefined) return header;
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return undefined;
  return getCookie(context, COOKIE);
};

/** Sets or forgets the cookie after a session route has answered well. */
export const turnSession = (context: Context, route: RouteName, input: unknown): void => {
  if (route === 'session.begin') keepKey(context, (input as { body: { key: string } }).body.key);
  if (route === 'session.end') deleteCookie(context, COOKIE, { path: '/' });
};
