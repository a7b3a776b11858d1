import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { InputError } from './input-error.ts';

const aside = (path: string): string => join(dirname(path), `.${basename(path)}.partial-${process.pid}`);

const refused = (path: string, what: string, mend: string): InputError =>
  new InputError({ code: 'bad-output', what: `${path} ${what}`, mend });

/** Text written to a file aside, with back-pressure. */
class TextSink {
  readonly #stream: WriteStream;
  #failure: unknown;

  constructor(path: string) {
    this.#stream = createWriteStream(path);
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  async write(text: string | Uint8Array): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream);
  }
}

export type { TextSink };

/** A file that appears whole, or not at all: it is written aside and renamed when it is complete. */
export class OutputFile {
  readonly #path: string;
  readonly #sink: TextSink;

  constructor(path: string) {
    this.#path = path;
    this.#sink = new TextSink(aside(path));
  }

  write(text: string | Uint8Array): Promise<void> {
    return this.#sink.write(text);
  }

  /** Puts the file in its place. */
  async commit(): Promise<void> {
    await this.#sink.close();
    await rename(aside(this.#path), this.#path);
  }

  /** Leaves no trace. */
  async discard(): Promise<void> {
    await this.#sink.close().catch(() => undefined);
    await rm(aside(this.#path), { force: true });
  }
}

/**
 * A folder that appears whole, or not at all. An earlier output of the same files is replaced; a folder that holds
 * anything else is refused.
 */
export class OutputFolder {
  readonly #path: string;
  readonly #sinks: TextSink[] = [];

  private constructor(path: string) {
    this.#path = path;
  }

  /** Prepares a folder for some files. Throws `InputError` when the place is taken by something else. */
  static async prepare(path: string, files: readonly string[]): Promise<OutputFolder> {
    const there = await stat(path).catch(() => undefined);
    if (there && !there.isDirectory()) throw refused(path, 'is a file', 'give the name of a folder');
    const others = there ? (await readdir(path)).filter((name) => !files.includes(name)) : [];
    if (others.length > 0) throw refused(path, `already holds ${others[0]}`, 'give a new or empty folder');
    await rm(aside(path), { recursive: true, force: true });
    await mkdir(aside(path), { recursive: true });
    return new OutputFolder(path);
  }

  /** Opens one of its files. */
  open(name: string): TextSink {
    const sink = new TextSink(join(aside(this.#path), name));
    this.#sinks.push(sink);
    return sink;
  }

  /** Puts the folder in its place. */
  async commit(): Promise<void> {
    for (const sink of this.#sinks) await sink.close();
    const old = `${aside(this.#path)}-old`;
    const replaced = await rename(this.#path, old).then(
      () => true,
      () => false,
    );
    await rename(aside(this.#path), this.#path);
    if (replaced) await rm(old, { recursive: true, force: true });
  }

  /** Leaves no trace. */
  async discard(): Promise<void> {
    for (const sink of this.#sinks) await sink.close().catch(() => undefined);
    await rm(aside(this.#path), { recursive: true, force: true });
  }
}
