import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient } from '@crossparcel/api';
import { CrossparcelError } from '@crossparcel/units';
import { pino } from 'pino';
import { holderOf } from './database/folder-lock.ts';
import { type HouseConfig, openHouse } from './house.ts';
import { createApp } from './http/app.ts';

/** A client of an installation on this machine, and what is to be done when it is no longer needed. */
export interface Connection {
  readonly client: Client;
  /** Where it talks to: a URL, or the folder or database that it opened itself. */
  readonly place: string;
  close(): Promise<void>;
}

/**
 * A client of the installation that a configuration names. When another process has the embedded folder open and
 * serves, it talks to that process; when nobody has, it opens the installation in this one. Throws `folder-in-use` when
 * the folder is open in a process that does not serve.
 */
export const connect = async (config: HouseConfig): Promise<Connection> => {
  const holder = config.databaseUrl === undefined ? await holderOf(config.dataFolder) : undefined;
  if (holder?.url !== undefined) {
    const key = await readFile(join(config.dataFolder, 'owner.key'), 'utf8');
    const client = createClient(holder.url, key.trim(), globalThis.fetch);
    return { client, place: holder.url, close: async () => undefined };
  }
  const house = await openHouse(config, pino({ level: 'error' }, pino.destination(2)));
  const app = createApp(house);
  const inProcess: typeof globalThis.fetch = async (input, init) => app.request(input as string, init);
  return {
    client: createClient('http://localhost', house.ownerKey, inProcess),
    place: config.databaseUrl === undefined ? config.dataFolder : 'the database',
    close: () => house.close(),
  };
};

/** A client of a server somewhere. Throws `no-key` without a key. */
export const connectTo = (url: string, key: string | undefined): Connection => {
  if (key === undefined) {
    throw new CrossparcelError({
      code: 'no-key',
      what: `${url} wants an API key`,
      mend: 'set CROSSPARCEL_KEY to one',
    });
  }
  const client = createClient(url.replace(/\/+$/, ''), key, globalThis.fetch);
  return { client, place: url, close: async () => undefined };
};
