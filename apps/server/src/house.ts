import { ROLES } from '@crossparcel/api';
import type { Logger } from 'pino';
import type { Database } from './database/database.ts';
import { FolderLock } from './database/folder-lock.ts';
import { lockSchema, migrate } from './database/migrate.ts';
import { openPglite } from './database/pglite.ts';
import { openPostgres } from './database/postgres.ts';
import { asKeeper } from './database/tenant.ts';
import { newId } from './database/uuid.ts';
import { EventWriter } from './events/writer.ts';
import { freeClaims } from './jobs/claims.ts';
import { Jobs } from './jobs/jobs.ts';
import { hashOf, makeKey, prefixOf } from './keys/api-key.ts';
import { Callers } from './keys/caller.ts';
import { findKey, insertKey } from './keys/store.ts';
import { adoptLog, type LogSigner, Sequencer } from './ledger/log.ts';
import { Metrics } from './observe/metrics.ts';
import { Intake } from './orders/intake.ts';
import { Atlas } from './plans/atlas.ts';
import { DataFolder } from './secrets/data-folder.ts';
import type { Keyring } from './secrets/keyring.ts';
import { Sellers } from './tenants/sellers.ts';
import { addOperator } from './tenants/store.ts';
import { deliveryJob } from './webhooks/deliver.ts';

/** How an installation is set up. */
export interface HouseConfig {
  /** Folder of its keys, and of the embedded database. */
  readonly dataFolder: string;
  /** A PostgreSQL server; without it the database is embedded. */
  readonly databaseUrl: string | undefined;
  /** Master key as base64; without it, it is kept in the folder. */
  readonly secret: string | undefined;
  /** Key of the log as PEM; without it, it is kept in the folder. */
  readonly logKey: string | undefined;
  /** Name of the log; without it one is made up when the log begins. */
  readonly logOrigin: string | undefined;
  /** Whether webhooks may lead into private networks. */
  readonly webhooksInside: boolean;
}

/** The configuration that the environment gives. */
export const configOf = (environment: NodeJS.ProcessEnv): HouseConfig => ({
  dataFolder: environment.CROSSPARCEL_DATA ?? '.crossparcel',
  databaseUrl: environment.CROSSPARCEL_DATABASE_URL,
  secret: environment.CROSSPARCEL_SECRET,
  logKey: environment.CROSSPARCEL_LOG_KEY,
  logOrigin: environment.CROSSPARCEL_LOG_ORIGIN,
  webhooksInside: environment.CROSSPARCEL_WEBHOOKS_INSIDE === '1',
});

/** An open installation: its database and everything that works on it. */
export interface House {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly callers: Callers;
  readonly sellers: Sellers;
  readonly atlas: Atlas;
  readonly intake: Intake;
  readonly events: EventWriter;
  readonly signer: LogSigner;
  readonly sequencer: Sequencer;
  readonly jobs: Jobs;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Whether webhooks may lead into private networks. */
  readonly allowsInside: boolean;
  /** The first API key, for people and programs on this machine. */
  readonly ownerKey: string;
  /** Tells other processes on this machine where this one serves. */
  announce(url: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an installation: takes the folder's lock when the database is embedded, brings the schema up to date, makes keys
 * and a first operator where there are none. Throws `folder-in-use` when another process has it open.
 */
export const openHouse = async (config: HouseConfig, log: Logger): Promise<House> => {
  const folder = new DataFolder(config.dataFolder);
  await folder.make();
  const lock = config.databaseUrl === undefined ? await FolderLock.take(folder.path) : undefined;
  let database: Database | undefined;
  try {
    database =
      config.databaseUrl === undefined ? await openPglite(folder.database) : await openPostgres(config.databaseUrl);
    return await furnish(database, config, folder, lock, log);
  } catch (error) {
    await database?.close();
    await lock?.release();
    throw error;
  }
};

const furnish = async (
  database: Database,
  config: HouseConfig,
  folder: DataFolder,
  lock: FolderLock | undefined,
  log: Logger,
): Promise<House> => {
  await migrate(database);
  const keyring = await folder.keyring(config.secret);
  const signer = await adoptLog(database, await folder.logKey(config.logKey), config.logOrigin);
  const ownerKey = await ensureOwner(database, folder);
  const delivering = deliveryJob({ database, keyring, allowInside: config.webhooksInside });
  // The only process there is: whoever had claimed work is gone.
  if (database.kind === 'pglite') await freeClaims(database);
  const jobs = new Jobs(database, [delivering], (error) => log.error({ err: error }, 'jobs'));
  await jobs.start();
  return {
    database,
    keyring,
    callers: new Callers(database),
    sellers: new Sellers(database),
    atlas: new Atlas(),
    intake: new Intake(database, keyring),
    events: new EventWriter(database),
    signer,
    sequencer: new Sequencer(database, signer),
    jobs,
    metrics: new Metrics(),
    log,
    allowsInside: config.webhooksInside,
    ownerKey,
    announce: async (url) => lock?.announce(url),
    close: async () => {
      await jobs.stop();
      await database.close();
      await lock?.release();
    },
  };
};

/** Makes a first operator with a key that may do everything, when the key of the folder is not known to the database. */
const ensureOwner = async (database: Database, folder: DataFolder): Promise<string> => {
  const secret = await folder.ownerKey(() => makeKey().secret);
  const prefix = prefixOf(secret) ?? '';
  await asKeeper(database, async (sql) => {
    // Several processes may open a fresh database at once.
    await lockSchema(sql);
    if (await findKey(sql, prefix)) return;
    const { operator } = await addOperator(sql, 'Operator');
    const key = {
      id: newId(),
      tenant: { operator },
      name: 'owner',
      prefix,
      hash: hashOf(secret),
      expiresAt: undefined,
    };
    await insertKey(sql, { ...key, scopes: ROLES.owner });
  });
  return secret;
};
