import {
  type ItemSubmission,
  itemSchema,
  orderSubmissionSchema,
  placementWishSchema,
  postSubmissionSchema,
  readingSubmissionSchema,
} from '@crossparcel/api';
import type { CatalogueRow, PlanRecord } from '@crossparcel/planning';
import { journeyOf, type SampleShop, sampleShop } from '@crossparcel/simulation';
import { type EpcisEvent, eventOf, type Milestone } from '@crossparcel/trace';
import { formatInstant, type Instant } from '@crossparcel/units';
import { putItems, putStock } from '../catalogue/store.ts';
import { asKeeper, asTenant, type Tenant } from '../database/tenant.ts';
import { despatch } from '../despatch/despatch.ts';
import type { House } from '../house.ts';
import { askForPlacement } from '../placement/store.ts';
import { makePlans } from '../plans/planning.ts';
import { askForPlan, listPlans } from '../plans/store.ts';
import { recordReadings } from '../posts/readings.ts';
import { putPosts } from '../posts/store.ts';
import { onlySeller } from '../tenants/store.ts';

const SEED = 20_261_122;
const STEP = 250;
/** Parcels whose events fill one transaction of the writer, so that each view is made once. */
const JOURNEYS = 70;
const MS_PER_HOUR = 3_600_000;
/** Orders of the last hours wait for somebody to look at their plan and despatch them. */
const WAITING_MS = 8 * MS_PER_HOUR;
/** Data about a parcel reaches the carrier that long after its order. */
const ANNOUNCED_MS = MS_PER_HOUR / 4;
const PLACE_BASE = 'https://crossparcel.dev/place/';

/** Told how far a step of the load is. */
export type LoadProgress = (step: 'orders' | 'plan' | 'parcels' | 'events', done: number, all: number) => void;

/**
 * Fills an installation that has no orders with the sample shop: its orders, goods and stock, a plan of all of it,
 * what to stock where, parcels, and what happened to them. Each step does nothing a second time, so that an interrupted load goes on where it
 * was; one that has ended, and an installation with orders of its own, are left alone.
 */
export const loadSample = async (house: House, onProgress: LoadProgress): Promise<void> => {
  const now = await begin(house);
  if (now === undefined) return;
  const tenant = await sellerOf(house);
  const sample = sampleShop({ now, seed: SEED });
  await loadOrders(house, tenant, sample, onProgress);
  await loadPosts(house, tenant, sample, now);
  await planOnce(house, tenant, sample, now, onProgress);
  await despatchAll(house, tenant, sample, now, onProgress);
  await recordJourneys(house, tenant, now, onProgress);
  await house.database.tidy();
  await asKeeper(house.database, (sql) => sql.query('UPDATE sample_load SET ended_at = now()'));
};

/** The moment for which the sample is made; undefined when there is nothing to load. */
const begin = async (house: House): Promise<Instant | undefined> => {
  const [load] = await asKeeper(house.database, (sql) =>
    sql.query<{ began_at: Date; ended_at: Date | null }>('SELECT began_at, ended_at FROM sample_load'),
  );
  if (load) return load.ended_at === null ? load.began_at.getTime() : undefined;
  const tenant = await operatorOf(house);
  const orders = await asTenant(house.database, tenant, (sql) => sql.query('SELECT id FROM orders LIMIT 1'));
  if (orders.length > 0) return undefined;
  const [begun] = await asKeeper(house.database, (sql) =>
    sql.query<{ began_at: Date }>(
      "INSERT INTO sample_load (began_at) VALUES (date_trunc('milliseconds', now())) RETURNING began_at",
    ),
  );
  return begun?.began_at.getTime();
};

const operatorOf = async (house: House): Promise<Tenant> => {
  const owner = await house.callers.find(house.ownerKey);
  if (!owner) throw new Error('the owner’s key is not known to the database');
  return { operator: owner.operator };
};

const sellerOf = async (house: House): Promise<Required<Tenant>> => {
  const tenant = await operatorOf(house);
  const seller = await asTenant(house.database, tenant, onlySeller);
  if (seller === undefined) throw new Error('the sample needs an operator with one seller');
  return { ...tenant, seller };
};

const loadOrders = async (
  house: House,
  tenant: Required<Tenant>,
  { orders }: SampleShop,
  onProgress: LoadProgress,
): Promise<void> => {
  for (let from = 0; from < orders.length; from += STEP) {
    const some = orders.slice(from, from + STEP).map((order) => orderSubmissionSchema.parse(order));
    await house.intake.submit(tenant, some);
    onProgress('orders', Math.min(from + STEP, orders.length), orders.length);
  }
};

const loadPosts = (house: House, tenant: Required<Tenant>, { posts }: SampleShop, now: Instant): Promise<void> =>
  asTenant(house.database, tenant, async (sql) => {
    const told = posts.map(({ readings: _, ...post }) => postSubmissionSchema.parse(post));
    const readings = posts.flatMap(({ platform, externalId, readings: read }) =>
      read.map((one) => readingSubmissionSchema.parse({ platform, externalId, ...one })),
    );
    await putPosts(sql, tenant, told);
    await recordReadings(sql, tenant, readings, now);
  });

