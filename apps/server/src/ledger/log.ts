import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  formatCheckpoint,
  formatSignatureLine,
  formatVerifierKey,
  KEY_TYPES,
  type NoteKey,
  noteKeyOf,
  TreeEdge,
  utf8,
} from '@crossparcel/trace/ledger';
import { CrossparcelError } from '@crossparcel/units';
import type { Database, Sql } from '../database/database.ts';
import { asKeeper } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';

/** Advisory lock of the one sequencer. */
const LOCK = 4_600_002;
/** Leaves given an index in one transaction. */
const BATCH = 5000;

/** Points of the sequencer's work, in their order; the first two are in one transaction. */
export const SEQUENCER_STEPS = ['indices-given', 'checkpoint-stored', 'sequenced', 'signed'] as const;
export type SequencerStep = (typeof SEQUENCER_STEPS)[number];

/** Who signs the log, and under which name. */
export interface LogSigner {
  readonly origin: string;
  readonly key: NoteKey;
  sign(text: string): Uint8Array;
}

/** A signer with an Ed25519 key. */
const signerOf = (origin: string, privateKey: KeyObject): LogSigner => {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const key = noteKeyOf(origin, new Uint8Array(spki.subarray(-32)));
  return { origin, key, sign: (text) => new Uint8Array(sign(null, utf8(text), privateKey)) };
};

/** The policy under which proofs of a log are checked as long as it has no witnesses. */
export const policyOf = ({ origin, key }: LogSigner): string =>
  `log ${formatVerifierKey(origin, KEY_TYPES.ed25519, key.publicKey)}\nquorum none\n`;

/**
 * The signer of a database's log: it begins with this key, under this name or one made up, or has begun with it. Throws
 * `other-log` when it has begun with another.
 */
export const adoptLog = async (
  database: Database,
  privateKey: KeyObject,
  name: string | undefined,
): Promise<LogSigner> => {
  const signer = signerOf(name ?? `crossparcel.local/${newId()}`, privateKey);
  const publicKey = Buffer.from(signer.key.publicKey).toString('hex');
  const [kept] = await asKeeper(database, async (sql) => {
    const inserted = await sql.query(
      "INSERT INTO log_identity (origin, public_key) VALUES ($1, decode($2, 'hex')) ON CONFLICT DO NOTHING RETURNING 1",
      [signer.origin, publicKey],
    );
    if (inserted.length > 0) await storeCheckpoint(sql, new TreeEdge(0, []));
    return sql.query<{ origin: string; public_key: string }>(
      "SELECT origin, encode(public_key, 'hex') AS public_key FROM log_identity",
    );
  });
  if (kept?.public_key === publicKey && (name === undefined || kept.origin === name)) {
    return signerOf(kept.origin, privateKey);
  }
  throw new CrossparcelError({
    code: 'other-log',
    what: `this database's log is ${kept?.origin} and began with another key or name`,
    mend: 'give those with which it began',
  });
};

/**
 * The sequencer: gives logged events their index in the log, one after another without gaps, stores the root, and only
 * then signs it. An advisory lock lets one process at a time do so; should two believe they may, the keys of the tables
 * let only one root stand for a size.
 */
export class Sequencer {
  readonly #database: Database;
  readonly #signer: LogSigner;
  readonly #onStep: (step: SequencerStep) => void;

  /** `onStep` is called after each step, for those who want to watch or to pull the plug. */
  constructor(database: Database, signer: LogSigner, onStep: (step: SequencerStep) => void = () => undefined) {
    this.#database = database;
    this.#signer = signer;
    this.#onStep = onStep;
  }

  /** Sequences and signs what is waiting; gives the number of leaves that got an index. */
  async run(): Promise<number> {
    let count = 0;
    for (;;) {
      const batch = await this.#sequence();
      count += batch;
      if (batch < BATCH) break;
    }
    await this.#sign();
    return count;
  }

