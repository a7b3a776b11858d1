import { InputError } from './input-error.ts';
import type { TextBlock } from './text.ts';

/** The text of one JSON object of a file, and the line on which it starts. */
export interface JsonObjectText {
  readonly text: string;
  readonly line: number;
}

/**
 * Finds the objects of a top-level JSON array (or a single top-level object) in a stream of text while holding no more
 * than one of them: it follows braces and strings, and leaves the reading of each object to `JSON.parse`.
 */
export class JsonObjects {
  readonly #file: string;
  #place: 'start' | 'in-array' | 'in-object' | 'end' = 'start';
  #isArray = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #parts: string[] = [];
  #startLine = 1;
  #line = 1;

  constructor(file: string) {
    this.#file = file;
  }

  *feed({ text, firstLine }: TextBlock): Generator<JsonObjectText> {
    this.#line = firstLine;
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at] as string;
      if (character === '\n') this.#line += 1;
      if (this.#place !== 'in-object') {
        if (this.#between(character)) from = at;
        continue;
      }
      if (!this.#closes(character)) continue;
      yield { text: this.#parts.join('') + text.slice(from, at + 1), line: this.#startLine };
      this.#parts = [];
      this.#place = this.#isArray ? 'in-array' : 'end';
    }
    if (this.#place === 'in-object') this.#parts.push(text.slice(from));
  }

  /** Throws when the text ended too early. */
  finish(): void {
    if (this.#place === 'end') return;
    if (this.#place === 'start') throw this.#broken('is empty', 'give an array of records');
    throw this.#broken('the JSON text ends early', 'close every bracket', this.#startLine);
  }

  /** A character outside any object; true when it opens one. */
  #between(character: string): boolean {
    if (/\s/.test(character)) return false;
    if (this.#place === 'start' && character === '[') {
      this.#isArray = true;
      this.#place = 'in-array';
      return false;
    }
    if (this.#place !== 'end' && character === '{') {
      this.#place = 'in-object';
      this.#depth = 1;
      this.#startLine = this.#line;
      return true;
    }
    if (this.#place === 'in-array' && character === ',') return false;
    if (this.#place === 'in-array' && character === ']') {
      this.#place = 'end';
      return false;
    }
    throw this.#broken(`${character} stands where a record was expected`, 'give an array of objects');
  }

  /** A character inside an object; true when it closes it. */
  #closes(character: string): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (character === '\\') this.#escaped = true;
      else if (character === '"') this.#inString = false;
      return false;
    }
    if (character === '"') this.#inString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
    return this.#depth === 0;
  }

  #broken(what: string, mend: string, line = this.#line): InputError {
    return new InputError({ code: 'bad-json', what, mend }, { file: this.#file, line });
  }
}
