import { readCsv, recordOf } from './csv.ts';
import { InputError, type Position } from './input-error.ts';
import { JsonObjects } from './json-objects.ts';
import { readText, STDIN } from './text.ts';

/** A record as its file gives it, unchecked, and where it stands. `value` is undefined when it is not even JSON. */
export interface RawRecord {
  readonly value: unknown;
  readonly position: Position;
  readonly fault?: InputError;
}

/** Forms in which files of records come. */
type RecordForm = 'ndjson' | 'json' | 'csv';

const FORMS: Readonly<Record<string, RecordForm>> = { ndjson: 'ndjson', jsonl: 'ndjson', json: 'json', csv: 'csv' };

const formOfName = (file: string): RecordForm | undefined =>
  FORMS[/\.([a-z]+)(?:\.gz)?$/i.exec(file)?.[1]?.toLowerCase() ?? ''];

const parseOne = (text: string, position: Position): RawRecord => {
  try {
    return { value: JSON.parse(text), position };
  } catch {
    const fault = { code: 'bad-json', what: 'is not a JSON object', mend: 'give one whole object' };
    return { value: undefined, position, fault: new InputError(fault, position) };
  }
};

/**
 * Some neighbouring records of a file. Newline-delimited JSON stays text until `recordsOf` reads it, so that a worker can
 * do the reading.
 */
export type RecordBatch =
  | { readonly kind: 'lines'; readonly file: string; readonly firstLine: number; readonly text: string }
  | { readonly kind: 'records'; readonly records: readonly RawRecord[] };

/** The records of a batch, in order. */
export const recordsOf = (batch: RecordBatch): readonly RawRecord[] => {
  if (batch.kind === 'records') return batch.records;
  const records: RawRecord[] = [];
  let line = batch.firstLine;
  for (const text of batch.text.split('\n')) {
    if (text.trim() !== '') records.push(parseOne(text, { file: batch.file, line }));
    line += 1;
  }
  return records;
};

async function* readNdjson(file: string): AsyncGenerator<RecordBatch> {
  for await (const { text, firstLine } of readText(file)) yield { kind: 'lines', file, firstLine, text };
}

async function* readJson(file: string): AsyncGenerator<RecordBatch> {
  const objects = new JsonObjects(file);
  for await (const block of readText(file)) {
    const records = Array.from(objects.feed(block), ({ text, line }) => parseOne(text, { file, line }));
    yield { kind: 'records', records };
  }
  objects.finish();
}

async function* readCsvRecords(file: string): AsyncGenerator<RecordBatch> {
  for await (const { header, rows } of readCsv(file)) {
    const records = rows.map(({ fields, line }) => ({ value: recordOf(header, fields), position: { file, line } }));
    yield { kind: 'records', records };
  }
}

/**
 * The records of a file in batches, in order: newline-delimited JSON, a JSON array, or CSV by the file's name; standard
 * input is newline-delimited JSON. Throws `InputError` for a file that cannot be read on; a single record that is no
 * JSON comes with its fault instead.
 */
export const readBatches = (file: string): AsyncGenerator<RecordBatch> => {
  switch (file === STDIN ? 'ndjson' : formOfName(file)) {
    case 'ndjson':
      return readNdjson(file);
    case 'json':
      return readJson(file);
    case 'csv':
      return readCsvRecords(file);
    default:
      throw new InputError(
        {
          code: 'unknown-form',
          what: 'has a name that tells no form',
          mend: 'name it .ndjson, .jsonl, .json or .csv, or .gz of these',
        },
        { file, line: 0 },
      );
  }
};
