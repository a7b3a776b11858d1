import type { OutlookAnswer } from '@crossparcel/api';
import type { SpikeForecaster, SpikeRequest } from '@crossparcel/demand';
import { formatInstant, type Instant, MS_PER_DAY } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import { type KnownReading, readingsKnown } from './readings.ts';
import { type PostRow, postAnswer } from './store.ts';

/** Days before a post over which the usual orders of its goods are counted. */
const BASE_DAYS = 28;
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['0.1', 0.1],
  ['0.5', 0.5],
  ['0.9', 0.9],
]);

/** When an outlook is made, and how far it looks from the publication on. */
export interface OutlookTime {
  readonly at: Instant;
  readonly horizonDays: number;
}

/**
 * What a post comes to, by what could be known at a time: readings by when they were known, orders by when they were placed.
 * Notes say why a part is missing.
 */
export const outlookOf = async (
  sql: Sql,
  post: PostRow,
  { at, horizonDays }: OutlookTime,
  forecaster: SpikeForecaster,
): Promise<OutlookAnswer> => {
  const start = post.publishes_at.getTime();
  const base = { post: postAnswer(post), at: formatInstant(at) };
  if (start >= at) return { ...base, notes: ['not-published-yet'] };
  const counters = countersOf(await readingsKnown(sql, post.id, at), start);
  const horizon = (horizonDays * MS_PER_DAY) / 1000;
  const asked = {
    views: viewsRequest(post, counters, horizon),
    orders: await ordersRequest(sql, post, counters, { at, horizon }),
  };
  const notes: string[] = [];
  const answerOf = (request: SpikeRequest | string): OutlookAnswer['orders'] => {
    if (typeof request === 'string') {
      notes.push(request);
      return undefined;
    }
    const answer = forecaster.answer(request, LEVELS);
    if (answer.ok) return { ...answer.value, seen: seenOf(request) };
    notes.push(`${request.kind}: ${answer.error.what}`);
    return undefined;
  };
  const views = answerOf(asked.views);
  const orders = answerOf(asked.orders);
  return { ...base, ...(views && { views }), ...(orders && { orders }), notes };
};

/** Most points of a curve that is shown. */
const POINTS = 48;

/** The totals of a request on the way, thinned out; the last one is there. */
const seenOf = ({ counts, events = [] }: SpikeRequest): [number, number][] => {
  let total = 0;
  const summed = events.map(([seconds, units]): [number, number] => {
    total += units;
    return [seconds, total];
  });
  const rows = counts ?? summed;
  const step = Math.ceil(rows.length / POINTS);
  return rows.filter((_, index) => (rows.length - 1 - index) % step === 0);
};

type Counted = [number, number][];

interface Counters {
  readonly counted: ReadonlyMap<string, Counted>;
  readonly countries: [number, string[]][];
}

/** Counters by seconds since publication. Platforms take back what they hold false, so that one stands at its highest so far. */
const countersOf = (readings: readonly KnownReading[], start: Instant): Counters => {
  const counted = new Map<string, Counted>();
  const countries: [number, string[]][] = [];
  for (const { metric, at, value, countries: places } of readings) {
    const seconds = (at.getTime() - start) / 1000;
    if (seconds <= 0) continue;
    if (places) countries.push([seconds, places]);
    if (value === null) continue;
    const rows = counted.get(metric) ?? [];
    counted.set(metric, [...rows, [seconds, Math.max(value, rows.at(-1)?.[1] ?? 0)]]);
  }
  return { counted, countries };
};

/** Counters up to an age that go with what is sized. */
const signalsOf = ({ counted, countries }: Counters, sized: string, age: number) => {
  const signals: Record<string, unknown> = {};
  for (const [metric, rows] of counted) {
    const seen = rows.filter(([seconds]) => seconds <= age);
    if (metric !== sized && seen.length > 0) signals[metric] = seen;
  }
  const places = countries.filter(([seconds]) => seconds <= age);
  return { ...signals, ...(places.length > 0 && { countries: places }) };
};

/** Views are observed up to their last reading: what a late source has not told yet is not nothing. */
const viewsRequest = (post: PostRow, counters: Counters, horizon: number): SpikeRequest | string => {
  const counts = counters.counted.get('views') ?? [];
  const observedUntil = counts.at(-1)?.[0];
  if (observedUntil === undefined) return 'no-views-read';
  if (observedUntil >= horizon) return 'views-beyond-horizon';
  const { id, content } = post;
  const signals = signalsOf(counters, 'views', observedUntil);
  return { id, kind: 'views', observedUntil, counts, horizon, signals, attributes: content.attributes };
};

const ordersRequest = async (
  sql: Sql,
  post: PostRow,
  counters: Counters,
  { at, horizon }: { readonly at: Instant; readonly horizon: number },
): Promise<SpikeRequest | string> => {
  const { id, content } = post;
  if (content.skus.length === 0) return 'no-goods-named';
  const start = post.publishes_at.getTime();
  const observedUntil = (at - start) / 1000;
  if (observedUntil >= horizon) return 'orders-beyond-horizon';
  const sold = await soldOf(sql, post, { from: start - BASE_DAYS * MS_PER_DAY, to: at });
  const before = sold.filter((one) => one.at < start).reduce((sum, { units }) => sum + units, 0);
  const events = sold
    .filter((one) => one.at >= start)
    .map(({ at: placed, units }): [number, number] => [(placed - start) / 1000, units]);
  return {
    id,
    kind: 'orders',
    observedUntil,
    events,
    horizon,
    signals: signalsOf(counters, 'orders', observedUntil),
    attributes: { ...content.attributes, basePerDay: before / BASE_DAYS },
  };
};

/** Units of a post's goods in the seller's orders of a time, by when they were placed. */
const soldOf = async (
  sql: Sql,
  { seller_id, content }: PostRow,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<{ at: Instant; units: number }[]> => {
  const rows = await sql.query<{ placed_at: Date; units: number }>(
    `SELECT placed_at, sum((line ->> 'quantity')::integer)::integer AS units
     FROM orders, jsonb_array_elements(content -> 'lines') AS line
     WHERE seller_id = $1 AND placed_at >= $2 AND placed_at <= $3 AND content ->> 'status' = 'open'
       AND line ->> 'sku' = ANY ($4::text[]) AND NOT coalesce((line ->> 'cancelled')::boolean, false)
     GROUP BY orders.id, placed_at ORDER BY placed_at`,
    [seller_id, new Date(from), new Date(to), content.skus],
  );
  return rows.map(({ placed_at, units }) => ({ at: placed_at.getTime(), units }));
};
