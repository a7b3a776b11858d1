import { concatBytes, HASH_BYTES, TILE_WIDTH, utf8 } from '@crossparcel/trace/ledger';
import type { Database, Sql } from '../database/database.ts';
import { asKeeper } from '../database/tenant.ts';
import { latestCheckpoint, readTile } from './log.ts';

const TAG = utf8('crossparcel/event/v1\n');

/** Hashes of a level that a tree of some size has. */
const widthOf = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/**
 * The body of a tile or of a bundle of entries as far as the latest signed checkpoint covers it; undefined when it does
 * not cover the width that was asked for.
 */
export const tileBody = (
  database: Database,
  { level, number, width }: { readonly level: number | 'entries'; readonly number: number; readonly width: number },
): Promise<Uint8Array | undefined> =>
  asKeeper(database, async (sql) => {
    const checkpoint = await latestCheckpoint(sql);
    const covered = widthOf(checkpoint?.size ?? 0, level === 'entries' ? 0 : level);
    if (number * TILE_WIDTH + width > covered) return undefined;
    if (level === 'entries') return entryBundle(sql, number, width);
    return (await readTile(sql, level, number)).subarray(0, width * HASH_BYTES);
  });

/** Entries one after another, each behind its length in two bytes. */
const entryBundle = async (sql: Sql, number: number, width: number): Promise<Uint8Array> => {
  const from = number * TILE_WIDTH;
  const rows = await sql.query<{ commitment: Uint8Array }>(
    'SELECT commitment FROM events WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index',
    [from, from + width],
  );
  return concatBytes(
    ...rows.flatMap(({ commitment }) => {
      const length = TAG.length + commitment.length;
      return [new Uint8Array([length >> 8, length & 255]), TAG, new Uint8Array(commitment)];
    }),
  );
};
