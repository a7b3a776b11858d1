import type { AnswerOf, NumberClosing, NumberLeaseWish, Routes } from '@crossparcel/api';
import { type NumberForm, numberOf } from '@crossparcel/documents/numbers';
import type { NumberReuse } from '@crossparcel/files';
import { type Fault, fail, formatInstant, ok, type Result } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import {
  addBlock,
  type Block,
  type BlockState,
  burnExpired,
  ensureRange,
  lockRange,
  type NumberKind,
  type RangeLimits,
  takeBlocks,
} from './number-blocks.ts';

type Lease = AnswerOf<Routes['numbers.lease']>;
type Range = AnswerOf<Routes['numbers.ranges']>['ranges'][number];

/**
 * Leases numbers to somebody outside, for example a line that prints while it is offline. They have to be closed in time;
 * later they are burnt, since any of them may be on a parcel. Throws `numbers-used-up`.
 */
export const leaseBlock = async (sql: Sql, operator: string, wish: NumberLeaseWish): Promise<Lease> => {
  const { lease, form, serials } = await takeBlocks(sql, operator, wish);
  return { id: lease, kind: form.kind, holder: wish.holder, numbers: serials.map((serial) => numberOf(form, serial)) };
};

interface OpenBlock {
  readonly id: string;
  readonly form: NumberForm;
  readonly first: string;
  readonly last: string;
  readonly holder: string;
}

/** The parts of a block: the first `issued` numbers, and the others. */
const cut = ({ first, last }: Block, issued: number): { used: Block | undefined; rest: Block | undefined } => {
  const end = Math.min(last, first + issued - 1);
  return {
    used: end >= first ? { first, last: end } : undefined,
    rest: end < last ? { first: Math.max(first, end + 1), last } : undefined,
  };
};

/**
 * Closes a lease: so many of its numbers, from the first, were used; the others come back or are burnt. Undefined when
 * there is no such open lease, for example because its time was over. Fails with `bad-value` when more were used than leased.
 */
export const closeLease = async (
  sql: Sql,
  operator: string,
  lease: string,
  { issued, rest }: NumberClosing,
): Promise<Result<{ used: number; rest: number }, Fault> | undefined> => {
  await burnExpired(sql, operator);
  const rows = await sql.query<OpenBlock>(
    `SELECT id, form, first, last, holder FROM number_leases
     WHERE operator_id = $1 AND lease = $2 AND state = 'open' ORDER BY first FOR UPDATE`,
    [operator, lease],
  );
  if (rows.length === 0) return undefined;
  const blocks = rows.map((row) => ({ ...row, first: Number(row.first), last: Number(row.last) }));
  const all = blocks.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (issued > all) return fail(moreThanLeased(issued, all));
  let left = issued;
  for (const { id, form, holder, ...block } of blocks) {
    const parts = cut(block, left);
    left -= parts.used ? parts.used.last - parts.used.first + 1 : 0;
    await sql.query('DELETE FROM number_leases WHERE id = $1', [id]);
    const states: readonly (readonly [BlockState, Block | undefined])[] = [
      ['used', parts.used],
      [rest, parts.rest],
    ];
    for (const [state, part] of states) {
      if (part) await addBlock(sql, { operator, lease, form, holder, seconds: undefined, state, ...part });
    }
  }
  return ok({ used: issued, rest: all - issued });
};

const moreThanLeased = (issued: number, all: number): Fault => ({
  code: 'bad-value',
  field: 'issued',
  what: `${issued} numbers were not leased`,
  mend: `give at most ${all}`,
});

/** The operator's ranges, and what became of their numbers. */
export const listRanges = async (sql: Sql, operator: string): Promise<Range[]> => {
  await burnExpired(sql, operator);
  const rows = await sql.query<{
    form: NumberForm;
    first: string;
    next: string;
    last: string;
    counts: Range['counts'];
  }>(
    `SELECT form, first, next, last,
       (SELECT jsonb_build_object(
          'open', coalesce(sum(size) FILTER (WHERE state = 'open'), 0),
          'used', coalesce(sum(size) FILTER (WHERE state = 'used'), 0),
          'returned', coalesce(sum(size) FILTER (WHERE state = 'returned'), 0),
          'burnt', coalesce(sum(size) FILTER (WHERE state = 'burnt'), 0))
        FROM (SELECT state, last - first + 1 AS size FROM number_leases
              WHERE operator_id = $1 AND kind = ranges.kind AND form = ranges.form
                AND first >= ranges.first AND last <= ranges.last AND leased_at >= ranges.opened_at) AS blocks) AS counts
     FROM number_ranges AS ranges WHERE operator_id = $1 ORDER BY kind`,
    [operator],
  );
  return rows.map(({ form, counts, ...row }) => {
    const [first, next, last] = [Number(row.first), Number(row.next), Number(row.last)];
    return { form, first, last, counts: { ...counts, fresh: last - next + 1 } };
  });
};

