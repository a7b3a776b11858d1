import { InputError, type Position, Reference, readBatches, recordsOf } from '@crossparcel/files';
import {
  type ConsignmentRequest,
  Consolidator,
  consignmentSchema,
  declareConsolidation,
  type Registration,
  registrationSchema,
} from '@crossparcel/trade';
import { type Fault, fail, faultOfIssues, ok, problemDetails, type Result } from '@crossparcel/units';
import type { OptionValues } from '../conventions/batch-answerer.ts';
import { withoutDots } from '../conventions/dotted-columns.ts';
import { EXIT } from '../conventions/exit.ts';
import { chooseFormat, Printer } from '../conventions/format.ts';
import { openSink } from '../conventions/record-command-line.ts';
import {
  consolidationAnswer,
  DECLARE_COLUMNS,
  type DeclarationAnswer,
  DeclarationDesk,
  declarationAnswer,
} from './declare-desk.ts';
import { consolidationFiles, fileOf } from './declare-papers.ts';
import { type FiledDeclaration, type FileSink, openSinks } from './declare-sinks.ts';

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

/** An answer, or what is wrong with the record that it should have been about. */
interface Outcome {
  readonly record: ReadRecord;
  readonly answer: Result<DeclarationAnswer, Fault>;
}

const putAll = async (
  sinks: readonly FileSink[],
  answer: DeclarationAnswer,
  filed: () => Promise<Result<FiledDeclaration, Fault>>,
): Promise<Result<DeclarationAnswer, Fault>> => {
  if (sinks.length === 0) return ok(answer);
  const made = await filed();
  if (!made.ok) return made;
  let whole = answer;
  for (const sink of sinks) {
    const put = await sink.put(made.value);
    if (!put.ok) return put;
    whole = { ...whole, ...put.value };
  }
  return ok(whole);
};

const answerOne = async (
  desk: DeclarationDesk,
  { request }: ReadRecord,
  sinks: readonly FileSink[],
): Promise<Result<DeclarationAnswer, Fault>> => {
  const made = request.ok ? desk.make(request.value) : request;
  if (!made.ok) return made;
  const { consignment, declared } = made.value;
  return putAll(sinks, declarationAnswer(made.value), async () => {
    const file = await fileOf(made.value);
    const { id, day } = consignment;
    return file.ok ? ok({ id, message: declared.message.record.id, day, files: [file.value] }) : file;
  });
};

async function* eachAlone(
  desk: DeclarationDesk,
  files: readonly string[],
  sinks: readonly FileSink[],
): AsyncGenerator<Outcome> {
  for await (const record of readRecords(files)) yield { record, answer: await answerOne(desk, record, sinks) };
}

/** Gathers parcels under their master air waybills; each of these becomes one answer when all have been read. */
async function* eachMaster(
  desk: DeclarationDesk,
  files: readonly string[],
  sinks: readonly FileSink[],
): AsyncGenerator<Outcome> {
  const consolidator = new Consolidator(desk.sources.law);
  const firsts = new Map<string, ReadRecord>();
  for await (const record of readRecords(files)) {
    const read = record.request.ok ? desk.read(record.request.value) : record.request;
    const fault = read.ok ? consolidator.add(read.value) : read.error;
    if (fault) yield { record, answer: fail(fault) };
    else if (read.ok) firsts.set(read.value.id, record);
  }
  for (const consolidation of consolidator.consolidations()) {
    const record = firsts.get(consolidation.first.id) as ReadRecord;
    const made = declareConsolidation(desk.sources, consolidation, desk.as);
    if (!made.ok) {
      yield { record, answer: made };
      continue;
    }
    const answer = consolidationAnswer(consolidation, made.value);
    const { masterWaybill: id, first } = consolidation;
    const filed = { id, message: desk.as, day: first.day, files: consolidationFiles(made.value.message) };
    yield { record, answer: await putAll(sinks, answer, async () => ok(filed)) };
  }
}

const write = async (
  outcomes: AsyncIterable<Outcome>,
  printer: Printer,
  print: (text: string) => Promise<void>,
  keepGoing: boolean,
): Promise<{ bad: number; isStopped: boolean }> => {
  let bad = 0;
  await print(printer.head());
  for await (const { record, answer } of outcomes) {
    if (answer.ok) {
      await print(printer.body([JSON.stringify(answer.value)]));
      continue;
    }
    process.stderr.write(`${new InputError(answer.error, record.position).message}\n`);
    bad += 1;
    if (!keepGoing) return { bad, isStopped: true };
    await print(printer.body([JSON.stringify({ id: record.id, error: problemDetails(answer.error) })]));
  }
  await print(printer.tail());
  return { bad, isStopped: false };
};

const run = async (options: OptionValues, files: readonly string[], keepGoing: boolean): Promise<number> => {
  const desk = new DeclarationDesk(options, await readRegistrations(options.registrations));
  const sinks = await openSinks(options);
  const output = openSink(options.output);
  const printer = new Printer(chooseFormat(options.format, false), DECLARE_COLUMNS);
  const outcomes = (desk.sources.messages.isAboutMaster(desk.as) ? eachMaster : eachAlone)(desk, files, sinks);
  const places = [...sinks, output];
  try {
    const { bad, isStopped } = await write(outcomes, printer, (text) => output.write(text), keepGoing);
    for (const place of places) await (isStopped ? place.discard() : place.commit());
    if (isStopped) return EXIT.badInput;
    return bad > 0 ? EXIT.doneWithBadRecords : EXIT.done;
  } catch (error) {
    for (const place of places) await place.discard();
    throw error;
  }
};

/**
 * The way to run `declare` that writes files, reads registrations, or gathers parcels; undefined when none of these is
 * asked for.
 */
export const apartOf = (
  options: OptionValues,
): ((files: readonly string[], keepGoing: boolean) => Promise<number>) | undefined => {
  const { as, out, lodge, registrations } = options;
  const isMany = as !== undefined && new Reference().messages().isAboutMaster(as);
  const isAsked = isMany || [out, lodge, registrations].some((option) => option !== undefined);
  return isAsked ? (files, keepGoing) => run(options, files, keepGoing) : undefined;
};
