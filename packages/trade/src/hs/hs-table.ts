import type { HsCode } from './hs-code.ts';

/** One row of the nomenclature. */
export interface HsRow {
  readonly code: HsCode;
  readonly description: string;
}

/** The Harmonized System nomenclature, edition 2022: chapters, headings and subheadings with their words. */
export class HsTable {
  readonly #descriptions: ReadonlyMap<HsCode, string>;

  constructor(rows: Iterable<HsRow>) {
    this.#descriptions = new Map(Array.from(rows, (row) => [row.code, row.description]));
  }

  /** Whether the first six digits are a subheading of the nomenclature. */
  hasSubheading(code: HsCode): boolean {
    return code.length >= 6 && this.#descriptions.has(code.slice(0, 6));
  }

  /** The longest part of a code that the nomenclature knows: 6, 4 or 2 digits, or the empty text. */
  knownPart(code: HsCode): HsCode {
    for (const length of [6, 4, 2]) {
      if (code.length >= length && this.#descriptions.has(code.slice(0, length))) return code.slice(0, length);
    }
    return '';
  }

  /** The words of the longest known part; empty when nothing is known. */
  describe(code: HsCode): string {
    return this.#descriptions.get(this.knownPart(code)) ?? '';
  }
}
