import { csvField } from '@crossparcel/files';
import { UsageError } from './exit.ts';
import { tableText } from './table.ts';

/** Forms in which results are printed. */
export const FORMATS = ['table', 'ndjson', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** The format asked for; without one, a table on a terminal and newline-delimited JSON elsewhere. */
export const chooseFormat = (asked: string | undefined, toTerminal: boolean): Format => {
  if (asked === undefined) return toTerminal ? 'table' : 'ndjson';
  const format = FORMATS.find((one) => one === asked);
  if (!format) throw new UsageError(`--format ${asked} is not known; give one of ${FORMATS.join(', ')}`);
  return format;
};

const cell = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Turns result records into text, one batch at a time, in one of the formats. */
export class Printer {
  readonly #format: Format;
  readonly #columns: readonly string[];
  readonly #each: string | undefined;
  readonly #rows: string[][] = [];
  #first = true;

  /** `columns` are the fields shown in tables and CSV; `each` names a list of which every element is a row of its own. */
  constructor(format: Format, columns: readonly string[], each?: string) {
    this.#format = format;
    this.#columns = columns;
    this.#each = each;
  }

  head(): string {
    if (this.#format === 'json') return '[';
    return this.#format === 'csv' ? `${this.#columns.map(csvField).join(',')}\n` : '';
  }

  /** The text of some records, already written as JSON where the format is made of JSON. */
  body(records: readonly string[]): string {
    switch (this.#format) {
      case 'ndjson':
        return records.map((record) => `${record}\n`).join('');
      case 'json': {
        if (records.length === 0) return '';
        const text = (this.#first ? '\n' : ',\n') + records.join(',\n');
        this.#first = false;
        return text;
      }
      case 'csv':
        return records
          .flatMap((record) => this.#cells(record))
          .map((cells) => `${cells.map(csvField).join(',')}\n`)
          .join('');
      case 'table':
        for (const record of records) this.#rows.push(...this.#cells(record));
        return '';
    }
  }

  tail(): string {
    if (this.#format === 'json') return '\n]\n';
    return this.#format === 'table' ? tableText(this.#columns, this.#rows) : '';
  }

  /** The rows of a record. */
  #cells(record: string): string[][] {
    const fields = JSON.parse(record) as Record<string, unknown>;
    if (fields.error !== undefined) return [[cell(fields.id), cell(fields.error)]];
    const listed = this.#each === undefined ? [] : (fields[this.#each] as Record<string, unknown>[]);
    const elements = listed.length === 0 ? [{}] : listed;
    return elements.map((element) => this.#columns.map((column) => cell(fieldAt({ ...fields, ...element }, column))));
  }
}

const fieldAt = (fields: Record<string, unknown>, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], fields);
