import { createHash, randomBytes } from 'node:crypto';
import type { RecordedEvent } from '@crossparcel/api';
import { canonicalJson, type EpcisEvent, type IdentifiedEvent, identified, namesOf } from '@crossparcel/trace';
import { entryOf, leafHash, SALT_BYTES } from '@crossparcel/trace/ledger';
import { readInstant } from '@crossparcel/units';
import { MicroBatcher } from '../batching/micro-batcher.ts';
import { type Database, isOfOneItem, type Sql, withRetries } from '../database/database.ts';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { lockOrders, updateOrderViews } from '../orders/order-view.ts';
import { tell } from '../outbox/outbox.ts';
import { writeParcelViews } from './views.ts';

// Few transactions with many items each: what comes while they run makes the next ones larger.
const BATCH = { most: 500, waitMs: 5, width: 2, mostWaiting: 20_000, isOfOneItem };
const COMMITMENT_BYTES = 32;

/** Points of a write, in their order; what happens between them is in one transaction. */
export const WRITE_STEPS = [
  'parcels-locked',
  'events-written',
  'outbox-written',
  'views-written',
  'committed',
] as const;
export type WriteStep = (typeof WRITE_STEPS)[number];

interface KnownParcel {
  readonly id: string;
  readonly seller_id: string;
  readonly order_id: string;
  readonly epc: string;
}

interface Row {
  readonly event: IdentifiedEvent;
  readonly seller: string;
  readonly parcels: readonly KnownParcel[];
  readonly canonical: string;
  readonly hash: string;
}

const rowKey = (seller: string, event: Pick<IdentifiedEvent, 'eventID' | 'errorDeclaration'>): string =>
  JSON.stringify([seller, event.eventID, event.errorDeclaration !== undefined]);

/**
 * The one writer of events. In one transaction it stores an event with its salt and leaf hash, the messages that tell of
 * it, and the views that it changes. An event that is known changes nothing; one that bears the id of another with other
 * content is refused.
 */
export class EventWriter {
  readonly #database: Database;
  readonly #onStep: (step: WriteStep) => void;
  readonly #batchers = new Map<string, MicroBatcher<EpcisEvent, RecordedEvent>>();

  /** `onStep` is called after each step of a write, for those who want to watch or to pull the plug. */
  constructor(database: Database, onStep: (step: WriteStep) => void = () => undefined) {
    this.#database = database;
    this.#onStep = onStep;
  }

  /** Records events; one result each, in order. Durable when the promise is kept. Throws `busy` when too many wait. */
  record(tenant: Tenant, events: readonly EpcisEvent[]): Promise<RecordedEvent[]> {
    const key = `${tenant.operator}|${tenant.seller ?? ''}`;
    let batcher = this.#batchers.get(key);
    if (!batcher) {
      batcher = new MicroBatcher(BATCH, (items) => this.#commit(tenant, items));
      this.#batchers.set(key, batcher);
    }
    return batcher.addAll(events);
  }

