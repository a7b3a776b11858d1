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

const NAMED_BY_CONTENT = /^\/assets\//;

/** A file of the console by its path; none for paths that are no file's. */
const fileAt = async (folder: string, path: string) => {
  const type = TYPES[extname(path)];
  if (type === undefined || normalize(path) !== path || path.includes('\\')) return undefined;
  const bytes = await read(join(folder, path));
  return bytes && { type, bytes };
};

/** Serves the console: its files, and its first page for every path that it finds its way by itself. */
export const addConsole = (app: Hono, { folder, localKey }: ConsoleFiles): void => {
  app.get('*', async (context) => {
    const { path } = context.req;
    if (MACHINES.test(path)) return context.notFound();
    const file = await fileAt(folder, path);
    if (file) {
      const cached = NAMED_BY_CONTENT.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
      const headers = { 'content-type': file.type, 'cache-control': cached, 'x-content-type-options': 'nosniff' };
      return context.body(file.bytes, 200, headers);
    }
    const page = extname(path) === '' ? await read(join(folder, 'index.html')) : undefined;
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
