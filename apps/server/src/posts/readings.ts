import type { ReadingResult, ReadingSubmission } from '@crossparcel/api';
import { CrossparcelError, formatInstant, type Instant, readInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { postName } from './store.ts';

/** A reading on its way into the table. */
interface Reading {
  readonly post_id: string;
  readonly metric: string;
  readonly at: string;
  readonly known_at: string;
  readonly value: number | null;
  readonly countries: readonly string[] | null;
}

type Said = Pick<Reading, 'value' | 'countries'>;

const instantOf = (text: string): Instant => readInstant(text)?.instant ?? Number.NaN;

const saidOf = ({ value, countries }: ReadingSubmission): Said => ({
  value: value ?? null,
  countries: countries ? [...new Set(countries)].sort() : null,
});

const sameWord = (one: Said, other: Said): boolean =>
  one.value === other.value && JSON.stringify(one.countries) === JSON.stringify(other.countries);

/** What is known of instants of counters, latest word last, with what one request adds. */
class Known {
  readonly #words = new Map<string, Map<number, Said>>();

  static #key(postId: string, metric: string, at: Instant): string {
    return JSON.stringify([postId, metric, at]);
  }

  add(postId: string, metric: string, at: Instant, knownAt: Instant, said: Said): void {
    const key = Known.#key(postId, metric, at);
    const words = this.#words.get(key) ?? new Map<number, Said>();
    this.#words.set(key, words.set(knownAt, said));
  }

  /** The word that counted at a time, and whether another stands at that very time. */
  at(postId: string, metric: string, at: Instant, knownAt: Instant): { last: Said | undefined; isTaken: boolean } {
    const words = this.#words.get(Known.#key(postId, metric, at)) ?? new Map<number, Said>();
    const times = [...words.keys()].filter((time) => time <= knownAt).sort((one, other) => one - other);
    const latest = times.at(-1);
    return { last: latest === undefined ? undefined : words.get(latest), isTaken: words.has(knownAt) };
  }
}

/**
 * Writes readings down, each once. What is said again is left out; another word on the same instant stands beside the first,
 * known from then on. Throws `future-reading` for one that is after `now`, or known before it happened or after `now`.
 */
export const recordReadings = async (
  sql: Sql,
  tenant: Required<Tenant>,
  readings: readonly ReadingSubmission[],
  now: Instant,
): Promise<ReadingResult[]> => {
  for (const [index, reading] of readings.entries()) checkTimes(reading, index, now);
  const posts = await postsOf(sql, tenant, readings);
  const known = await knownOf(sql, [...new Set(posts.values())], readings);
  const rows: Reading[] = [];
  const results = readings.map((reading): ReadingResult => {
    const { platform, externalId, metric, at } = reading;
    const result = { platform, externalId, metric, at };
    const postId = posts.get(postName(reading));
    if (postId === undefined) return { ...result, outcome: 'unknown-post' };
    const said = saidOf(reading);
    const claimed = reading.knownAt === undefined ? now : instantOf(reading.knownAt);
    const { last, isTaken } = known.at(postId, metric, instantOf(at), claimed);
    if (last && sameWord(last, said)) return { ...result, outcome: 'unchanged' };
    // Two words cannot count from the same time on: the later one counts from now.
    const knownAt = isTaken ? now : claimed;
    known.add(postId, metric, instantOf(at), knownAt, said);
    rows.push({ post_id: postId, metric, at, known_at: formatInstant(knownAt), ...said });
    return { ...result, outcome: last ? 'revised' : 'accepted' };
  });
  await insertReadings(sql, tenant, rows);
  return results;
};

const checkTimes = ({ at, knownAt }: ReadingSubmission, index: number, now: Instant): void => {
  if (instantOf(at) > now) throw future(`readings[${index}].at`, 'is in the future', 'give when the counter was read');
  if (knownAt === undefined) return;
  const field = `readings[${index}].knownAt`;
  if (instantOf(knownAt) > now) throw future(field, 'is in the future', 'give a time that has come, or leave it out');
  if (instantOf(knownAt) < instantOf(at)) throw future(field, 'is before the reading', 'give a time from `at` on');
};

const future = (field: string, what: string, mend: string): CrossparcelError =>
  new CrossparcelError({ code: 'future-reading', field, what, mend });

const postsOf = async (
  sql: Sql,
  tenant: Required<Tenant>,
  readings: readonly ReadingSubmission[],
): Promise<Map<string, string>> => {
  const names = [...new Set(readings.map(({ externalId }) => externalId))];
  const rows = await sql.query<{ id: string; platform: string; external_id: string }>(
    'SELECT id, platform, external_id FROM posts WHERE seller_id = $1 AND external_id = ANY ($2::text[])',
    [tenant.seller, names],
  );
  return new Map(rows.map((row) => [postName({ platform: row.platform, externalId: row.external_id }), row.id]));
};

const knownOf = async (sql: Sql, posts: readonly string[], readings: readonly ReadingSubmission[]): Promise<Known> => {
  const rows = await sql.query<{
    post_id: string;
    metric: string;
    at: Date;
    known_at: Date;
    value: number | null;
    countries: string[] | null;
  }>(
    `SELECT post_id, metric, at, known_at, value, countries FROM post_readings
     WHERE post_id = ANY ($1::uuid[]) AND at = ANY ($2::timestamptz[])`,
    [posts, [...new Set(readings.map(({ at }) => at))]],
  );
  const known = new Known();
  for (const { post_id, metric, at, known_at, value, countries } of rows) {
    known.add(post_id, metric, at.getTime(), known_at.getTime(), { value, countries });
  }
  return known;
};

const insertReadings = async (sql: Sql, tenant: Required<Tenant>, rows: readonly Reading[]): Promise<void> => {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO post_readings (operator_id, seller_id, post_id, metric, at, known_at, value, countries)
     SELECT $2, $3, post_id, metric, at, known_at, value, countries
     FROM jsonb_to_recordset($1::jsonb)
       AS row (post_id uuid, metric text, at timestamptz, known_at timestamptz, value double precision, countries text[])
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), tenant.operator, tenant.seller],
  );
};

/** A reading as it was known at a time. */
export interface KnownReading {
  readonly metric: string;
  readonly at: Date;
  readonly value: number | null;
  readonly countries: string[] | null;
}

/** What was known of a post's counters at a time: of each instant the last word of those that could be known. */
export const readingsKnown = (sql: Sql, postId: string, at: Instant): Promise<KnownReading[]> =>
  sql.query<KnownReading>(
    `SELECT DISTINCT ON (metric, at) metric, at, value, countries FROM post_readings
     WHERE post_id = $1 AND known_at <= $2 ORDER BY metric, at, known_at DESC`,
    [postId, new Date(at)],
  );
