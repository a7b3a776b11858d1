import { InputError } from './input-error.ts';
import { readText, type TextBlock } from './text.ts';

/** A row of a CSV file: its fields, and the line on which it starts. */
export interface CsvRow {
  readonly fields: readonly string[];
  readonly line: number;
}

/**
 * Cuts CSV text (RFC 4180; line ends LF or CRLF) into rows, block by block. Lines without a quote, nearly all of them in
 * practice, are cut with one `split`; a quoted field may hold commas, doubled quotes and line ends. Blank lines are
 * passed over.
 */
class CsvCutter {
  readonly #file: string;
  #open = '';
  #openLine = 0;

  constructor(file: string) {
    this.#file = file;
  }

  *cut({ text, firstLine }: TextBlock): Generator<CsvRow> {
    let line = firstLine;
    let from = 0;
    while (from < text.length) {
      const end = text.indexOf('\n', from);
      const next = end < 0 ? text.length : end + 1;
      const row = this.#line(text.slice(from, end < 0 ? text.length : end), line);
      if (row) yield row;
      from = next;
      line += 1;
    }
  }

  /** Throws when a quote was never closed. */
  finish(): void {
    if (this.#open !== '') throw this.#broken('a quoted field is never closed', 'close the quote', this.#openLine);
  }

  #line(raw: string, line: number): CsvRow | undefined {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (this.#open === '' && !text.includes('"')) {
      return text === '' ? undefined : { fields: text.split(','), line };
    }
    const whole = this.#open === '' ? text : `${this.#open}\n${text}`;
    const start = this.#open === '' ? line : this.#openLine;
    const fields = this.#quoted(whole, start);
    this.#open = fields ? '' : whole;
    this.#openLine = start;
    return fields && { fields, line: start };
  }

  /** The fields of a row with quotes; undefined while a quote is open. */
  #quoted(text: string, line: number): string[] | undefined {
    const fields: string[] = [];
    let at = 0;
    for (;;) {
      if (text[at] !== '"') {
        const comma = text.indexOf(',', at);
        fields.push(comma < 0 ? text.slice(at) : text.slice(at, comma));
        if (comma < 0) return fields;
        at = comma + 1;
        continue;
      }
      let field = '';
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0) return undefined;
        field += text.slice(from, quote);
        from = quote + 1;
        if (text[from] !== '"') break;
        field += '"';
        from += 1;
      }
      fields.push(field);
      if (from >= text.length) return fields;
      if (text[from] !== ',')
        throw this.#broken('text follows a closing quote', 'double the quotes inside a field', line);
      at = from + 1;
    }
  }

  #broken(what: string, mend: string, line: number): InputError {
    return new InputError({ code: 'bad-csv', what, mend }, { file: this.#file, line });
  }
}

/** A CSV file as batches of rows after the header; `header` comes with each. */
export interface CsvBatch {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

const checkWidth = (file: string, header: readonly string[], row: CsvRow): void => {
  if (row.fields.length === header.length) return;
  throw new InputError(
    {
      code: 'bad-csv',
      what: `has ${row.fields.length} fields where the header has ${header.length}`,
      mend: 'give every column, and quote fields that hold a comma',
    },
    { file, line: row.line },
  );
};

/** Reads a CSV file (gzip or not, UTF-8 or GB18030) with a header line, a batch for each block of text. */
export async function* readCsv(file: string): AsyncGenerator<CsvBatch> {
  const cutter = new CsvCutter(file);
  let header: readonly string[] | undefined;
  for await (const block of readText(file, 'utf-8 or gb18030')) {
    const rows: CsvRow[] = [];
    for (const row of cutter.cut(block)) {
      if (!header) {
        header = row.fields.map((name) => name.trim());
        continue;
      }
      checkWidth(file, header, row);
      rows.push(row);
    }
    if (header && rows.length > 0) yield { header, rows };
  }
  cutter.finish();
  if (!header) {
    throw new InputError(
      { code: 'empty-file', what: 'is empty', mend: 'give a header line and rows' },
      { file, line: 1 },
    );
  }
}

/** Cuts a whole CSV text into records by its header; for small files whose text is at hand. */
export const parseCsv = (text: string, file: string): Record<string, string>[] => {
  const cutter = new CsvCutter(file);
  const [header, ...rows] = cutter.cut({ text, firstLine: 1 });
  cutter.finish();
  return rows.map((row) => {
    checkWidth(file, header?.fields ?? [], row);
    return recordOf(header?.fields ?? [], row.fields);
  });
};

/** The fields of a row by column name. */
export const recordOf = (header: readonly string[], fields: readonly string[]): Record<string, string> => {
  const record: Record<string, string> = {};
  for (let column = 0; column < header.length; column += 1) record[header[column] as string] = fields[column] ?? '';
  return record;
};

/** A value as a CSV field, quoted when it must be. */
export const csvField = (value: string | number | null | undefined): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
