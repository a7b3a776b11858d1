import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from './input-error.ts';

/** A piece of a text file that ends at a line end (or at the end of the file), and the number of its first line. */
export interface TextBlock {
  readonly text: string;
  readonly firstLine: number;
}

/** Which encodings a file may have. CSV from Chinese back offices is often GB18030. */
export type Encodings = 'utf-8' | 'utf-8 or gb18030';

const NEWLINE = 0x0a;

/** Standard input, under the name by which commands call it. */
export const STDIN = '-';

const open = (file: string): Readable => (file === STDIN ? process.stdin : createReadStream(file));

const readFailed = (file: string, error: unknown): InputError => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known: Record<string, [string, string]> = {
    ENOENT: ['there is no such file', 'check the path'],
    EISDIR: ['is a folder', 'give a file'],
    EACCES: ['cannot be read', 'check its permissions'],
    Z_BUF_ERROR: ['the compressed file ends early', 'copy it again'],
    Z_DATA_ERROR: ['is not a sound gzip file', 'copy it again, or unpack it first'],
  };
  const [what, mend] = known[code] ?? [`cannot be read (${code || String(error)})`, 'check the file'];
  return new InputError({ code: 'unreadable-file', what, mend }, { file, line: 0 }, { cause: error });
};

async function* followedBy(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

const gunzipped = (chunks: AsyncGenerator<Buffer>): Readable => {
  const stream = createGunzip();
  // Errors of either side come out of the iteration over the result.
  pipeline(Readable.from(chunks), stream, () => undefined);
  return stream;
};

/** The bytes of a file or of standard input, gunzipped when they start like gzip. */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  try {
    const source: AsyncIterator<Buffer> = open(file)[Symbol.asyncIterator]();
    const { value: first, done } = await source.next();
    if (done) return;
    const isGzip = first[0] === 0x1f && first[1] === 0x8b;
    const chunks = followedBy(first, source);
    for await (const chunk of isGzip ? gunzipped(chunks) : chunks) yield chunk as Buffer;
  } catch (error) {
    throw readFailed(file, error);
  }
}

class Decoder {
  readonly #file: string;
  readonly #encodings: Encodings;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #gb18030: InstanceType<typeof TextDecoder> | undefined;
  #sawUtf8 = false;
  line = 1;

  constructor(file: string, encodings: Encodings) {
    this.#file = file;
    this.#encodings = encodings;
  }

  decode(bytes: Buffer): TextBlock {
    const firstLine = this.line;
    const text = this.#text(bytes);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line += 1;
    return { text, firstLine };
  }

  #text(bytes: Buffer): string {
    if (this.#gb18030) return this.#gb18030.decode(bytes);
    try {
      const text = this.#utf8.decode(bytes);
      this.#sawUtf8 ||= text.length !== bytes.length;
      return text;
    } catch {
      if (this.#encodings === 'utf-8' || this.#sawUtf8) throw this.#notUtf8(bytes);
      this.#gb18030 = new TextDecoder('gb18030', { fatal: true });
      try {
        return this.#gb18030.decode(bytes);
      } catch {
        throw this.#notUtf8(bytes);
      }
    }
  }

  #notUtf8(bytes: Buffer): InputError {
    let line = this.line;
    for (let from = 0; from < bytes.length; line += 1) {
      const end = bytes.indexOf(NEWLINE, from);
      const next = end < 0 ? bytes.length : end + 1;
      try {
        this.#utf8.decode(bytes.subarray(from, next));
      } catch {
        break;
      }
      from = next;
    }
    const also = this.#encodings === 'utf-8' ? '' : ' or GB18030';
    return new InputError(
      { code: 'bad-encoding', what: `is not UTF-8${also} text`, mend: 'save the file as UTF-8' },
      { file: this.#file, line },
    );
  }
}

/** A text file in blocks of whole lines, decoded strictly; a byte order mark is dropped. */
export async function* readText(file: string, encodings: Encodings = 'utf-8'): AsyncGenerator<TextBlock> {
  const decoder = new Decoder(file, encodings);
  let pending: Buffer[] = [];
  for await (const chunk of readBytes(file)) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      pending.push(chunk);
      continue;
    }
    yield decoder.decode(Buffer.concat([...pending, chunk.subarray(0, end)]));
    pending = end < chunk.length ? [chunk.subarray(end)] : [];
  }
  if (pending.length > 0) yield decoder.decode(Buffer.concat(pending));
}

/** A whole text file. */
export const readWholeText = async (file: string): Promise<string> => {
  const blocks: string[] = [];
  for await (const block of readText(file)) blocks.push(block.text);
  return blocks.join('');
};
