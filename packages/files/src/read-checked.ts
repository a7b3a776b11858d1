import { readFileSync } from 'node:fs';
import { faultOfIssues } from '@crossparcel/units';
import type * as z from 'zod';
import { InputError } from './input-error.ts';

/** Checks a value of a file against its schema. Throws `InputError` that names file and field. */
export const check = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: string,
  line = 1,
): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), { file, line });
  return parsed.data;
};

/** Reads a JSON file and checks it against its schema. Throws `InputError` that names file and field. */
export const readChecked = <Schema extends z.ZodType>(schema: Schema, file: string): z.output<Schema> => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const fault = missing
      ? { code: 'unreadable-file', what: 'there is no such file', mend: 'check the path' }
      : { code: 'bad-json', what: `is not a JSON file (${(error as Error).message})`, mend: 'correct it' };
    throw new InputError(fault, { file, line: 1 }, { cause: error });
  }
  return check(schema, value, file);
};