/** Goods and stock are told before the first plan and not again: by then parcels may have been made of them. */
const planOnce = async (
  house: House,
  tenant: Required<Tenant>,
  { catalogue, stock }: SampleShop,
  now: Instant,
  onProgress: LoadProgress,
): Promise<void> => {
  await asTenant(house.database, tenant, async (sql) => {
    const [plan] = await listPlans(sql, undefined, 1);
    if (plan) return;
    await putItems(
      sql,
      tenant,
      catalogue.map(({ row }) => itemOf(row)),
    );
    await putStock(sql, tenant, stock);
    await askForPlan(sql, tenant);
    await askForPlacement(sql, tenant, formatInstant(now).slice(0, 10), placementWishSchema.parse({}));
  });
  await makePlans(house.database, house.atlas, (done, all) => onProgress('plan', done, all));
};

const itemOf = (row: CatalogueRow): ItemSubmission => {
  const whole = (text: string | undefined) => (text ? Number(text) : undefined);
  const given = {
    sku: row.sku,
    description: row.description,
    lengthMm: whole(row.lengthMm),
    widthMm: whole(row.widthMm),
    heightMm: whole(row.heightMm),
    massGrams: whole(row.massGrams),
    hs: row.hs || undefined,
    origin: row.origin || undefined,
    value: row.value || undefined,
    currency: row.currency || undefined,
    handling: row.handling?.split(/\s+/).filter((name) => name !== ''),
  };
  return itemSchema.parse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
};

const despatchAll = async (
  house: House,
  tenant: Required<Tenant>,
  { orders }: SampleShop,
  now: Instant,
  onProgress: LoadProgress,
): Promise<void> => {
  const ids = await asTenant(house.database, tenant, (sql) =>
    sql.query<{ id: string }>(
      `SELECT orders.id FROM orders JOIN order_views ON order_views.order_id = orders.id
       WHERE order_views.state = 'ready' AND placed_at < $1
         AND NOT EXISTS (SELECT FROM parcels WHERE parcels.order_id = orders.id)
       ORDER BY placed_at, orders.id`,
      [new Date(now - WAITING_MS)],
    ),
  );
  for (let from = 0; from < ids.length; from += STEP) {
    const some = ids.slice(from, from + STEP).map(({ id }) => id);
    await asTenant(house.database, tenant, (sql) => despatch(sql, tenant, some, house.atlas));
    onProgress('parcels', Math.min(orders.length - ids.length + from + STEP, orders.length), orders.length);
  }
};

interface SampleParcel {
  readonly id: string;
  readonly epc: string;
  readonly name: string;
  readonly placed_at: Date;
  readonly country: string;
  readonly postal_prefix: string | null;
  readonly legs: PlanRecord['legs'];
}

const parcelsAfter = (house: House, tenant: Tenant, after: string | undefined): Promise<SampleParcel[]> =>
  asTenant(house.database, tenant, (sql) =>
    sql.query<SampleParcel>(
      `WITH batch AS MATERIALIZED (
         SELECT id, epc, order_id, number, content FROM parcels
         WHERE ($1::uuid IS NULL OR id > $1) AND number IS NOT NULL ORDER BY id LIMIT ${JOURNEYS})
       SELECT batch.id, batch.epc, orders.placed_at, orders.content -> 'destination' ->> 'country' AS country,
         orders.content -> 'destination' ->> 'postalPrefix' AS postal_prefix,
         batch.content -> 'despatch' -> 'legs' AS legs, orders.external_id || ' ' || batch.number AS name
       FROM batch JOIN orders ON orders.id = batch.order_id ORDER BY batch.id`,
      [after ?? null],
    ),
  );

/** What happened to parcels by the moment of the sample, in the order in which it became known. */
const recordJourneys = async (
  house: House,
  tenant: Required<Tenant>,
  now: Instant,
  onProgress: LoadProgress,
): Promise<void> => {
  const [{ count } = { count: 0 }] = await asTenant(house.database, tenant, (sql) =>
    sql.query<{ count: number }>('SELECT count(*)::integer AS count FROM parcels'),
  );
  let done = 0;
  for (let some = await parcelsAfter(house, tenant, undefined); some.length > 0; ) {
    const known = some.flatMap((parcel) => sightingsOf(parcel, now)).sort((a, b) => a.recordedAt - b.recordedAt);
    await house.events.record(
      tenant,
      known.map(({ event }) => event),
    );
    done += some.length;
    onProgress('events', done, count);
    some = await parcelsAfter(house, tenant, some.at(-1)?.id);
  }
};

const sightingsOf = (
  { epc, name, placed_at: at, country, postal_prefix: prefix, legs }: SampleParcel,
  now: Instant,
): { readonly recordedAt: Instant; readonly event: EpcisEvent }[] => {
  const placedAt = at.getTime();
  const journey = journeyOf(
    { id: name, placedAt, legs, country, ...(prefix !== null && { postalPrefix: prefix }) },
    { seed: SEED, now },
  );
  const announced = placedAt + ANNOUNCED_MS;
  return [
    { recordedAt: announced, event: eventAt('announced', announced, epc) },
    ...journey.map((seen) => ({
      recordedAt: seen.recordedAt,
      event: eventAt(seen.milestone, seen.at, epc, seen.place),
    })),
  ];
};

const eventAt = (milestone: Milestone, at: Instant, epc: string, place?: string): EpcisEvent =>
  eventOf({
    milestone,
    eventTime: formatInstant(at),
    eventTimeZoneOffset: '+00:00',
    parcels: [epc],
    ...(place !== undefined && { readPoint: `${PLACE_BASE}${place}` }),
  });
