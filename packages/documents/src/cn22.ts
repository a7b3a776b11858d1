import { formatDay } from '@crossparcel/units';
import { amount, kilogramDigits, kilograms } from './amounts.ts';
import { type Box, columnsOf, inset, LABEL_SIZE, pageBox, rowsOf } from './box.ts';
import { drawCategories } from './categories.ts';
import { drawCell, writeCaption } from './cell.ts';
import { CN22, SHARED } from './customs-words.ts';
import { type Declaration, totalsOf } from './declaration.ts';
import { displayS10 } from './numbers/s10.ts';
import type { Page } from './page.ts';
import type { Paper } from './paper.ts';
import { partyWords } from './party.ts';
import { drawTable, partsOf, type Row, type Table } from './table.ts';

const MARGIN = 10;
const HEIGHTS = { title: 36, item: 30, parties: 62, category: 50, sums: 24, statement: 62, signature: 26 };
const FIXED = Object.values(HEIGHTS).reduce((sum, height) => sum + height, 0);
const PAGE = pageBox(LABEL_SIZE, MARGIN);
const TABLE_HEIGHT = PAGE.height - FIXED;

const rowOf = ({ goods }: Declaration): Row[] =>
  goods.map((line, index) => [
    { text: `${line.quantity} × ${line.description}`, field: `goods[${index}].description` },
    { text: kilogramDigits(line.netGrams), field: `goods[${index}].netGrams` },
    { text: amount(line.value), field: `goods[${index}].value` },
    { text: line.hs ?? '', field: `goods[${index}].hs` },
    { text: line.origin ?? '', field: `goods[${index}].origin` },
  ]);

const tableOf = (declaration: Declaration): Table => ({
  columns: [
    { caption: [CN22.contents.en, CN22.contents.fr], width: 106, align: 'left' },
    { caption: [CN22.net.en, CN22.net.fr], width: 40, align: 'right' },
    { caption: [CN22.value.en, CN22.value.fr], width: 50, align: 'right' },
    { caption: [CN22.hs.en, CN22.hs.fr], width: 43, align: 'left' },
    { caption: [CN22.origin.en, CN22.origin.fr], width: 29, align: 'center' },
  ],
  rows: rowOf(declaration),
  size: 6.5,
  headHeight: 28,
});

/** Whether all lines of goods find room on a CN 22, which has one page. */
export const fitsCn22 = (paper: Paper, declaration: Declaration): boolean =>
  partsOf(paper, tableOf(declaration), TABLE_HEIGHT, Number.POSITIVE_INFINITY).length === 1;

const drawTitle = (page: Page, box: Box): void => {
  page.frame(box);
  const [words, form] = columnsOf(inset(box, 5, 3), [196, 62]) as [Box, Box];
  page.write(
    words,
    [
      { text: SHARED.title.en, field: 'form', weight: 'bold', scale: 1.25 },
      { text: SHARED.title.fr, field: 'form', weight: 'bold' },
      { text: `${SHARED.opening.en} / ${SHARED.opening.fr}`, field: 'form', scale: 0.8 },
    ],
    { size: 7.5, min: 5, vertical: 'middle' },
  );
  page.write(
    form,
    { text: 'CN 22', field: 'form', weight: 'bold' },
    { size: 18, min: 12, align: 'right', vertical: 'middle' },
  );
};

const drawParties = (page: Page, item: Box, parties: Box, { number, sender, addressee }: Declaration): void => {
  const [left, right] = columnsOf(item, [PAGE.width / 2, PAGE.width / 2]) as [Box, Box];
  drawCell(page, left, SHARED.item, [{ text: displayS10(number), field: 'number', weight: 'bold' }], {
    size: 8.5,
    min: 6,
  });
  const reference = sender.customsReference ?? '';
  drawCell(page, right, SHARED.customsReference, [{ text: reference, field: 'sender.customsReference' }]);
  const [from, to] = columnsOf(parties, [PAGE.width / 2, PAGE.width / 2]) as [Box, Box];
  drawCell(page, from, SHARED.from, partyWords(sender, 'sender'), { size: 6.5, min: 3.5 });
  drawCell(page, to, SHARED.to, partyWords(addressee, 'addressee'), { size: 6.5, min: 3.5 });
};

const drawCategory = (page: Page, box: Box, { category, explanation }: Declaration): void => {
  page.frame(box);
  writeCaption(page, box, CN22.category, 1);
  const body = { ...inset(box, 4, 0), y: box.y + 9, height: box.height - 11 };
  const [ticks, words] = rowsOf(body, explanation ? [body.height - 9, 9] : [body.height, 0]) as [Box, Box];
  drawCategories(page, ticks, category, 2);
  if (explanation) page.write(words, { text: explanation, field: 'explanation' }, { size: 6.5, min: 4 });
};

const drawSums = (page: Page, box: Box, declaration: Declaration): void => {
  const [gross, total] = columnsOf(box, [PAGE.width / 2, PAGE.width / 2]) as [Box, Box];
  const bold = { size: 9.5, min: 5 };
  const weight = kilograms(declaration.grossGrams);
  drawCell(page, gross, CN22.gross, [{ text: weight, field: 'grossGrams', weight: 'bold' }], bold);
  const value = amount(totalsOf(declaration.goods).value);
  drawCell(page, total, CN22.total, [{ text: value, field: 'goods', weight: 'bold' }], bold);
};

const drawStatement = (page: Page, statement: Box, signature: Box, { postingDay }: Declaration): void => {
  page.frame(statement);
  const words = [CN22.statement.en, CN22.statement.fr].map((text) => ({ text, field: 'form' }));
  page.write(inset(statement, 4, 3), words, { size: 6, min: 4, vertical: 'middle' });
  drawCell(page, signature, CN22.signature, [{ text: formatDay(postingDay), field: 'postingDay' }]);
};

/** Draws a CN 22 on one page of 4 by 6 inches. The goods must fit, see `fitsCn22`. */
export const drawCn22 = (paper: Paper, declaration: Declaration): void => {
  const page = paper.page(LABEL_SIZE);
  const { title, item, parties, category, sums, statement, signature } = HEIGHTS;
  const heights = [title, item, parties, category, TABLE_HEIGHT, sums, statement, signature];
  const boxes = rowsOf(PAGE, heights) as [Box, Box, Box, Box, Box, Box, Box, Box];
  drawTitle(page, boxes[0]);
  drawParties(page, boxes[1], boxes[2], declaration);
  drawCategory(page, boxes[3], declaration);
  const table = tableOf(declaration);
  for (const part of partsOf(paper, table, TABLE_HEIGHT, TABLE_HEIGHT)) drawTable(page, boxes[4], table, part);
  drawSums(page, boxes[5], declaration);
  drawStatement(page, boxes[6], boxes[7], declaration);
};
