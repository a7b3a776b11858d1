import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Fault, Result } from '@crossparcel/units';
import { allItems, allStock } from '../catalogue/store.ts';
import type { Database } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { workOff } from '../jobs/claims.ts';
import { orderOf } from '../plans/planning-input.ts';
import type { PlacementGround } from './proposing.ts';
import {
  type FinishedPlacement,
  findPlacement,
  finishPlacement,
  orderedUnits,
  ordersBefore,
  refusePlacement,
} from './store.ts';

const readGround = (database: Database, tenant: Required<Tenant>, id: string): Promise<PlacementGround> =>
  asTenant(database, tenant, async (sql) => {
    const row = await findPlacement(sql, id);
    if (!row) throw new Error(`placement ${id} is gone`);
    const orders = (await ordersBefore(sql, row.day)).map(orderOf);
    const { day, wish } = row;
    const [items, stock, ordered] = [await allItems(sql), await allStock(sql), await orderedUnits(sql, day)];
    return { day, wish, orders, items, stock, ordered };
  });

const inThread = async (
  ground: PlacementGround,
  signal: AbortSignal | undefined,
): Promise<Result<FinishedPlacement, Fault>> => {
  const thread = new Worker(new URL('./placement-thread.ts', import.meta.url), { workerData: ground });
  try {
    const [result] = await once(thread, 'message', { ...(signal && { signal }) });
    return result as Result<FinishedPlacement, Fault>;
  } finally {
    await thread.terminate();
  }
};

/**
 * Makes the placements that were asked for, one after another, each in a thread of its own; gives how many. A placement
 * appears whole or not at all; one that is called off, or whose process dies, is made anew.
 */
export const makePlacements = (database: Database, signal?: AbortSignal): Promise<number> =>
  workOff(
    database,
    'placements',
    async ({ id, tenant }) => {
      const made = await inThread(await readGround(database, tenant, id), signal);
      await asTenant(database, tenant, (sql) =>
        made.ok ? finishPlacement(sql, tenant, id, made.value) : refusePlacement(sql, id, made.error),
      );
    },
    signal,
  );
