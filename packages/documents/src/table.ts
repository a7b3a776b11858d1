import { type Box, columnsOf, inset, rowsOf } from './box.ts';
import { doesNotFit } from './faults.ts';
import { blockHeight, type Page, type Words } from './page.ts';
import type { Paper } from './paper.ts';

/** A column: its caption as paragraphs, its width in points and on which side its cells stand. */
interface Column {
  readonly caption: readonly string[];
  readonly width: number;
  readonly align: 'left' | 'right' | 'center';
}

/** A row with a cell for each column. */
export type Row = readonly Words[];

/** A table that may go over several pages. Sizes of type and heights are in points. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly size: number;
  readonly headHeight: number;
}

/** The rows of one page, and the height of each. */
export interface TablePart {
  readonly rows: readonly Row[];
  readonly heights: readonly number[];
}

const PAD = 3;
const ROW_PAD = 1.5;
const CAPTION_SIZE = { size: 5.5, min: 3.5 };

const rowHeight = (paper: Paper, table: Table, row: Row): number => {
  const heights = table.columns.map(({ width }, index) => {
    const cell = row[index];
    return cell ? blockHeight(paper, [cell], width - 2 * PAD, table.size) : 0;
  });
  return Math.max(...heights) + 2 * ROW_PAD;
};

/**
 * Divides a table over pages. `first` and `further` are the heights for head and rows on the first page and on the
 * others. A row that is higher than a page is noted in the document as not fitting.
 */
export const partsOf = (paper: Paper, table: Table, first: number, further: number): TablePart[] => {
  const parts: { rows: Row[]; heights: number[] }[] = [{ rows: [], heights: [] }];
  let left = first - table.headHeight;
  for (const row of table.rows) {
    const height = rowHeight(paper, table, row);
    if (height > further - table.headHeight) paper.refuse(doesNotFit(row[0]?.field ?? ''));
    if (height > left + 0.01) {
      parts.push({ rows: [], heights: [] });
      left = further - table.headHeight;
    }
    parts.at(-1)?.rows.push(row);
    parts.at(-1)?.heights.push(height);
    left -= height;
  }
  return parts;
};

const drawHead = (page: Page, box: Box, table: Table): void => {
  const cells = columnsOf(
    box,
    table.columns.map(({ width }) => width),
  );
  for (const [index, cell] of cells.entries()) {
    page.frame(cell);
    const caption = table.columns[index]?.caption ?? [];
    page.write(
      inset(cell, PAD, 1.5),
      caption.map((text, line) => ({ text, field: 'table', weight: line === 0 ? 'bold' : 'regular' })),
      CAPTION_SIZE,
    );
  }
};

const drawRow = (page: Page, box: Box, table: Table, row: Row): void => {
  let x = box.x;
  for (const [index, { width, align }] of table.columns.entries()) {
    const cell = inset({ ...box, x, width }, PAD, ROW_PAD);
    const words = row[index];
    if (words) page.write(cell, words, { size: table.size, align });
    x += width;
  }
};

/** Draws the head and the rows of one page into a box, with lines between the columns down to the end of the box. */
export const drawTable = (page: Page, box: Box, table: Table, part: TablePart): void => {
  drawHead(page, { ...box, height: table.headHeight }, table);
  const body = { ...box, y: box.y + table.headHeight, height: box.height - table.headHeight };
  for (const column of columnsOf(
    body,
    table.columns.map(({ width }) => width),
  )) {
    page.frame(column);
  }
  for (const [index, row] of rowsOf(body, part.heights).entries()) drawRow(page, row, table, part.rows[index] ?? []);
};
