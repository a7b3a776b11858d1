import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDatabase, type PostgresServer, startPostgres } from '../test/support/postgres-server.ts';

const BIN = fileURLToPath(new URL('../bin/crossparcel.js', import.meta.url));

/** A server process of the product, with its workers, reached over HTTP as any client would. */
export interface Installation {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string | undefined;
}

const start = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Started> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.on('exit', (code) => reject(new Error(`${args[0]} ended with ${code}: ${said}`)));
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      if (/working\n/.test(said)) resolve({ child, url: undefined });
      const url = /^(http:\S+) /m.exec(said)?.[1];
      if (url !== undefined) resolve({ child, url });
    });
  });

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.on('exit', () => resolve());
    child.kill('SIGTERM');
  });

/** Starts an installation on fresh ground: embedded, or on a PostgreSQL server. */
export const startInstallation = async (server: PostgresServer | undefined): Promise<Installation> => {
  const folder = await mkdtemp(join(tmpdir(), 'crossparcel-bench-'));
  const env: NodeJS.ProcessEnv = { ...process.env, CROSSPARCEL_DATA: folder, CROSSPARCEL_LOG: 'warn' };
  delete env.CROSSPARCEL_DATABASE_URL;
  if (server) env.CROSSPARCEL_DATABASE_URL = await makeDatabase(server.adminUrl, 'bench');
  const serving = await start(['serve', '--port', '0'], env);
  const working = server ? await start(['work'], env) : undefined;
  const key = (await readFile(join(folder, 'owner.key'), 'utf8')).trim();
  return {
    url: serving.url ?? '',
    key,
    stop: async () => {
      if (working) await end(working.child);
      await end(serving.child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Installations that a room's benchmark uses, on both databases. */
export const startBoth = async () => {
  const server = await startPostgres();
  const postgres = await startInstallation(server);
  const pglite = await startInstallation(undefined);
  return {
    server,
    postgres,
    pglite,
    stop: async () => {
      await postgres.stop();
      await pglite.stop();
      await server.stop();
    },
  };
};

/** A POST over kept connections; gives the milliseconds that it took and the answer. Throws for another status than 200. */
export const poster = ({ url, key }: Installation, connections: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (path: string, body: unknown): Promise<{ readonly tookMs: number; readonly answer: unknown }> =>
    new Promise((resolve, reject) => {
      const sent = performance.now();
      const text = JSON.stringify(body);
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const call = request(`${url}${path}`, { method: 'POST', agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString('utf8');
          if (response.statusCode === 200) resolve({ tookMs: performance.now() - sent, answer: JSON.parse(answer) });
          else reject(new Error(`${response.statusCode}: ${answer}`));
        });
      });
      call.on('error', reject);
      call.end(text);
    });
};

/** Does a number of things, so many at a time. */
export const atOnce = async (count: number, width: number, work: (index: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
};

/** Does things at a steady pace, whether or not those before are done; each is told when it was due. */
export const atPace = async (
  count: number,
  perSecond: number,
  work: (dueAt: number) => Promise<void>,
): Promise<void> => {
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueAt = began + (index * 1000) / perSecond;
    const wait = dueAt - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(work(dueAt));
  }
  await Promise.all(running);
};
