import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { pino } from 'pino';
import { type House, type HouseConfig, openHouse } from './house.ts';
import { createApp } from './http/app.ts';
import { startWorkers } from './workers.ts';

/** How long requests that are being answered may take to end when the server stops. */
const PATIENCE_MS = 2000;

/** Where to listen. */
export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** What a server does besides serving the interface. */
interface Serving {
  /** The folder of the built console. */
  readonly consoleFolder?: string | undefined;
  /** Whether whoever opens the console on this machine is its owner and let in; otherwise they sign in with a key. */
  readonly isOwnMachine?: boolean;
  /** Work to be done before the first request. */
  prepare?(house: House): Promise<void>;
}

/** Something that runs until it is stopped. */
export interface Running {
  readonly url: string;
  readonly ownerKey: string;
  stop(): Promise<void>;
}

const logger = () => pino({ level: process.env.CROSSPARCEL_LOG ?? 'info' }, pino.destination(2));

const listen = (fetch: Parameters<typeof serve>[0]['fetch'], { host, port }: Listening): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, () => resolve(server));
    server.on('error', reject);
  });

/** Takes no more requests, lets those that are being answered end, and hangs up on streams, which do not end. */
const hangUp = async (server: ServerType): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  const patience = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, PATIENCE_MS);
  await closed;
  clearTimeout(patience);
};

/**
 * Serves the HTTP interface. With the embedded database the workers run in the same process, since no other can open it;
 * with a server they run in `work`.
 */
export const startServer = async (
  config: HouseConfig,
  listening: Listening,
  { consoleFolder, isOwnMachine = false, prepare }: Serving = {},
): Promise<Running> => {
  const house = await openHouse(config, logger());
  try {
    await prepare?.(house);
    const localKey = isOwnMachine ? house.ownerKey : undefined;
    const app = createApp(house, consoleFolder === undefined ? undefined : { folder: consoleFolder, localKey });
    const workers = house.database.kind === 'pglite' ? await startWorkers(house) : undefined;
    const server = await listen(app.fetch, listening);
    const { port } = server.address() as AddressInfo;
    const url = `http://${listening.host}:${port}`;
    await house.announce(url);
    house.log.info({ url, database: house.database.kind }, 'serving');
    return {
      url,
      ownerKey: house.ownerKey,
      stop: async () => {
        await hangUp(server);
        await workers?.stop();
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
};

/** Runs the workers on a PostgreSQL server. As many processes as you like; the log has one sequencer at a time. */
export const startWork = async (config: HouseConfig): Promise<Running> => {
  const house = await openHouse(config, logger());
  const workers = await startWorkers(house);
  house.log.info({ database: house.database.kind }, 'working');
  return {
    url: '',
    ownerKey: house.ownerKey,
    stop: async () => {
      await workers.stop();
      await house.close();
    },
  };
};