  async #sequence(): Promise<number> {
    const count = await asKeeper(this.#database, async (sql) => {
      const [lock] = await sql.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [LOCK]);
      if (!lock?.mine) return 0;
      const leaves = await sql.query<{ position: number; leaf_hash: Uint8Array }>(
        'SELECT position, leaf_hash FROM events WHERE leaf_index IS NULL ORDER BY position LIMIT $1',
        [BATCH],
      );
      if (leaves.length === 0) return 0;
      const edge = await readEdge(sql);
      const size = edge.size;
      await sql.query(
        `UPDATE events SET leaf_index = row.leaf_index
         FROM jsonb_to_recordset($1::jsonb) AS row (position bigint, leaf_index bigint) WHERE events.position = row.position`,
        [JSON.stringify(leaves.map(({ position }, index) => ({ position, leaf_index: size + index })))],
      );
      this.#onStep('indices-given');
      await storeTiles(
        sql,
        edge,
        leaves.map(({ leaf_hash: hash }) => new Uint8Array(hash)),
      );
      await storeCheckpoint(sql, edge);
      this.#onStep('checkpoint-stored');
      return leaves.length;
    });
    if (count > 0) this.#onStep('sequenced');
    return count;
  }

  /** Signs the stored checkpoints that nobody has signed yet. The same root gives the same signature, whoever makes it. */
  async #sign(): Promise<void> {
    await asKeeper(this.#database, async (sql) => {
      const open = await sql.query<{ size: number; root: Uint8Array }>(
        'SELECT size, root FROM log_checkpoints WHERE note IS NULL ORDER BY size',
      );
      for (const { size, root } of open) {
        const text = formatCheckpoint({ origin: this.#signer.origin, size: BigInt(size), root: new Uint8Array(root) });
        const note = `${text}\n${formatSignatureLine(this.#signer.key, this.#signer.sign(text))}`;
        await sql.query('UPDATE log_checkpoints SET note = $2, signed_at = now() WHERE size = $1 AND note IS NULL', [
          size,
          note,
        ]);
      }
    });
    this.#onStep('signed');
  }
}

/** Stores the root of a tree: the key of the table lets one root stand for a size. */
const storeCheckpoint = async (sql: Sql, edge: TreeEdge): Promise<void> => {
  await sql.query("INSERT INTO log_checkpoints (size, root) VALUES ($1, decode($2, 'hex'))", [
    edge.size,
    Buffer.from(edge.root()).toString('hex'),
  ]);
};

const readEdge = async (sql: Sql): Promise<TreeEdge> => {
  const [last] = await sql.query<{ size: number }>('SELECT size FROM log_checkpoints ORDER BY size DESC LIMIT 1');
  const size = last?.size ?? 0;
  const tiles: Uint8Array[] = [];
  for (const { level, number } of TreeEdge.tilesOf(size)) tiles.push(await readTile(sql, level, number));
  return new TreeEdge(size, tiles);
};

const storeTiles = async (sql: Sql, edge: TreeEdge, leaves: readonly Uint8Array[]): Promise<void> => {
  const tiles = edge.append(leaves).map(({ level, number, hashes }) => ({
    level,
    number,
    hashes: Buffer.from(hashes).toString('hex'),
  }));
  await sql.query(
    `INSERT INTO log_tiles (level, number, hashes)
     SELECT level, number, decode(hashes, 'hex') FROM jsonb_to_recordset($1::jsonb) AS row (level integer, number bigint, hashes text)
     ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes`,
    [JSON.stringify(tiles)],
  );
};

/** The hashes of a tile as far as they are stored. */
export const readTile = async (sql: Sql, level: number, number: number): Promise<Uint8Array> => {
  const [row] = await sql.query<{ hashes: Uint8Array }>(
    'SELECT hashes FROM log_tiles WHERE level = $1 AND number = $2',
    [level, number],
  );
  return new Uint8Array(row?.hashes ?? []);
};

/** The latest signed checkpoint; undefined before the first. */
export const latestCheckpoint = async (sql: Sql): Promise<{ size: number; note: string } | undefined> => {
  const [row] = await sql.query<{ size: number; note: string }>(
    'SELECT size, note FROM log_checkpoints WHERE note IS NOT NULL ORDER BY size DESC LIMIT 1',
  );
  return row;
};
