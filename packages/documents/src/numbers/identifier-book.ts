import { CrossparcelError } from '@crossparcel/units';
import { NumberFormat, type Reading } from './format.ts';
import type { IdentifierFile } from './format-record.ts';
import { LookupTable } from './lookup-table.ts';
import { NearestLayout } from './nearest.ts';
import type { Shape } from './pattern.ts';

/** What a number may be. */
export interface Identification {
  /** The formats that accept the number in full, most specific first. */
  readonly accepted: readonly Reading[];
  /** When none does: the format that comes nearest and what fails, in one sentence without a full stop. */
  readonly why?: string;
}

interface Candidate {
  readonly format: NumberFormat;
  readonly shape: Shape;
}

/** Formats that ignore the same characters, by the length of what remains. */
interface Group {
  readonly member: NumberFormat;
  readonly byLength: Map<number, Candidate[]>;
}

const groupsOf = (formats: readonly NumberFormat[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const format of formats) {
    const ignored = format.record.ignores ?? '';
    const group = groups.get(ignored) ?? { member: format, byLength: new Map<number, Candidate[]>() };
    groups.set(ignored, group);
    for (const shape of format.shapes) {
      const candidates = group.byLength.get(shape.length) ?? [];
      group.byLength.set(shape.length, candidates);
      candidates.push({ format, shape });
    }
  }
  return [...groups.values()];
};

/** A number as formats compare it: full-width characters made plain, capitals, no white space. */
const plain = (number: string): string => number.normalize('NFKC').toUpperCase().replace(/\s/g, '');

const named = ({ record: { id, name } }: NumberFormat): string => `nearest is ${id} (${name})`;

/** All number formats on file: tells which of them a number fits. */
export class IdentifierBook {
  readonly #groups: readonly Group[];
  readonly #layouts: NearestLayout;

  /**
   * Compiles the formats of some files. Throws a CrossparcelError when a record refers to what is not there or two formats
   * have one id.
   */
  constructor(files: readonly IdentifierFile[]) {
    const tables = new Map(files.flatMap((file) => file.tables.map((table) => [table.id, new LookupTable(table)])));
    const formats = files.flatMap((file) => file.formats.map((record) => new NumberFormat(record, tables)));
    const ids = new Set<string>();
    for (const format of formats) {
      const { id } = format.record;
      if (ids.has(id))
        throw new CrossparcelError({ code: 'broken-format', what: `two formats are called ${id}`, mend: 'rename one' });
      ids.add(id);
    }
    this.#groups = groupsOf(formats);
    this.#layouts = new NearestLayout(formats);
  }

  /**
   * The formats that a number fits, written in any case, with spaces, and with the other characters that a format
   * allows in print. The same number always gets the same answer in the same order.
   */
  identify(number: string): Identification {
    const text = plain(number);
    const readings = this.#readings(text);
    const accepted = readings.filter(({ faults }) => faults.length === 0);
    if (accepted.length > 0) return { accepted };
    const [refused] = readings;
    if (refused) return { accepted, why: `${named(refused.format)}: ${refused.faults.join('; ')}` };
    const nearest = this.#layouts.find(text);
    if (!nearest) return { accepted, why: 'no format on file is near' };
    return { accepted, why: `${named(nearest.format)}: ${nearest.difference}` };
  }

  /** What each format makes of a number that has one of its shapes, most specific first: its best where several fit. */
  #readings(text: string): Reading[] {
    const best = new Map<NumberFormat, Reading>();
    for (const { member, byLength } of this.#groups) {
      const stripped = member.strip(text);
      for (const { format, shape } of byLength.get(stripped.length) ?? []) {
        const reading = format.read(stripped, shape);
        const other = best.get(format);
        if (reading && (!other || reading.faults.length < other.faults.length)) best.set(format, reading);
      }
    }
    return [...best.values()].sort((a, b) => b.bits - a.bits);
  }
}
