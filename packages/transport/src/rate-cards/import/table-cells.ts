import type { Fault } from '@crossparcel/units';
import type { TableColumns } from './table-columns.ts';

/** A row of a table file and the line on which it stands. */
export interface TableRow {
  readonly fields: readonly string[];
  readonly line: number;
}

/** A fault or remark about a place of a table. */
export interface Finding {
  readonly line: number;
  readonly fault: Fault;
}

/** A price of the table: for which zone, from where to where, and what it comes to. */
export interface Cell {
  readonly zone: string;
  readonly line: number;
  /** Name of the column in which the price stands. */
  readonly field: string;
  readonly from: number | undefined;
  readonly upTo: number;
  /** The price, or the price per kilogram; null where the field is empty. */
  readonly price: number | null;
  readonly perParcel: number;
}

const DECIMAL = /^\d+(\.\d{1,9})?$/;

/** One kind of row that carriers print as 0: under one pound (15.999 oz). */
export const UNDER_ONE_POUND = 0.9999375;

/** Reads the cells of a table, row by row; what is no number comes as findings. */
export const tableCells = (
  header: readonly string[],
  rows: readonly TableRow[],
  columns: TableColumns,
): { readonly cells: readonly Cell[]; readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const number = (row: TableRow, column: number, empty: 'fault' | 'null'): number | null => {
    const text = (row.fields[column] ?? '').trim();
    if (text === '' && empty === 'null') return null;
    if (DECIMAL.test(text)) return Number(text);
    const what = text === '' ? 'is empty' : `${text} is not a number`;
    const mend = 'write a decimal number such as 12.90';
    findings.push({ line: row.line, fault: { code: 'bad-card-table', field: header[column] ?? '', what, mend } });
    return null;
  };
  const cells: Cell[] = [];
  for (const [index, row] of rows.entries()) {
    const printed = number(row, columns.upTo, 'fault');
    if (printed === null) continue;
    const isExact = columns.from === columns.upTo;
    const begins = isExact || columns.from === undefined ? undefined : number(row, columns.from, 'fault');
    const from = isExact ? printed : (begins ?? undefined);
    const upTo = printed === 0 && index === 0 && columns.unit === 'lb' ? UNDER_ONE_POUND : printed;
    const { prices } = columns;
    if (prices.kind === 'by-weight') {
      for (const { name, column } of prices.zones) {
        const price = number(row, column, 'null');
        cells.push({ zone: name, line: row.line, field: header[column] ?? '', from, upTo, price, perParcel: 0 });
      }
      continue;
    }
    const zone = prices.zone === undefined ? '' : (row.fields[prices.zone] ?? '').trim();
    const price = number(row, prices.perKg, 'fault');
    const perParcel = prices.perParcel === undefined ? 0 : (number(row, prices.perParcel, 'fault') ?? 0);
    cells.push({ zone, line: row.line, field: header[prices.perKg] ?? '', from, upTo, price, perParcel });
  }
  return { cells, findings };
};