  async #commit(tenant: Tenant, events: readonly EpcisEvent[]): Promise<RecordedEvent[]> {
    const named = events.map(identified);
    const results = await withRetries(() => asTenant(this.#database, tenant, (sql) => this.#write(sql, tenant, named)));
    this.#onStep('committed');
    return results;
  }

  async #write(sql: Sql, tenant: Tenant, events: readonly IdentifiedEvent[]): Promise<RecordedEvent[]> {
    const parcels = await lockParcels(sql, events);
    this.#onStep('parcels-locked');
    const rows = events.map((event) => rowsOf(event, parcels));
    const written = await insertEvents(sql, tenant, rows.flat());
    this.#onStep('events-written');
    const fresh = rows.flat().filter((row) => written.fresh.get(rowKey(row.seller, row.event)) === row);
    await tellOf(sql, tenant, fresh);
    this.#onStep('outbox-written');
    const touched = fresh.flatMap((row) => row.parcels);
    await writeParcelViews(sql, tenant.operator, [...new Set(touched.map(({ id }) => id))]);
    const orders = touched.map(({ order_id }) => order_id);
    await lockOrders(sql, orders);
    await updateOrderViews(sql, orders);
    this.#onStep('views-written');
    return events.map((event, index) => resultOf(event, rows[index] ?? [], written));
  }
}

/** The known parcels that events are about, locked in one order, so that no two writers make their views at once. */
const lockParcels = async (sql: Sql, events: readonly IdentifiedEvent[]): Promise<Map<string, KnownParcel>> => {
  const names = [...new Set(events.flatMap(namesOf))];
  const rows = await sql.query<KnownParcel>(
    'SELECT id, seller_id, order_id, epc FROM parcels WHERE epc = ANY ($1::text[]) ORDER BY id FOR UPDATE',
    [names],
  );
  return new Map(rows.map((row) => [row.epc, row]));
};

/**
 * An event as it is stored: once for each seller whose parcels it is about. An event about the parcels of one seller is
 * stored as it came; of one about several, each seller's copy names that seller's parcels only.
 */
const rowsOf = (event: IdentifiedEvent, parcels: ReadonlyMap<string, KnownParcel>): Row[] => {
  const bySeller = new Map<string, KnownParcel[]>();
  for (const name of new Set(namesOf(event))) {
    const parcel = parcels.get(name);
    if (parcel) bySeller.set(parcel.seller_id, [...(bySeller.get(parcel.seller_id) ?? []), parcel]);
  }
  return Array.from(bySeller, ([seller, own]) => {
    const copy = bySeller.size === 1 ? event : narrowedTo(event, new Set(own.map(({ epc }) => epc)), parcels);
    const canonical = canonicalJson(copy);
    return { event: copy, seller, parcels: own, canonical, hash: createHash('sha256').update(canonical).digest('hex') };
  });
};

const narrowedTo = (
  event: IdentifiedEvent,
  own: ReadonlySet<string>,
  parcels: ReadonlyMap<string, KnownParcel>,
): IdentifiedEvent => {
  const keep = (name: string) => own.has(name) || !parcels.has(name);
  return event.type === 'ObjectEvent'
    ? { ...event, epcList: event.epcList.filter(keep) }
    : { ...event, childEPCs: event.childEPCs.filter(keep) };
};

interface WrittenEvents {
  readonly fresh: ReadonlyMap<string, Row>;
  /** Hashes of events that were there before, by key. */
  readonly known: ReadonlyMap<string, string>;
}

const insertEvents = async (sql: Sql, tenant: Tenant, rows: readonly Row[]): Promise<WrittenEvents> => {
  const first = new Map<string, Row>();
  for (const row of rows) {
    const key = rowKey(row.seller, row.event);
    if (!first.has(key)) first.set(key, row);
  }
  if (first.size === 0) return { fresh: new Map(), known: new Map() };
  const inserted = await sql.query<{ position: number; seller_id: string; event_id: string; is_declaration: boolean }>(
    `INSERT INTO events (operator_id, seller_id, event_id, is_declaration, canonical, content_hash, event_time, salt, commitment, leaf_hash)
     SELECT $2, seller_id, event_id, is_declaration, canonical, content_hash, event_time, decode(salt, 'hex'),
       decode(commitment, 'hex'), decode(leaf_hash, 'hex')
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (seller_id uuid, event_id text, is_declaration boolean, canonical text,
       content_hash text, event_time timestamptz, salt text, commitment text, leaf_hash text)) WITH ORDINALITY AS row
     ORDER BY row.ordinality
     ON CONFLICT (operator_id, seller_id, event_id, is_declaration) DO NOTHING
     RETURNING position, seller_id, event_id, is_declaration`,
    [JSON.stringify(Array.from(first.values(), storedForm)), tenant.operator],
  );
  const fresh = new Map<string, Row>();
  const links: { event_position: number; parcel_id: string; seller_id: string }[] = [];
  for (const { position, seller_id: seller, event_id: eventID, is_declaration: isDeclaration } of inserted) {
    const key = JSON.stringify([seller, eventID, isDeclaration]);
    const row = first.get(key);
    if (!row) continue;
    fresh.set(key, row);
    for (const { id } of row.parcels) links.push({ event_position: position, parcel_id: id, seller_id: seller });
  }
  if (links.length > 0) {
    await sql.query(
      `INSERT INTO event_parcels (event_position, parcel_id, operator_id, seller_id)
       SELECT event_position, parcel_id, $2, seller_id
       FROM jsonb_to_recordset($1::jsonb) AS row (event_position bigint, parcel_id uuid, seller_id uuid)`,
      [JSON.stringify(links), tenant.operator],
    );
  }
  return {
    fresh,
    known: await knownHashes(
      sql,
      [...first.entries()].filter(([key]) => !fresh.has(key)),
    ),
  };
};

/** An event with a fresh salt and what follows from it, as the database takes it. */
const storedForm = ({ event, seller, canonical, hash }: Row): object => {
  const salt = randomBytes(SALT_BYTES);
  const entry = entryOf(salt, canonical);
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return {
    seller_id: seller,
    event_id: event.eventID,
    is_declaration: event.errorDeclaration !== undefined,
    canonical,
    content_hash: hash,
    event_time: new Date(readInstant(event.eventTime)?.instant ?? Number.NaN),
    salt: hex(salt),
    commitment: hex(entry.subarray(entry.length - COMMITMENT_BYTES)),
    leaf_hash: hex(leafHash(entry)),
  };
};

const knownHashes = async (sql: Sql, entries: readonly (readonly [string, Row])[]): Promise<Map<string, string>> => {
  if (entries.length === 0) return new Map();
  const rows = await sql.query<{ seller_id: string; event_id: string; is_declaration: boolean; content_hash: string }>(
    `SELECT seller_id, event_id, is_declaration, content_hash FROM events
     WHERE seller_id = ANY ($1::uuid[]) AND event_id = ANY ($2::text[])`,
    [[...new Set(entries.map(([, { seller }]) => seller))], entries.map(([, { event }]) => event.eventID)],
  );
  return new Map(
    rows.map((row) => [JSON.stringify([row.seller_id, row.event_id, row.is_declaration]), row.content_hash]),
  );
};

const tellOf = async (sql: Sql, tenant: Tenant, rows: readonly Row[]): Promise<void> => {
  for (const seller of new Set(rows.map((row) => row.seller))) {
    const own = rows.filter((row) => row.seller === seller);
    await tell(
      sql,
      { operator: tenant.operator, seller },
      own.map(({ event, parcels }) => ({
        topic: 'event.recorded',
        subject: event.eventID,
        payload: { eventID: event.eventID, parcelIds: parcels.map(({ id }) => id) },
      })),
    );
  }
};

const resultOf = (event: IdentifiedEvent, rows: readonly Row[], written: WrittenEvents): RecordedEvent => {
  const { eventID } = event;
  if (rows.length === 0) {
    return {
      eventID,
      outcome: 'unknown-parcel',
      detail: 'none of its EPCs names a parcel that is registered; register it first',
    };
  }
  const outcomes = rows.map((row): RecordedEvent['outcome'] => {
    const key = rowKey(row.seller, row.event);
    const first = written.fresh.get(key);
    if (first === row) return 'recorded';
    return (first?.hash ?? written.known.get(key)) === row.hash ? 'known' : 'conflict';
  });
  if (outcomes.includes('conflict')) {
    return { eventID, outcome: 'conflict', detail: 'another event bears this id; give a new event an id of its own' };
  }
  return { eventID, outcome: outcomes.includes('recorded') ? 'recorded' : 'known' };
};
