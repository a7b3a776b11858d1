import { EntryDraft, kindOf, ListFault, type ListParser, type ListPart } from '../list.ts';
import { DelimitedRows } from './delimited.ts';

/** Columns without which a file is no list. */
const NEEDED = ['Entity_LogicalId', 'NameAlias_WholeName'];

/** Whether a first line is the header of the EU's CSV. */
export const isEuHeader = (fields: readonly string[]): boolean => fields.includes('Entity_LogicalId');

/** `28/08/2026` or `2026-08-28` as the latter. */
const isoDay = (text: string): string => text.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1').slice(0, 10);

/**
 * The European Union's consolidated financial sanctions list as CSV 1.1: semicolons, a header, and a row for each name,
 * address, birth date or paper, joined by the entity's logical id.
 */
export class EuCsv implements ListParser {
  readonly #rows = new DelimitedRows(';', ({ fields, line }) => this.#row(fields, line));
  readonly #drafts = new Map<string, { readonly draft: EntryDraft; readonly line: number }>();
  #header: ReadonlyMap<string, number> | undefined;
  #issued: string | undefined;

  feed(text: string): void {
    this.#rows.feed(text);
  }

  finish(): ListPart {
    this.#rows.finish();
    const entries = [...this.#drafts.values()].map(({ draft, line }) => draft.finish(line));
    return { list: 'eu', format: 'EU CSV 1.1', ...(this.#issued && { issued: this.#issued }), entries };
  }

  #row(fields: readonly string[], line: number): void {
    if (!this.#header) {
      this.#header = this.#readHeader(fields, line);
      return;
    }
    if (fields.length !== this.#header.size) {
      const what = `has ${fields.length} fields where the header has ${this.#header.size}`;
      throw new ListFault(line, { what, mend: 'fetch the file again' });
    }
    const field = (name: string) => fields[this.#header?.get(name) ?? -1]?.trim() ?? '';
    const id = field('Entity_LogicalId');
    if (id === '')
      throw new ListFault(line, { field: 'Entity_LogicalId', what: 'is empty', mend: 'fetch the file again' });
    this.#issued ??= isoDay(field('fileGenerationDate')) || undefined;
    const known = this.#drafts.get(id) ?? { draft: new EntryDraft(id), line };
    this.#drafts.set(id, known);
    this.#add(known.draft, field);
  }

  #readHeader(fields: readonly string[], line: number): ReadonlyMap<string, number> {
    const header = new Map(fields.map((name, column) => [name.trim(), column]));
    const missing = NEEDED.find((name) => !header.has(name));
    if (missing === undefined) return header;
    throw new ListFault(line, {
      field: missing,
      what: 'is not among the columns',
      mend: 'give the CSV of version 1.1',
    });
  }

  #add(draft: EntryDraft, field: (name: string) => string): void {
    const kind = field('Entity_SubjectType_ClassificationCode') || field('Entity_SubjectType');
    if (kind !== '') draft.kind = kindOf(kind);
    const parts = ['FirstName', 'MiddleName', 'LastName'].map((part) => field(`NameAlias_${part}`));
    draft.name(field('NameAlias_WholeName') || parts.join(' '));
    draft.programs.add(field('Entity_Regulation_Programme'));
    draft.birthDates.add(field('BirthDate_BirthDate') || field('BirthDate_Year'));
    for (const place of ['Address', 'Citizenship']) draft.countries.add(field(`${place}_CountryIso2Code`));
  }
}
