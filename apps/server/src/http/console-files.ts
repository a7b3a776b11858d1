import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Hono } from 'hono';
import { isLocal, keepKey } from './session.ts';

/** The built console, and the key that whoever opens it on this machine is given. */
export interface ConsoleFiles {
  readonly folder: string;
  readonly localKey: string | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Nothing is loaded from elsewhere, nobody frames the console but itself (papers are shown in it). */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'self' blob:; frame-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

/** Paths of machines: what is not there is not there, rather than a page of the console. */
const MACHINES = /^\/(v1|log|docs|metrics|healthz|readyz|openapi\.json)(\/|$)/;

const read = (file: string): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    () => undefined,
  );

/** Serves the console: its files, and its first page for every path that it finds its way by itself. */
export const addConsole = (app: Hono, { folder, localKey }: ConsoleFiles): void => {
  app.get('/assets/*', async (context) => {
    const path = normalize(context.req.path);
    const type = TYPES[extname(path)];
    const bytes = type !== undefined && !path.includes('..') ? await read(join(folder, path)) : undefined;
    if (!bytes || type === undefined) return context.notFound();
    // Their names change with their content.
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' };
    return context.body(bytes, 200, { ...headers, 'x-content-type-options': 'nosniff' });
  });
  app.get('*', async (context) => {
    if (MACHINES.test(context.req.path)) return context.notFound();
    const page = await read(join(folder, 'index.html'));
    if (!page) return context.notFound();
    if (localKey !== undefined && isLocal(context)) keepKey(context, localKey);
    return context.body(page, 200, {
      'content-type': TYPES['.html'] ?? '',
      'cache-control': 'no-cache',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });
};
