const [NEWLINE, RETURN, COMMA, QUOTE] = [10, 13, 44, 34];
const MOST_FIELDS = 256;

/**
 * Walks over the lines of a CSV file (RFC 4180, but no quotes or line ends inside fields) and tells where their fields are,
 * without copying any. Blank lines are passed over.
 */
export class CsvLines {
  readonly bytes: Uint8Array;
  /** Where each field of the line begins and ends among the bytes, quotes left out. */
  readonly starts = new Int32Array(MOST_FIELDS);
  readonly ends = new Int32Array(MOST_FIELDS);
  readonly #decoder = new TextDecoder();
  #count = 0;
  #at = 0;
  #line = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    // A byte order mark is no part of the first field.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
  }

  /** The number of the line, from 1. */
  get line(): number {
    return this.#line;
  }

  /** How many fields the line has. */
  get count(): number {
    return this.#count;
  }

  /** A field as text. */
  text(field: number): string {
    return this.#decoder.decode(this.bytes.subarray(this.starts[field], this.ends[field]));
  }

  /** All fields as texts. */
  texts(): string[] {
    return Array.from({ length: Math.min(this.#count, MOST_FIELDS) }, (_, field) => this.text(field));
  }

  /** Goes to the next line that is not blank; false at the end. */
  next(): boolean {
    const bytes = this.bytes;
    while (this.#at < bytes.length) {
      this.#line += 1;
      if (this.#cut()) return true;
    }
    return false;
  }

  /** Cuts the line; false when it is blank. */
  #cut(): boolean {
    const bytes = this.bytes;
    const [starts, ends] = [this.starts, this.ends];
    const begin = this.#at;
    let at = begin;
    let start = begin;
    let count = 0;
    for (; ; at += 1) {
      const byte = at < bytes.length ? (bytes[at] as number) : NEWLINE;
      // Nearly every byte is a digit or a letter, all of which come after the comma.
      if (byte > COMMA || (byte !== COMMA && byte !== NEWLINE)) continue;
      let end = at;
      if (byte === NEWLINE && bytes[end - 1] === RETURN && end > start) end -= 1;
      if (bytes[start] === QUOTE && bytes[end - 1] === QUOTE && end - start > 1) {
        start += 1;
        end -= 1;
      }
      if (count < MOST_FIELDS) {
        starts[count] = start;
        ends[count] = end;
      }
      count += 1;
      start = at + 1;
      if (byte === NEWLINE) break;
    }
    this.#at = at + 1;
    this.#count = count;
    return count > 1 || (ends[0] as number) > (starts[0] as number);
  }
}
