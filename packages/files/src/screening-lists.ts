import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import {
  type Clearance,
  clearanceSchema,
  ListFault,
  ListJoiner,
  type ListPart,
  ListReader,
  type ScreeningList,
} from '@crossparcel/trade';
import { faultOfIssues } from '@crossparcel/units';
import { InputError } from './input-error.ts';

const PIECE = 1 << 16;

const atLine = (file: string, error: unknown): unknown =>
  error instanceof ListFault ? new InputError(error, { file, line: error.line }, { cause: error }) : error;

const unreadable = (file: string, cause: unknown): InputError => {
  const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const what = isMissing ? 'there is no such file' : `cannot be read (${(cause as Error).message})`;
  return new InputError({ code: 'unreadable-file', what, mend: 'check the path' }, { file, line: 0 }, { cause });
};

const open = (file: string): number => {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw unreadable(file, error);
  }
};

const read = (file: string, descriptor: number, into: Uint8Array): number => {
  try {
    return readSync(descriptor, into);
  } catch (error) {
    throw unreadable(file, error);
  }
};

/** One file of a list, read piece by piece, and the SHA-256 of its bytes. */
const readPart = (file: string): { part: ListPart; digest: string } => {
  const descriptor = open(file);
  const reader = new ListReader();
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const bytes = new Uint8Array(PIECE);
  let line = 1;
  const decoded = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (cause) {
      const fault = { code: 'bad-encoding', what: 'is not UTF-8 text from here on', mend: 'fetch the list as UTF-8' };
      throw new InputError(fault, { file, line }, { cause });
    }
  };
  try {
    for (let length = read(file, descriptor, bytes); length > 0; length = read(file, descriptor, bytes)) {
      const piece = bytes.subarray(0, length);
      hash.update(piece);
      const text = decoded(piece);
      reader.feed(text);
      line += text.split('\n').length - 1;
    }
    reader.feed(decoded());
    return { part: reader.finish(), digest: hash.digest('hex') };
  } catch (error) {
    throw atLine(file, error);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Reads denied-party lists; each file's format is told by its content, and files of one list are put together. Reads in
 * pieces and at once, since a command prepares itself before its first record. Throws `InputError` that names file and line.
 */
export const readScreeningLists = (files: readonly string[]): ScreeningList[] => {
  const parts = files.map((file) => ({ file, ...readPart(file) }));
  const joiner = new ListJoiner();
  const each = (take: (part: ListPart, digest: string) => void) => {
    for (const { file, part, digest } of parts) {
      try {
        take(part, digest);
      } catch (error) {
        throw atLine(file, error);
      }
    }
  };
  each((part, digest) => joiner.addEntries(part, digest));
  each((part) => joiner.addMore(part));
  return joiner.finish();
};

/** Reads the false positives that persons have decided, one JSON object a line. Throws `InputError` that names file, line and field. */
export const readClearances = (file: string): Clearance[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
  const found: Clearance[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const position = { file, line: index + 1 };
    const parsed = clearanceSchema.safeParse(jsonOf(line, position));
    if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
    found.push(parsed.data);
  }
  return found;
};

const jsonOf = (text: string, position: { file: string; line: number }): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const fault = { code: 'bad-json', what: 'is not a JSON object', mend: 'give one whole object a line' };
    throw new InputError(fault, position, { cause });
  }
};
