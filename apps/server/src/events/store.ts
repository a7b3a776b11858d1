import type { Sql } from '../database/database.ts';

/** An event in the order of the log. */
export interface EventRow {
  readonly leaf_index: number;
  readonly canonical: string;
  readonly recorded_at: Date;
}

/**
 * Events in the order of the log, of one parcel or of all. That order has no gaps that could be filled later, so whoever
 * reads on from where they stopped misses nothing.
 */
export const listEvents = (
  sql: Sql,
  filter: { after: number; epc: string | undefined; limit: number },
): Promise<EventRow[]> =>
  sql.query<EventRow>(
    `SELECT events.leaf_index, events.canonical, events.recorded_at FROM events
     WHERE events.leaf_index > $1 AND ($2::text IS NULL OR EXISTS (
       SELECT FROM event_parcels JOIN parcels ON parcels.id = event_parcels.parcel_id
       WHERE event_parcels.event_position = events.position AND parcels.epc = $2))
     ORDER BY events.leaf_index LIMIT $3`,
    [filter.after, filter.epc ?? null, filter.limit],
  );

/** An event of a parcel with what proves it. */
export interface LoggedEvent {
  readonly canonical: string;
  readonly salt: Uint8Array;
  readonly leaf_index: number;
}

/** The events of a parcel that stand in the log below a size. */
export const loggedEvents = (sql: Sql, parcelId: string, size: number): Promise<LoggedEvent[]> =>
  sql.query<LoggedEvent>(
    `SELECT events.canonical, events.salt, events.leaf_index FROM events
     JOIN event_parcels ON event_parcels.event_position = events.position
     WHERE event_parcels.parcel_id = $1 AND events.leaf_index < $2 ORDER BY events.leaf_index`,
    [parcelId, size],
  );
