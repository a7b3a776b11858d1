import { type CustomsExchange, FolderExchange } from '@crossparcel/connectors/customs-exchange';
import { InputError, OutputFolder, type Position, readBatches, recordsOf } from '@crossparcel/files';
import { type ConsignmentRequest, consignmentSchema, type Registration, registrationSchema } from '@crossparcel/trade';
import { type Fault, fail, faultOfIssues, formatDay, ok, problemDetails, type Result } from '@crossparcel/units';
import type { OptionValues } from '../conventions/batch-answerer.ts';
import { withoutDots } from '../conventions/dotted-columns.ts';
import { EXIT } from '../conventions/exit.ts';
import { type DeclarationAnswer, DeclarationDesk, declarationAnswer, type MadeDeclaration } from './declare-desk.ts';
import { fileOf } from './declare-papers.ts';

/** Registrations of a file, each a record. */
const readRegistrations = async (file: string | undefined): Promise<Registration[]> => {
  const found: Registration[] = [];
  if (file === undefined) return found;
  for await (const batch of readBatches(file)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      if (fault) throw fault;
      const parsed = registrationSchema.safeParse(value);
      if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
      found.push(parsed.data);
    }
  }
  return found;
};

/** A record of the input, checked, or what is wrong with it. */
interface ReadRecord {
  readonly id: string | null;
  readonly position: Position;
  readonly request: Result<ConsignmentRequest, Fault>;
}

async function* readRecords(files: readonly string[]): AsyncGenerator<ReadRecord> {
  for (const file of files) {
    for await (const batch of readBatches(file)) {
      for (const { value, position, fault } of recordsOf(batch)) {
        const id = (value as { id?: unknown } | null | undefined)?.id;
        const parsed = fault ? undefined : consignmentSchema.safeParse(withoutDots(value));
        const bad = fault ?? faultOfIssues(parsed?.error?.issues ?? []);
        yield {
          id: typeof id === 'string' ? id : null,
          position,
          request: parsed?.success ? ok(parsed.data) : fail(bad),
        };
      }
    }
  }
}

/** What putting a declaration somewhere adds to its answer. */
type Put = Pick<DeclarationAnswer, 'files' | 'lodged'>;

/** Where the files of declarations go. */
interface FileSink {
  put(made: MadeDeclaration): Promise<Result<Put, Fault>>;
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

  async put(made: MadeDeclaration): Promise<Result<Put, Fault>> {
    const file = await fileOf(made);
    if (!file.ok) return file;
    const name = `${fileName(made.consignment.id)}.${made.declared.message.record.id}.${file.value.extension}`;
    if (this.#names.has(name)) {
      const what = `another declaration was written to ${name}`;
      return fail({ code: 'repeated-id', what, mend: 'give each parcel an id of its own', field: 'id' });
    }
    this.#names.add(name);
    const sink = this.#folder.open(name);
    await sink.write(file.value.content);
    await sink.close();
    return ok({ files: [name] });
  }

  commit(): Promise<void> {
    return this.#folder.commit();
  }

  discard(): Promise<void> {
    return this.#folder.discard();
  }
}

/** An exchange folder; what is lodged in it stays lodged when a later record is bad. */
class ExchangeSink implements FileSink {
  readonly #exchange: CustomsExchange;

  private constructor(exchange: CustomsExchange) {
    this.#exchange = exchange;
  }

  static async open(path: string): Promise<ExchangeSink> {
    return new ExchangeSink(await FolderExchange.open(path));
  }

  async put(made: MadeDeclaration): Promise<Result<Put, Fault>> {
    const file = await fileOf(made);
    if (!file.ok) return file;
    const lodged = await this.#exchange.lodge({
      message: made.declared.message.record.id,
      consignment: made.consignment.id,
      extension: file.value.extension,
      content: file.value.content,
      day: formatDay(made.consignment.day),
    });
    return lodged.ok ? ok({ lodged: lodged.value }) : lodged;
  }

  async commit(): Promise<void> {}

  async discard(): Promise<void> {}
}

const answerWith = async (
  desk: DeclarationDesk,
  { request }: ReadRecord,
  sinks: readonly FileSink[],
): Promise<Result<DeclarationAnswer, Fault>> => {
  const made = request.ok ? desk.make(request.value) : request;
  if (!made.ok) return made;
  let answer = declarationAnswer(made.value);
  for (const sink of sinks) {
    const put = await sink.put(made.value);
    if (!put.ok) return put;
    answer = { ...answer, ...put.value };
  }
  return ok(answer);
};

const openSinks = async ({ out, lodge }: OptionValues): Promise<FileSink[]> => [
  ...(out === undefined ? [] : [await FolderSink.open(out)]),
  ...(lodge === undefined ? [] : [await ExchangeSink.open(lodge)]),
];

const run = async (options: OptionValues, files: readonly string[], keepGoing: boolean): Promise<number> => {
  const desk = new DeclarationDesk(options, await readRegistrations(options.registrations));
  const sinks = await openSinks(options);
  let bad = 0;
  try {
    for await (const record of readRecords(files)) {
      const answer = await answerWith(desk, record, sinks);
      if (answer.ok) {
        process.stdout.write(`${JSON.stringify(answer.value)}\n`);
        continue;
      }
      process.stderr.write(`${new InputError(answer.error, record.position).message}\n`);
      bad += 1;
      if (!keepGoing) break;
      process.stdout.write(`${JSON.stringify({ id: record.id, error: problemDetails(answer.error) })}\n`);
    }
  } catch (error) {
    for (const sink of sinks) await sink.discard();
    throw error;
  }
  const isStopped = bad > 0 && !keepGoing;
  for (const sink of sinks) await (isStopped ? sink.discard() : sink.commit());
  if (isStopped) return EXIT.badInput;
  return bad > 0 ? EXIT.doneWithBadRecords : EXIT.done;
};

/** The way to run `declare` that writes files or reads registrations from one; undefined when neither is asked for. */
export const apartOf = (
  options: OptionValues,
): ((files: readonly string[], keepGoing: boolean) => Promise<number>) | undefined =>
  options.out === undefined && options.lodge === undefined && options.registrations === undefined
    ? undefined
    : (files, keepGoing) => run(options, files, keepGoing);
