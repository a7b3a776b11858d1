import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { InputError, readBatches, recordsOf } from '@crossparcel/files';
import { faultOfIssues } from '@crossparcel/units';
import type * as z from 'zod';
import { withoutDots } from '../conventions/dotted-columns.ts';

const TIME_LIMIT_MS = 30_000;

/** Fields of flat files that hold lists, parted by spaces, and numbers. */
const LISTS: ReadonlySet<string> = new Set(['skus', 'countries']);
const NUMBERS: ReadonlySet<string> = new Set(['value']);

const fieldOf = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  if (LISTS.has(name)) return value.split(/\s+/).filter((part) => part !== '');
  return NUMBERS.has(name) && value.trim() !== '' ? Number(value) : value;
};

/** A record of a flat file or of JSON, with what flat files cannot say put right; empty fields are left out. */
const wholeOf = (record: unknown): unknown => {
  const nested = withoutDots(record);
  if (typeof nested !== 'object' || nested === null) return nested;
  const filled = Object.entries(nested).filter(([, value]) => value !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, fieldOf(name, value)]));
};

/** Checked records of files, with the place of each. Throws `InputError` for the first that is not of its form. */
const readWhole = async <Item>(file: string, schema: z.ZodType<Item>): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const batch of readBatches(file)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      if (fault) throw fault;
      const parsed = schema.safeParse(wholeOf(value));
      if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
      items.push(parsed.data);
    }
  }
  return items;
};

const isAddress = (source: string): boolean => /^https?:\/\//.test(source);

const unreachable = (address: string, why: string): InputError =>
  new InputError(
    { code: 'unreadable-source', what: `cannot be read: ${why}`, mend: 'check the address, or ask again later' },
    { file: address, line: 0 },
  );

/** Reads records of a file, or of an address that answers with one; its path names the form as a file's name does. */
export const readSource = async <Item>(source: string, schema: z.ZodType<Item>): Promise<Item[]> => {
  if (!isAddress(source)) return readWhole(source, schema);
  const answer = await fetch(source, { signal: AbortSignal.timeout(TIME_LIMIT_MS) }).catch((error: unknown) => {
    throw unreachable(source, error instanceof Error ? error.message : String(error));
  });
  if (!answer.ok) throw unreachable(source, `the answer is ${answer.status}`);
  const folder = await mkdtemp(join(tmpdir(), 'crossparcel-source-'));
  try {
    const file = join(folder, basename(new URL(source).pathname));
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    return await readWhole(file, schema);
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error, { file: source, line: error.position?.line ?? 0 });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
