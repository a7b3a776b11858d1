import { formatDay } from '@crossparcel/units';
import { amount, kilogramDigits, kilograms } from '../amounts.ts';
import { type Box, columnsOf, inset, rowsOf } from '../box.ts';
import { drawCategories } from '../categories.ts';
import { CN22, SHARED } from '../customs-words.ts';
import { type Declaration, totalsOf } from '../declaration.ts';
import type { Page } from '../page.ts';
import type { Paper } from '../paper.ts';
import { drawTable, partsOf, type Row, type Table } from '../table.ts';
import { ROOM } from './boxes.ts';

const HEIGHTS = { title: 13, category: 26, sums: 13, statement: 37, signature: 12 };
const FIXED = Object.values(HEIGHTS).reduce((sum, height) => sum + height, 0);
const TABLE_HEAD = 17;
const MAX_TABLE = 76;

const rowsFor = ({ goods }: Declaration): Row[] =>
  goods.map((line, index) => [
    { text: `${line.quantity} × ${line.description}`, field: `customs.goods[${index}].description` },
    { text: kilogramDigits(line.netGrams), field: `customs.goods[${index}].netGrams` },
    { text: amount(line.value), field: `customs.goods[${index}].value` },
    { text: line.hs ?? '', field: `customs.goods[${index}].hs` },
    { text: line.origin ?? '', field: `customs.goods[${index}].origin` },
  ]);

const tableOf = (declaration: Declaration): Table => ({
  columns: [
    { caption: [CN22.contents.en, CN22.contents.fr], width: ROOM - 156, align: 'left' },
    { caption: [CN22.net.en, CN22.net.fr], width: 36, align: 'right' },
    { caption: [CN22.value.en, CN22.value.fr], width: 48, align: 'right' },
    { caption: [CN22.hs.en, CN22.hs.fr], width: 44, align: 'left' },
    { caption: [CN22.origin.en, CN22.origin.fr], width: 28, align: 'center' },
  ],
  rows: rowsFor(declaration),
  size: 6.5,
  headHeight: TABLE_HEAD,
});

/** The height of the form on a label in points; undefined when its goods need a page of their own. */
export const insetHeight = (paper: Paper, declaration: Declaration): number | undefined => {
  const [part, ...further] = partsOf(paper, tableOf(declaration), MAX_TABLE, Number.POSITIVE_INFINITY);
  if (!part || further.length > 0) return undefined;
  return FIXED + TABLE_HEAD + part.heights.reduce((sum, height) => sum + height, 1);
};

const drawTitle = (page: Page, box: Box): void => {
  const [title, opening, form] = columnsOf(inset(box, 3, 1), [142, 86, 34]) as [Box, Box, Box];
  const setting = { size: 6.5, min: 4.5, vertical: 'middle' } as const;
  page.write(title, { text: `${SHARED.title.en} / ${SHARED.title.fr}`, field: 'form', weight: 'bold' }, setting);
  page.write(
    opening,
    { text: `${SHARED.opening.en} / ${SHARED.opening.fr}`, field: 'form' },
    { ...setting, size: 5.5, min: 4 },
  );
  page.write(form, { text: 'CN 22', field: 'form', weight: 'bold' }, { ...setting, size: 9.5, align: 'right' });
};

const drawSums = (page: Page, box: Box, declaration: Declaration): void => {
  const setting = { size: 6.5, min: 4, vertical: 'middle' } as const;
  const sums = [
    { words: CN22.gross, text: kilograms(declaration.grossGrams), field: 'grossGrams' },
    { words: CN22.total, text: amount(totalsOf(declaration.goods).value), field: 'customs.goods' },
  ];
  for (const [index, cell] of columnsOf(box, [ROOM / 2, ROOM / 2]).entries()) {
    const sum = sums[index];
    if (!sum) continue;
    page.frame(cell);
    const [caption, value] = columnsOf(inset(cell, 3, 1), [72, cell.width - 78]) as [Box, Box];
    page.write(caption, { text: `${sum.words.en} / ${sum.words.fr}`, field: 'form' }, { ...setting, size: 5.5 });
    page.write(value, { text: sum.text, field: sum.field, weight: 'bold' }, { ...setting, align: 'right' });
  }
};

/**
 * Draws a CN 22 as a part of a label: what the form holds beside the number and the parties, which the label has already,
 * with the captions of the form. `box` is as high as `insetHeight` says.
 */
export const drawCn22Inset = (paper: Paper, page: Page, box: Box, declaration: Declaration): void => {
  const { title, category, sums, statement, signature } = HEIGHTS;
  const table = tableOf(declaration);
  const tableHeight = box.height - FIXED;
  const boxes = rowsOf(box, [title, category, tableHeight, sums, statement, signature]) as [
    Box,
    Box,
    Box,
    Box,
    Box,
    Box,
  ];
  page.frame(box);
  drawTitle(page, boxes[0]);
  drawCategories(page, inset(boxes[1], 3, 0.5), declaration.category, 2);
  for (const part of partsOf(paper, table, tableHeight, tableHeight)) drawTable(page, boxes[2], table, part);
  drawSums(page, boxes[3], declaration);
  const words = [CN22.statement.en, CN22.statement.fr].map((text) => ({ text, field: 'form' }));
  page.write(inset(boxes[4], 3, 1), words, { size: 5, min: 4, vertical: 'middle' });
  page.frame(boxes[5]);
  const signed = `${CN22.signature.en} / ${CN22.signature.fr}: ${formatDay(declaration.postingDay)}`;
  page.write(
    inset(boxes[5], 3, 1),
    { text: signed, field: 'customs.postingDay' },
    { size: 6, min: 4, vertical: 'middle' },
  );
};
