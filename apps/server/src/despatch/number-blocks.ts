import type { NumberForm } from '@crossparcel/documents/numbers';
import { CrossparcelError } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import { newId } from '../database/uuid.ts';

/** Kinds of numbers that ranges are of. */
export type NumberKind = NumberForm['kind'];

/** What a range is: a form, and its first and last serial number. */
export interface RangeLimits {
  readonly form: NumberForm;
  readonly first: number;
  readonly last: number;
}

/** Serial numbers from `first` to `last`, both included. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** A range as it stands, locked until the transaction ends. */
export interface LockedRange extends RangeLimits {
  readonly next: number;
}

/** Who takes how many numbers; without `seconds` they are used at once. */
interface Wish {
  readonly kind: NumberKind;
  readonly count: number;
  readonly holder: string;
  /** How long the holder may keep the numbers without saying what became of them. */
  readonly seconds: number | undefined;
}

/** What was taken, ascending. */
interface Taken {
  readonly lease: string;
  readonly form: NumberForm;
  readonly serials: readonly number[];
}

/** Makes a range when the operator has none of its kind. */
export const ensureRange = async (sql: Sql, operator: string, { form, first, last }: RangeLimits): Promise<void> => {
  await sql.query(
    `INSERT INTO number_ranges (operator_id, kind, form, first, next, last) VALUES ($1, $2, $3::jsonb, $4, $4, $5)
     ON CONFLICT (operator_id, kind) DO NOTHING`,
    [operator, form.kind, JSON.stringify(form), first, last],
  );
};

/** The range of a kind, which nobody else gets at until the transaction ends. */
export const lockRange = async (sql: Sql, operator: string, kind: NumberKind): Promise<LockedRange | undefined> => {
  const [row] = await sql.query<{ form: NumberForm; first: string; next: string; last: string }>(
    'SELECT form, first, next, last FROM number_ranges WHERE operator_id = $1 AND kind = $2 FOR UPDATE',
    [operator, kind],
  );
  return row && { form: row.form, first: Number(row.first), next: Number(row.next), last: Number(row.last) };
};

/** Burns what holders have kept too long: they may have printed any of it. */
export const burnExpired = async (sql: Sql, operator: string): Promise<void> => {
  await sql.query(
    `UPDATE number_leases SET state = 'burnt', closed_at = now()
     WHERE operator_id = $1 AND state = 'open' AND expires_at < now()`,
    [operator],
  );
};

const usedUp = (kind: NumberKind): CrossparcelError =>
  new CrossparcelError({
    code: 'numbers-used-up',
    what: `the range of ${kind} numbers is used up`,
    mend: 'open a new range',
  });

const sizeOf = ({ first, last }: Block): number => last - first + 1;

/** Takes blocks that came back, lowest first, up to a count; a block that is too large is cut. */
const takeReturned = async (sql: Sql, operator: string, form: NumberForm, count: number): Promise<Block[]> => {
  const rows = await sql.query<{ id: string; first: string; last: string }>(
    `SELECT id, first, last FROM number_leases
     WHERE operator_id = $1 AND kind = $2 AND form = $3::jsonb AND state = 'returned' ORDER BY first LIMIT $4`,
    [operator, form.kind, JSON.stringify(form), count],
  );
  const blocks: Block[] = [];
  let missing = count;
  for (const { id, ...row } of rows) {
    if (missing === 0) break;
    const [first, end] = [Number(row.first), Number(row.last)];
    const last = Math.min(end, first + missing - 1);
    if (last === end) await sql.query('DELETE FROM number_leases WHERE id = $1', [id]);
    else await sql.query('UPDATE number_leases SET first = $2 WHERE id = $1', [id, last + 1]);
    blocks.push({ first, last });
    missing -= last - first + 1;
  }
  return blocks;
};

/** Takes numbers that nobody has had. Throws `numbers-used-up` when there are not enough. */
const takeFresh = async (
  sql: Sql,
  operator: string,
  { form: { kind }, next, last }: LockedRange,
  count: number,
): Promise<Block[]> => {
  if (count === 0) return [];
  if (next + count - 1 > last) throw usedUp(kind);
  await sql.query('UPDATE number_ranges SET next = $3 WHERE operator_id = $1 AND kind = $2', [
    operator,
    kind,
    next + count,
  ]);
  return [{ first: next, last: next + count - 1 }];
};

/** Adds used numbers to the block before them when it is of the same day and holder, so that blocks stay few. */
const joinUsed = async (
  sql: Sql,
  operator: string,
  form: NumberForm,
  holder: string,
  block: Block,
): Promise<boolean> => {
  const joined = await sql.query(
    `UPDATE number_leases SET last = $4, closed_at = now()
     WHERE operator_id = $1 AND kind = $2 AND form = $3::jsonb AND last = $5 AND state = 'used' AND holder = $6
       AND leased_at > now() - interval '1 day' RETURNING id`,
    [operator, form.kind, JSON.stringify(form), block.last, block.first - 1, holder],
  );
  return joined.length > 0;
};

/**
 * Takes numbers of a range: first those that came back, then fresh ones. Whoever else takes from the range waits until the
 * transaction ends, and when it does not end well nothing was taken. Throws `numbers-used-up`.
 */
export const takeBlocks = async (sql: Sql, operator: string, wish: Wish): Promise<Taken> => {
  const { kind, count, holder, seconds } = wish;
  const range = await lockRange(sql, operator, kind);
  if (!range) throw usedUp(kind);
  const { form } = range;
  await burnExpired(sql, operator);
  const returned = await takeReturned(sql, operator, form, count);
  const fresh = await takeFresh(sql, operator, range, count - returned.reduce((sum, block) => sum + sizeOf(block), 0));
  const lease = newId();
  const blocks = [...returned, ...fresh];
  for (const block of blocks) {
    if (seconds === undefined && (await joinUsed(sql, operator, form, holder, block))) continue;
    await addBlock(sql, {
      operator,
      lease,
      form,
      holder,
      seconds,
      ...block,
      state: seconds === undefined ? 'used' : 'open',
    });
  }
  const serials = blocks.flatMap((block) => Array.from({ length: sizeOf(block) }, (_, index) => block.first + index));
  return { lease, form, serials };
};

/** States of a block. */
export type BlockState = 'open' | 'used' | 'returned' | 'burnt';

interface NewBlock extends Block {
  readonly operator: string;
  readonly lease: string;
  readonly form: NumberForm;
  readonly holder: string;
  readonly seconds: number | undefined;
  readonly state: BlockState;
}

/** Writes a block down. */
export const addBlock = async (sql: Sql, block: NewBlock): Promise<void> => {
  const { operator, lease, form, holder, seconds, state, first, last } = block;
  await sql.query(
    `INSERT INTO number_leases (id, lease, operator_id, kind, form, first, last, state, holder, expires_at, closed_at)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8::text, $9, now() + make_interval(secs => $10),
       CASE WHEN $8::text = 'open' THEN NULL ELSE now() END)`,
    [newId(), lease, operator, form.kind, JSON.stringify(form), first, last, state, holder, seconds ?? null],
  );
};
