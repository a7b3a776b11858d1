import { type CustomsExchange, FolderExchange } from '@crossparcel/connectors/customs-exchange';
import { OutputFolder } from '@crossparcel/files';
import { type Fault, fail, formatDay, ok, type Result } from '@crossparcel/units';
import type { OptionValues } from '../conventions/batch-answerer.ts';
import type { DeclarationAnswer } from './declare-desk.ts';
import type { DeclarationFile } from './declare-papers.ts';

/** A declaration as files: what it is of, and its forms; the first is the one that is lodged. */
export interface FiledDeclaration {
  readonly id: string;
  readonly message: string;
  readonly day: number;
  readonly files: readonly [DeclarationFile, ...DeclarationFile[]];
}

/** What putting a declaration somewhere adds to its answer. */
type Put = Pick<DeclarationAnswer, 'files' | 'lodged'>;

/** Where the files of declarations go. */
export interface FileSink {
  put(filed: FiledDeclaration): Promise<Result<Put, Fault>>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** A name that every file system takes: other characters become hyphens. */
const fileName = (id: string): string => id.replaceAll(/[^\w.-]/g, '-').replace(/^\.+/, '-');

class FolderSink implements FileSink {
  readonly #folder: OutputFolder;
  readonly #names = new Set<string>();

  private constructor(folder: OutputFolder) {
    this.#folder = folder;
  }

  static async open(path: string): Promise<FolderSink> {
    return new FolderSink(await OutputFolder.prepare(path, []));
  }

  async put({ id, message, files }: FiledDeclaration): Promise<Result<Put, Fault>> {
    const names: string[] = [];
    for (const { extension, content } of files) {
      const name = `${fileName(id)}.${message}.${extension}`;
      if (this.#names.has(name)) return fail(repeatedName(name));
      this.#names.add(name);
      const sink = this.#folder.open(name);
      await sink.write(content);
      await sink.close();
      names.push(name);
    }
    return ok({ files: names });
  }

  commit(): Promise<void> {
    return this.#folder.commit();
  }

  discard(): Promise<void> {
    return this.#folder.discard();
  }
}

const repeatedName = (name: string): Fault => ({
  code: 'repeated-id',
  what: `another declaration was written to ${name}`,
  mend: 'give each parcel an id of its own',
  field: 'id',
});

/** An exchange folder; what is lodged in it stays lodged when a later record is bad. */
class ExchangeSink implements FileSink {
  readonly #exchange: CustomsExchange;

  private constructor(exchange: CustomsExchange) {
    this.#exchange = exchange;
  }

  static async open(path: string): Promise<ExchangeSink> {
    return new ExchangeSink(await FolderExchange.open(path));
  }

  async put({ id, message, day, files }: FiledDeclaration): Promise<Result<Put, Fault>> {
    const [{ extension, content }] = files;
    const lodged = await this.#exchange.lodge({ message, consignment: id, extension, content, day: formatDay(day) });
    return lodged.ok ? ok({ lodged: lodged.value }) : lodged;
  }

  async commit(): Promise<void> {}

  async discard(): Promise<void> {}
}

/** The places that the options name. */
export const openSinks = async ({ out, lodge }: OptionValues): Promise<FileSink[]> => [
  ...(out === undefined ? [] : [await FolderSink.open(out)]),
  ...(lodge === undefined ? [] : [await ExchangeSink.open(lodge)]),
];
