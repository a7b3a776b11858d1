import { type Box, columnsOf, inset, rowsOf } from './box.ts';
import { CATEGORIES } from './customs-words.ts';
import type { CustomsCategory } from './declaration.ts';
import type { Page } from './page.ts';

const SIDE = 6.5;
const LINE = 0.6;

const drawTick = (page: Page, box: Box, isTicked: boolean): void => {
  const square = { x: box.x, y: box.y + (box.height - SIDE) / 2, width: SIDE, height: SIDE };
  page.frame(square, LINE);
  if (!isTicked) return;
  page.write(
    square,
    { text: 'X', field: 'category', weight: 'bold' },
    { size: 5.5, align: 'center', vertical: 'middle' },
  );
};

/** Draws the categories of a customs form with a box before each, that of the parcel ticked, `perRow` in a row. */
export const drawCategories = (page: Page, box: Box, chosen: CustomsCategory, perRow: number): void => {
  const rows = Math.ceil(CATEGORIES.length / perRow);
  const cells = rowsOf(box, Array(rows).fill(box.height / rows)).flatMap((row) =>
    columnsOf(row, Array(perRow).fill(box.width / perRow)),
  );
  for (const [index, { category, caption }] of CATEGORIES.entries()) {
    const cell = cells[index];
    if (!cell) continue;
    drawTick(page, cell, category === chosen);
    const words = { ...inset(cell, 0), x: cell.x + SIDE + 3, width: cell.width - SIDE - 5 };
    const text = caption.en === caption.fr ? caption.en : `${caption.en} / ${caption.fr}`;
    page.write(words, { text, field: 'form' }, { size: 5.5, min: 3.5, vertical: 'middle' });
  }
};
