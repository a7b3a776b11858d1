import { type Fault, fail, ok, type Result } from '@crossparcel/units';

/** A page: its items, and where the next one begins. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor?: string;
}

/** A cursor as text that says nothing to its reader. */
const encode = (key: string): string => Buffer.from(key).toString('base64url');

const BAD_CURSOR: Fault = {
  code: 'bad-cursor',
  field: 'cursor',
  what: 'is not a cursor of this list',
  mend: 'give the nextCursor of an earlier page, or none',
};

/** Reads a cursor that `pageOf` gave. */
export const cursorKey = (cursor: string | undefined, pattern: RegExp): Result<string | undefined, Fault> => {
  if (cursor === undefined) return ok(undefined);
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (pattern.test(key)) return ok(key);
  return fail(BAD_CURSOR);
};

/** Reads a cursor that names a place by several values, each of a form. */
export const cursorPlace = (
  cursor: string | undefined,
  forms: readonly RegExp[],
): Result<string[] | undefined, Fault> => {
  if (cursor === undefined) return ok(undefined);
  const values = Buffer.from(cursor, 'base64url').toString('utf8').split('\n');
  if (values.length === forms.length && forms.every((form, index) => form.test(values[index] ?? ''))) return ok(values);
  return fail(BAD_CURSOR);
};

/** Names a place by several values, for a cursor. */
export const placeKey = (...values: readonly string[]): string => values.join('\n');

/** Makes a page of rows that were asked for with one more than fits. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  itemOf: (row: Row) => Item,
): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(itemOf), ...(more ? { nextCursor: encode(keyOf(last)) } : {}) };
};

/** Forms of values in cursors: an identifier, an amount, an id. */
export const IDENTIFIER = /^[^\n]+$/;
export const AMOUNT = /^-?\d+(\.\d+)?$/;
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