/**
 * Opens a range, in the place of the operator's one of the same kind, if any; what that one had left is given up. Fails with
 * `bad-value` when a number cannot be formed, `leases-open` while somebody holds numbers of the old one, and
 * `numbers-too-young` when numbers were given out and may not come back yet.
 */
export const openRange = async (
  sql: Sql,
  operator: string,
  limits: RangeLimits,
  reuse: readonly NumberReuse[],
): Promise<Result<undefined, Fault>> => {
  const fault = checkLimits(limits);
  if (fault) return fail(fault);
  const { form, first, last } = limits;
  await burnExpired(sql, operator);
  // Locked whether it was there before or not, so that two who open one do not meet.
  await ensureRange(sql, operator, limits);
  await lockRange(sql, operator, form.kind);
  const [open] = await sql.query<{ holder: string }>(
    "SELECT holder FROM number_leases WHERE operator_id = $1 AND kind = $2 AND state = 'open' LIMIT 1",
    [operator, form.kind],
  );
  if (open) return fail(leasesOpen(open.holder));
  const young = await youngest(sql, operator, limits, reuse);
  if (young) return fail(young);
  const text = JSON.stringify(form);
  await sql.query(
    `DELETE FROM number_leases
     WHERE operator_id = $1 AND kind = $2 AND form = $3::jsonb AND state = 'returned'`,
    [operator, form.kind, text],
  );
  await sql.query(
    `UPDATE number_ranges SET form = $3::jsonb, first = $4, next = $4, last = $5, opened_at = now()
     WHERE operator_id = $1 AND kind = $2`,
    [operator, form.kind, text, first, last],
  );
  return ok(undefined);
};

const checkLimits = ({ form, first, last }: RangeLimits): Fault | undefined => {
  try {
    numberOf(form, first);
    numberOf(form, last);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { code: 'bad-value', field: 'form', what: error.message, mend: 'correct the form or the limits' };
  }
  if (first <= last) return undefined;
  return { code: 'bad-value', field: 'last', what: `${last} is before ${first}`, mend: 'give the last serial number' };
};

const leasesOpen = (holder: string): Fault => ({
  code: 'leases-open',
  what: `${holder} holds numbers of the range`,
  mend: 'close the lease first, or wait until its time is over',
});

/** The fault that numbers of a range were given out too lately, if any were. */
const youngest = async (
  sql: Sql,
  operator: string,
  { form, first, last }: RangeLimits,
  reuse: readonly NumberReuse[],
): Promise<Fault | undefined> => {
  const months = monthsUntilReuse(form.kind, reuse);
  const [row] = await sql.query<{ first: string; free: Date | null }>(
    `SELECT first, closed_at + make_interval(months => $6::int) AS free FROM number_leases
     WHERE operator_id = $1 AND kind = $2 AND form = $3::jsonb AND state IN ('used', 'burnt') AND first <= $5 AND last >= $4
       AND ($6::int IS NULL OR closed_at + make_interval(months => $6::int) > now())
     ORDER BY closed_at DESC LIMIT 1`,
    [operator, form.kind, JSON.stringify(form), first, last, months],
  );
  if (!row) return undefined;
  const since = row.free === null ? 'never' : `from ${formatInstant(new Date(row.free).getTime())} on`;
  return {
    code: 'numbers-too-young',
    field: 'first',
    what: `numbers from ${row.first} on were given out and may come back ${since}`,
    mend: 'give a range that does not hold them',
  };
};

/** After how many months a number may be given again; null for never. Kinds without a record never come back. */
const monthsUntilReuse = (kind: NumberKind, reuse: readonly NumberReuse[]): number | null =>
  reuse.find((record) => record.kind === kind)?.months ?? null;
