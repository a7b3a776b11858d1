import { CrossparcelError } from '@crossparcel/units';
import { checkCharacter } from './check-digit.ts';
import type { FormatRecord } from './format-record.ts';
import type { Carrier, LookupTable } from './lookup-table.ts';
import { type Shape, shapesOf } from './pattern.ts';

/** The part that holds the check character. */
export const CHECK = 'check';
/** Characters that a number may have in one place, over all formats. */
const CHARACTERS = 36;

/** What a format makes of a number that has one of its shapes. */
export interface Reading {
  readonly format: NumberFormat;
  readonly parts: Readonly<Record<string, string>>;
  /** What codes in the parts mean, where a table knows them. */
  readonly meanings: Readonly<Record<string, string>>;
  readonly carrier: Carrier | undefined;
  /** Why the number is refused; empty when it is accepted in full. */
  readonly faults: readonly string[];
  /**
   * How much it says that the number fits, in bits: the more a layout, a check character and known codes restrict, the
   * less likely a number fits by chance.
   */
  readonly bits: number;
}

interface CompiledLookup {
  readonly part: string;
  readonly table: LookupTable;
  readonly required: boolean;
}

const brokenFormat = (id: string, what: string): CrossparcelError =>
  new CrossparcelError({ code: 'broken-format', what: `the number format ${id} ${what}`, mend: 'correct the record' });

/** How many texts could stand in a part; 1 when the shape does not have it. */
const possibleValues = (shape: Shape, part: string): number =>
  shape.reduce((product, cell) => (cell.part === part ? product * cell.allowed.length : product), 1);

/** A number format, ready to read numbers. */
export class NumberFormat {
  readonly record: FormatRecord;
  readonly shapes: readonly Shape[];
  readonly #lookups: readonly CompiledLookup[];

  /** Throws a CrossparcelError when the record names a part or a table that is not there. */
  constructor(record: FormatRecord, tables: ReadonlyMap<string, LookupTable>) {
    this.record = record;
    this.shapes = record.patterns.flatMap(shapesOf);
    this.#lookups = record.lookups.map(({ part, table, required }) => {
      const known = tables.get(table);
      if (!known) throw brokenFormat(record.id, `refers to the table ${table}, which is not there`);
      return { part, table: known, required: required === true };
    });
    const named = new Set(this.shapes.flatMap((shape) => shape.map(({ part }) => part)));
    const needed = [
      ...Object.keys(record.parts),
      ...(record.check ? [CHECK, ...record.check.over] : []),
      ...record.lookups.map(({ part }) => part),
      ...(record.carrierFrom === undefined ? [] : [record.carrierFrom]),
    ];
    const missing = needed.find((part) => !named.has(part));
    if (missing !== undefined) throw brokenFormat(record.id, `has no part ${missing} in its patterns`);
    for (const part of named) {
      if (part !== undefined && record.parts[part] === undefined)
        throw brokenFormat(record.id, `does not say what ${part} is`);
    }
  }

  /** A number without its spaces and in capitals as this format reads it: without what it ignores. */
  strip(text: string): string {
    const { ignores } = this.record;
    return ignores === undefined
      ? text
      : Array.from(text)
          .filter((character) => !ignores.includes(character))
          .join('');
  }

  /** Reads a stripped number in one of the format's shapes, which it must have the length of; undefined if it differs. */
  read(text: string, shape: Shape): Reading | undefined {
    if (!shape.every(({ allowed }, index) => allowed.includes(text[index] as string))) return undefined;
    const parts: Record<string, string> = {};
    for (const [index, { part }] of shape.entries()) {
      if (part !== undefined) parts[part] = (parts[part] ?? '') + text[index];
    }
    const faults: string[] = [];
    let bits = shape.reduce((sum, { allowed }) => sum + Math.log2(CHARACTERS / allowed.length), 0);
    const expected = this.#expectedCheck(parts);
    if (expected !== undefined && expected === parts[CHECK]) bits += Math.log2(possibleValues(shape, CHECK));
    if (expected !== undefined && expected !== parts[CHECK])
      faults.push(`${this.record.parts[CHECK]} ${parts[CHECK]}, expected ${expected}`);
    const meanings: Record<string, string> = {};
    let { carrier } = this.record;
    for (const { part, table, required } of this.#lookups) {
      const value = parts[part];
      if (value === undefined) continue;
      const meaning = table.find(value);
      if (meaning) {
        meanings[part] = meaning.name;
        if (part === this.record.carrierFrom) carrier = meaning.carrier;
        bits += Math.log2(possibleValues(shape, part) / table.size);
      } else if (required) faults.push(`${this.record.parts[part]} ${value} is not known`);
    }
    return { format: this, parts, meanings, carrier, faults, bits };
  }

  #expectedCheck(parts: Readonly<Record<string, string>>): string | undefined {
    const { check } = this.record;
    if (!check) return undefined;
    const printed = check.over.map((part) => parts[part] ?? '').join('');
    const { assumes = '' } = check;
    return checkCharacter(check.rule, printed.startsWith(assumes) ? printed : assumes + printed);
  }
}
