import type { Confidence } from '@crossparcel/units';
import type { HsCode } from '../hs/hs-code.ts';
import type { TariffRow, TariffTableRecord } from '../law/book.ts';
import { compareDutyRates, type DutyRate, parseDutyRate } from './duty-rate.ts';

/** How a tariff line was found: the line itself, one that stands for its subheading, the dearest of several, or the middle of a heading. */
export type TariffBasis = 'line' | 'representative' | 'highest' | 'median';

/** One of the lines that a short code could mean. */
export interface TariffChoice {
  readonly code: HsCode;
  readonly rate: string;
  readonly description: string;
}

/** A tariff line for some goods, and how it was found. */
export interface TariffHit {
  /** Number of the line, or the prefix whose lines were compared. */
  readonly code: HsCode;
  readonly row: TariffRow;
  readonly rate: DutyRate;
  readonly basis: TariffBasis;
  /** The lowest and highest rate among the lines that the code could mean, when they differ. */
  readonly range?: readonly [DutyRate, DutyRate];
  /** One line for each rate among them, dearest last. */
  readonly choices?: readonly TariffChoice[];
  readonly confidence: Confidence;
}

interface Line {
  readonly row: TariffRow;
  readonly rate: DutyRate;
}

/** A row in the middle of others, with what most of them say in each column beside the rate. */
const typicalRow = (middle: TariffRow, lines: readonly Line[]): TariffRow => {
  const row: Record<string, string> = { ...middle };
  for (const column of Object.keys(middle)) {
    if (column === 'code' || column === 'description') continue;
    const counts = new Map<string, number>();
    for (const line of lines) {
      const text = line.row[column] ?? '';
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    row[column] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  }
  return { ...middle, ...row };
};

const byRate = (lines: readonly Line[]): Line[] => [...lines].sort((a, b) => compareDutyRates(a.rate, b.rate));

/** The ends and the steps of the rates of some lines; nothing when all have the same. */
const spread = (lines: readonly Line[]): Pick<TariffHit, 'range' | 'choices'> => {
  const distinct = [...new Map(byRate(lines).map((line) => [line.rate.text, line])).values()];
  const [lowest, highest] = [distinct[0], distinct.at(-1)];
  if (!lowest || !highest || lowest === highest) return {};
  const choices = distinct.map(({ row, rate }) => ({ code: row.code, rate: rate.text, description: row.description }));
  return { range: [lowest.rate, highest.rate], choices };
};

/** A tariff: national lines with their rates, found by the longest code that they share with the goods. */
export class TariffTable {
  readonly record: TariffTableRecord;
  readonly #rows: ReadonlyMap<string, TariffRow>;
  readonly #byPrefix = new Map<string, TariffRow[]>();
  readonly #rates = new Map<string, DutyRate | undefined>();
  readonly #hits = new Map<string, TariffHit | undefined>();

  constructor(record: TariffTableRecord, rows: readonly TariffRow[]) {
    this.record = record;
    this.#rows = new Map(rows.map((row) => [row.code, row]));
    for (const row of rows) {
      if (row.code.length <= 6) continue;
      for (const length of [0, 2, 4, 6, 8]) {
        if (length >= row.code.length) continue;
        const prefix = row.code.slice(0, length);
        const group = this.#byPrefix.get(prefix);
        if (group) group.push(row);
        else this.#byPrefix.set(prefix, [row]);
      }
    }
  }

  /**
   * The line for a code and a column of rates. A code of a national line gives that line; six digits give the
   * representative line when the table names one, else the dearest line below them; a code that the table does not
   * have, or whose line prints no rate that can be computed, gives the middle line of its heading, of its chapter, or
   * of the whole table. Undefined only when the column is empty throughout.
   */
  find(code: HsCode, column: string): TariffHit | undefined {
    const key = `${code}|${column}`;
    if (!this.#hits.has(key)) this.#hits.set(key, this.#search(code, column));
    return this.#hits.get(key);
  }

  /** The national lines below a subheading of six digits. */
  below(hs6: string): readonly TariffRow[] {
    return this.#byPrefix.get(hs6) ?? [];
  }

  /** The rate that a row prints in a column; undefined when it prints none that can be computed. */
  rateIn(row: TariffRow, column: string): DutyRate | undefined {
    return this.#line(row, column)?.rate;
  }

  #search(code: HsCode, column: string): TariffHit | undefined {
    for (const length of [code.length, 8, 6]) {
      if (length > code.length || length < 6) continue;
      const prefix = code.slice(0, length);
      const own = this.#rows.get(prefix);
      const line = own && this.#line(own, column);
      const below = this.#lines(prefix, column);
      if (line) {
        const hit = this.#hit(line, prefix, prefix.length === 6 ? 'representative' : 'line');
        return prefix.length === 6 ? { ...hit, ...spread(below) } : hit;
      }
      if (below.length > 0) return this.#dearest(below, prefix);
    }
    for (const length of [4, 2, 0]) {
      if (length > code.length) continue;
      const lines = this.#lines(code.slice(0, length), column);
      if (lines.length > 0) return this.#middle(lines, code.slice(0, length));
    }
    return undefined;
  }

  #lines(prefix: string, column: string): Line[] {
    return (this.#byPrefix.get(prefix) ?? []).flatMap((row) => this.#line(row, column) ?? []);
  }

  #line(row: TariffRow, column: string): Line | undefined {
    const text = row[column];
    if (!text) return undefined;
    if (!this.#rates.has(text)) this.#rates.set(text, parseDutyRate(text));
    const rate = this.#rates.get(text);
    return rate && { row, rate };
  }

  #dearest(lines: readonly Line[], prefix: string): TariffHit {
    const ends = spread(lines);
    const highest = byRate(lines).at(-1) as Line;
    return { ...this.#hit(highest, prefix, ends.range ? 'highest' : 'line'), ...ends };
  }

  #middle(lines: readonly Line[], prefix: string): TariffHit {
    const sorted = byRate(lines);
    const middle = sorted[Math.floor(sorted.length / 2)] as Line;
    const ends: [DutyRate, DutyRate] = [(sorted[0] as Line).rate, (sorted.at(-1) as Line).rate];
    const row = typicalRow(middle.row, sorted);
    return { code: prefix, row, rate: middle.rate, basis: 'median', range: ends, confidence: 'illustrative' };
  }

  #hit({ row, rate }: Line, code: HsCode, basis: TariffBasis): TariffHit {
    return { code, row, rate, basis, confidence: row.confidence || this.record.confidence };
  }
}
