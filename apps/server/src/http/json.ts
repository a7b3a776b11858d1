import { type Fault, fail, ok, type Result } from '@crossparcel/units';

const NO_JSON: Fault = { code: 'bad-json', what: 'the body is not JSON', mend: 'send a JSON object' };

/** Where a value holds a text that PostgreSQL cannot store: one with NUL, or with half of a surrogate pair. */
const unstorable = (value: unknown, path: string): string | undefined => {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const here = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const found = unstorable(key, here) ?? unstorable(part, here);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Reads the text of a request as JSON; an empty text is no value. */
export const readJson = (text: string): Result<unknown, Fault> => {
  if (text === '') return ok(undefined);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(NO_JSON);
  }
  // Such texts can come as escapes only, so most requests need no second look.
  const field = /\\u(0000|[dD][89a-fA-F])/.test(text) ? unstorable(value, '') : undefined;
  if (field === undefined) return ok(value);
  return fail({
    code: 'bad-record',
    field,
    what: 'holds a character that is none (NUL, or half of a pair)',
    mend: 'leave it out',
  });
};
