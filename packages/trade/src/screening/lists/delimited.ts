import { ListFault } from '../list.ts';

/** A row of a delimited file and the line on which it starts. */
interface DelimitedRow {
  readonly fields: readonly string[];
  readonly line: number;
}

/** Ends a file of DOS. */
const DOS_END = String.fromCharCode(0x1a);

/**
 * Cuts delimited text into rows, piece by piece (RFC 4180 with any delimiter; line ends LF, CR or CRLF, as OFAC's files have had
 * all three). Blank lines and the end-of-file sign of DOS (0x1A) are passed over.
 */
export class DelimitedRows {
  readonly #delimiter: string;
  readonly #take: (row: DelimitedRow) => void;
  #fields: string[] = [];
  #field = '';
  #place: 'plain' | 'quoted' | 'quote' = 'plain';
  #line = 1;
  #startLine = 1;
  #afterReturn = false;

  constructor(delimiter: string, take: (row: DelimitedRow) => void) {
    this.#delimiter = delimiter;
    this.#take = take;
  }

  feed(text: string): void {
    for (const character of text) {
      const ends = character === '\n' || character === '\r';
      // The second half of CRLF ends nothing more.
      const isSecond = character === '\n' && this.#afterReturn;
      this.#afterReturn = character === '\r';
      if (ends && !isSecond) this.#line += 1;
      if (this.#place === 'quoted') this.#inside(character);
      else if (!isSecond) this.#outside(character, ends);
    }
  }

  /** Ends the last row. Throws `ListFault` when a quote was never closed. */
  finish(): void {
    if (this.#place === 'quoted') {
      throw new ListFault(this.#startLine, { what: 'a quoted field is never closed', mend: 'fetch the file again' });
    }
    this.#endRow();
  }

  #inside(character: string): void {
    if (character === '"') this.#place = 'quote';
    else this.#field += character;
  }

  #outside(character: string, ends: boolean): void {
    if (character === '"' && (this.#place === 'quote' || this.#field.trim() === '')) {
      // A doubled quote is one; else a field opens.
      this.#field = this.#place === 'quote' ? `${this.#field}"` : '';
      this.#place = 'quoted';
      return;
    }
    if (character === this.#delimiter) this.#endField();
    else if (ends) this.#endRow();
    else if (this.#place === 'plain') this.#field += character;
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#place = 'plain';
  }

  #endRow(): void {
    this.#endField();
    const fields = this.#fields;
    const isBlank = fields.length === 1 && (fields[0] as string).replaceAll(DOS_END, '').trim() === '';
    if (!isBlank) this.#take({ fields, line: this.#startLine });
    this.#fields = [];
    this.#startLine = this.#line;
  }
}
