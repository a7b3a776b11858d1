import {
  EntryDraft,
  kindOf,
  type ListEntry,
  ListFault,
  type ListParser,
  type ListPart,
  type MoreOfEntry,
} from '../list.ts';
import { DelimitedRows } from './delimited.ts';

/** The three files of the set, told apart by the number of their columns. */
const FILES = {
  12: 'SDN.CSV',
  5: 'ALT.CSV',
  6: 'ADD.CSV',
} as const;
type Columns = keyof typeof FILES;

const given = (text: string | undefined): string => {
  const trimmed = (text ?? '').trim();
  return trimmed === '-0-' ? '' : trimmed;
};

const BIRTH = /\b(?:alt\. )?DOB (?:circa )?((?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4})/g;
const NATION = /\b(?:nationality|citizen) ([A-Z][A-Za-z ,'()-]*?)(?=;|\.|$)/g;
const WEAK = /weak/i;
// Aliases of low quality stand in quotation marks in the remarks of the main file, not in ALT.CSV.
const WEAK_ALIAS = /\b[afn]\.k\.a\. '([^']+)'/g;

const matches = (pattern: RegExp, text: string): string[] =>
  Array.from(text.matchAll(pattern), (match) => match[1] ?? '');

/** Whether a row's width and numbers make it one of OFAC's. */
export const isOfacRow = (fields: readonly string[]): boolean => {
  const numbers = fields.length === 12 ? 1 : 2;
  return fields.length in FILES && fields.slice(0, numbers).every((field) => /^\s*\d+\s*$/.test(field));
};

/**
 * One of OFAC's legacy CSV files: the entries (`SDN.CSV` or `CONS_PRIM.CSV`), or aliases or addresses that belong to them.
 * Layout after OFAC's data specification of 2023-09-25: no header, `-0-` for nothing, joined by ent_num.
 */
export class OfacCsv implements ListParser {
  readonly #rows = new DelimitedRows(',', ({ fields, line }) => this.#row(fields, line));
  readonly #entries: ListEntry[] = [];
  readonly #more: MoreOfEntry[] = [];
  #columns: Columns | undefined;

  feed(text: string): void {
    this.#rows.feed(text);
  }

  finish(): ListPart {
    this.#rows.finish();
    return { list: 'ofac', format: `OFAC ${FILES[this.#columns ?? 12]}`, entries: this.#entries, more: this.#more };
  }

  #row(fields: readonly string[], line: number): void {
    this.#columns ??= fields.length as Columns;
    if (fields.length !== this.#columns || !isOfacRow(fields)) {
      throw new ListFault(line, {
        what: `does not have the ${this.#columns} columns of ${FILES[this.#columns]}`,
        mend: 'fetch the file again',
      });
    }
    if (this.#columns === 12) this.#entries.push(this.#entry(fields, line));
    else this.#more.push(this.#belonging(fields, line));
  }

  #entry(fields: readonly string[], line: number): ListEntry {
    const [id, name, type, programs, , , , , , flag, , remarks] = fields.map(given);
    const entry = new EntryDraft(id ?? '');
    // The files leave the type out for entities.
    entry.kind = kindOf(type ?? '');
    entry.name(name ?? '');
    for (const program of (programs ?? '').split(/\]\s*\[|[[\];]/)) entry.programs.add(program);
    for (const alias of matches(WEAK_ALIAS, remarks ?? '')) entry.name(alias, true);
    for (const day of matches(BIRTH, remarks ?? '')) entry.birthDates.add(day);
    for (const country of [...matches(NATION, remarks ?? ''), flag ?? '']) entry.countries.add(country);
    return entry.finish(line);
  }

  #belonging(fields: readonly string[], line: number): MoreOfEntry {
    const [entry = '', , third = '', fourth = '', fifth = '', sixth = ''] = fields.map(given);
    if (this.#columns === 6) return { entry, line, names: [], countries: fifth === '' ? [] : [fifth] };
    return { entry, line, names: [{ name: fourth, weak: WEAK.test(third + fifth + sixth) }], countries: [] };
  }
}
