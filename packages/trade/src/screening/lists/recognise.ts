import { ListFault, type ListParser, type ListPart } from '../list.ts';
import { DelimitedRows } from './delimited.ts';
import { EuCsv, isEuHeader } from './eu-csv.ts';
import { EuXml } from './eu-xml.ts';
import { OfacAdvancedXml } from './ofac-advanced-xml.ts';
import { isOfacRow, OfacCsv } from './ofac-csv.ts';
import { OfacXml } from './ofac-xml.ts';

/** What must be seen of a file before it is told what it is. */
const SEEN = 8192;

const XML_ROOTS: Readonly<Record<string, () => ListParser>> = {
  sdnList: () => new OfacXml(),
  Sanctions: () => new OfacAdvancedXml(),
  export: () => new EuXml(),
};

const firstRow = (text: string, delimiter: string): readonly string[] => {
  let first: readonly string[] | undefined;
  const rows = new DelimitedRows(delimiter, ({ fields }) => {
    first ??= fields;
  });
  rows.feed(`${text}\n`);
  return first ?? [];
};

const unknown = (line: number, seen: string): ListFault =>
  new ListFault(line, {
    what: `is none of the lists that are known (${seen})`,
    mend: "give OFAC's SDN.CSV, ALT.CSV, ADD.CSV, SDN.XML or SDN_ADVANCED.XML, or the EU's consolidated list as XML or CSV 1.1",
  });

const parserFor = (text: string): ListParser => {
  const lead = /^\s*/.exec(text)?.[0] ?? '';
  const line = lead.split('\n').length;
  if (text.startsWith('<', lead.length)) {
    const root = /<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]/.exec(text)?.[1] ?? '';
    const make = Object.hasOwn(XML_ROOTS, root) ? XML_ROOTS[root] : undefined;
    if (!make) throw unknown(line, `its XML starts with <${root}>`);
    return make();
  }
  const [start = ''] = text.slice(lead.length).split(/[\r\n]/, 1);
  if (isEuHeader(firstRow(start, ';').map((name) => name.trim()))) return new EuCsv();
  if (isOfacRow(firstRow(start, ','))) return new OfacCsv();
  throw unknown(line, start === '' ? 'it is empty' : 'its first line is neither a header nor a row of one');
};

/** Reads a list of any known format from pieces of its text; the format is told by the content alone. */
export class ListReader {
  #parser: ListParser | undefined;
  #waiting = '';

  /** Takes the next piece. Throws `ListFault` that names the line. */
  feed(text: string): void {
    if (this.#parser) {
      this.#parser.feed(text);
      return;
    }
    this.#waiting += text;
    if (this.#waiting.length >= SEEN) this.#begin();
  }

  /** What the file holds. Throws `ListFault` when it ended too early or holds no entry. */
  finish(): ListPart {
    const part = (this.#parser ?? this.#begin()).finish();
    if (part.entries.length + (part.more?.length ?? 0) > 0) return part;
    throw new ListFault(1, { what: `is a list without an entry (${part.format})`, mend: 'fetch the list again' });
  }

  #begin(): ListParser {
    const text = this.#waiting.replace(/^\uFEFF/, '');
    const parser = parserFor(text);
    this.#parser = parser;
    this.#waiting = '';
    parser.feed(text);
    return parser;
  }
}
