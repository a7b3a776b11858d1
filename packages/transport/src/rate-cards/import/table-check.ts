import type { Fault } from '@crossparcel/units';
import { type Cell, type Finding, UNDER_ONE_POUND } from './table-cells.ts';
import type { TableColumns } from './table-columns.ts';

/** What a check of a price table found: faults, and remarks that may be meant. */
export interface TableCheck {
  readonly faults: readonly Finding[];
  readonly remarks: readonly Finding[];
}

/** Rows of one zone, in the order of the table. */
export const cellsByZone = (cells: readonly Cell[]): ReadonlyMap<string, readonly Cell[]> =>
  Map.groupBy(cells, (cell) => cell.zone);

/** The smallest step that the numbers of a column show: 1 for whole numbers, 0.1 where one has a decimal. */
const resolutionOf = (values: readonly number[]): number =>
  10 ** -Math.max(0, ...values.map((value) => String(value).split('.')[1]?.length ?? 0));

/**
 * Checks a price table: rows that overlap or leave a gap, a missing price between others, a heavier parcel that costs less
 * than a lighter one. Prices per kilogram often fall at the start of a band, so there that is a remark; so is a further
 * zone (zones that are numbers) that costs less than a nearer one.
 */
export const checkTable = (cells: readonly Cell[], columns: TableColumns, header: readonly string[]): TableCheck => {
  const faults: Finding[] = [];
  const remarks: Finding[] = [];
  const upToField = header[columns.upTo] ?? '';
  const fromField = columns.from === undefined ? '' : (header[columns.from] ?? '');
  const isTable = columns.prices.kind === 'by-weight';
  const ends = cells.flatMap(({ from, upTo }) => (from === undefined ? [] : [from, upTo]));
  const resolution = resolutionOf(ends.filter((end) => end !== UNDER_ONE_POUND));
  const told = new Set<string>();
  /** The ends of a row are the same for all zones of a table: said once. */
  const once = (line: number, fault: Fault) => {
    const key = `${line} ${fault.field} ${isTable ? fault.code : fault.what}`;
    if (!told.has(key)) faults.push({ line, fault });
    told.add(key);
  };
  for (const rows of cellsByZone(cells).values()) {
    for (const [index, row] of rows.entries()) {
      for (const fault of endFaults(row, rows[index - 1], resolution, { upToField, fromField })) once(row.line, fault);
      const dearer = rows.slice(0, index).findLast((one) => one.price !== null);
      const drop = dearer && dropFault(row, dearer, columns);
      if (drop) (isTable ? faults : remarks).push({ line: row.line, fault: drop });
      const isHole = row.price === null && rows.slice(index + 1).some((one) => one.price !== null);
      if (isHole) faults.push({ line: row.line, fault: missing(row) });
    }
  }
  remarks.push(...nearerDearer(cells, columns));
  return { faults: inOrder(faults), remarks: inOrder(remarks) };
};

const inOrder = (findings: readonly Finding[]): Finding[] => findings.toSorted((a, b) => a.line - b.line);

const missing = ({ field }: Cell): Fault => ({
  code: 'price-gap',
  field,
  what: 'has no price between rows that have one',
  mend: 'give the price, or leave out the heavier ones',
});

const endFaults = (
  row: Cell,
  before: Cell | undefined,
  resolution: number,
  { upToField, fromField }: { upToField: string; fromField: string },
): Fault[] => {
  const found: Fault[] = [];
  const overlap = (field: string, what: string) =>
    found.push({ code: 'overlap', field, what, mend: 'let each row begin where the one before ends' });
  if (row.upTo <= (before?.upTo ?? 0)) {
    overlap(upToField, before ? `${row.upTo} is not above ${before.upTo} of the row before` : 'is not above zero');
  }
  if (row.from === undefined) return found;
  const start = before?.upTo ?? 0;
  if (row.from < start) overlap(fromField, `${row.from} is inside the row before, which ends at ${start}`);
  // A row may begin where the one before ends (that excluded) or one step further (that included).
  if (row.from > start + resolution * 1.0001) {
    const what = `leaves nothing between ${start} and ${row.from}`;
    found.push({ code: 'gap', field: fromField, what, mend: `begin the row at ${start}, or give the row between` });
  }
  return found;
};

const dropFault = (row: Cell, lighter: Cell, columns: TableColumns): Fault | undefined => {
  if (row.price === null || lighter.price === null) return undefined;
  const grams = columns.unit === 'kg' ? 1000 : 1;
  const at = (cell: Cell) => cell.perParcel + ((cell.price ?? 0) * lighter.upTo * grams) / 1000;
  const [now, before] = columns.prices.kind === 'by-weight' ? [row.price, lighter.price] : [at(row), at(lighter)];
  if (now >= before) return undefined;
  const zone = row.zone === '' ? '' : ` in zone ${row.zone}`;
  const what = `falls from ${before} to ${now} above ${lighter.upTo} ${columns.unit}${zone}`;
  return { code: 'price-drop', field: row.field, what, mend: `correct it or the row of line ${lighter.line}` };
};

const nearerDearer = (cells: readonly Cell[], { by, prices }: TableColumns): Finding[] => {
  if (by !== 'zone' || prices.kind !== 'by-weight') return [];
  return [...Map.groupBy(cells, (cell) => cell.line)].flatMap(([line, row]) => {
    const near = row.filter(({ zone }) => /^\d+$/.test(zone)).sort((a, b) => Number(a.zone) - Number(b.zone));
    return near.flatMap((cell, index) => {
      const nearer = near[index - 1];
      if (nearer?.price == null || cell.price === null || cell.price >= nearer.price) return [];
      const what = `costs ${cell.price}, less than ${nearer.price} in the nearer zone ${nearer.zone}`;
      return [{ line, fault: { code: 'nearer-dearer', field: cell.field, what, mend: 'check it' } }];
    });
  });
};
