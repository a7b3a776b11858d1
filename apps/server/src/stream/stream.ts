import { setTimeout } from 'node:timers/promises';
import type { Database, Sql } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';

const LOOK_MS = 1000;
/** A line that nobody shows, so that proxies keep the connection. */
const KEEP_ALIVE_MS = 20_000;
const MOST = 500;

/**
 * Position and topics of what was told since a position. The stream is a hint that something changed; two messages
 * whose transactions cross may be told as one, and whoever listens asks for what it shows.
 */
const toldSince = async (sql: Sql, position: number): Promise<{ position: number; topics: string[] }> => {
  const rows = await sql.query<{ position: number; topic: string }>(
    'SELECT position, topic FROM outbox WHERE position > $1 ORDER BY position LIMIT $2',
    [position, MOST],
  );
  return { position: rows.at(-1)?.position ?? position, topics: [...new Set(rows.map(({ topic }) => topic))] };
};

const latest = async (sql: Sql): Promise<number> => {
  const [row] = await sql.query<{ position: number | null }>('SELECT max(position) AS position FROM outbox');
  return row?.position ?? 0;
};

/** Server-sent events (HTML Living Standard, 9.2) that say what kind of thing happened to a tenant, until it hangs up. */
export const changeStream = (database: Database, tenant: Tenant, hangUp: AbortSignal): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  const stop = new AbortController();
  const ended = AbortSignal.any([hangUp, stop.signal]);
  return new ReadableStream({
    async start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      try {
        say(': listening\n\n');
        let position = await asTenant(database, tenant, latest);
        for (let quiet = 0; !ended.aborted; ) {
          await setTimeout(LOOK_MS, undefined, { signal: ended });
          const told = await asTenant(database, tenant, (sql) => toldSince(sql, position));
          position = told.position;
          quiet = told.topics.length > 0 ? 0 : quiet + LOOK_MS;
          if (told.topics.length > 0) say(`event: change\ndata: ${JSON.stringify({ topics: told.topics })}\n\n`);
          else if (quiet % KEEP_ALIVE_MS === 0) say(': still here\n\n');
        }
        controller.close();
      } catch (error) {
        if (ended.aborted) return;
        controller.error(error);
      }
    },
    cancel() {
      stop.abort();
    },
  });
};
