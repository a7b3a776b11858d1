import { formatParcelProof, TileTree } from '@crossparcel/trace/ledger';
import type { Database } from '../database/database.ts';
import { asKeeper, asTenant, type Tenant } from '../database/tenant.ts';
import { loggedEvents } from '../events/store.ts';
import { latestCheckpoint, readTile } from './log.ts';

/** The proof of a parcel's events that the latest signed checkpoint covers; undefined when it covers none. */
export const parcelProof = async (
  database: Database,
  tenant: Tenant,
  parcel: { readonly id: string; readonly epc: string },
): Promise<string | undefined> => {
  const checkpoint = await asKeeper(database, latestCheckpoint);
  if (!checkpoint) return undefined;
  const { size, note } = checkpoint;
  const events = await asTenant(database, tenant, (sql) => loggedEvents(sql, parcel.id, size));
  if (events.length === 0) return undefined;
  return asKeeper(database, async (sql) => {
    const tree = new TileTree(size, (level, number) => readTile(sql, level, number));
    const proven: Parameters<typeof formatParcelProof>[2][number][] = [];
    for (const { canonical, salt, leaf_index: index } of events) {
      const path = await tree.inclusionProof(index);
      proven.push({ event: JSON.parse(canonical), salt: new Uint8Array(salt), index, path });
    }
    return formatParcelProof(parcel.epc, note, proven);
  });
};
