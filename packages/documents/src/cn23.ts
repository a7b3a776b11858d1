import { formatDay } from '@crossparcel/units';
import { drawBarcode } from './barcode.ts';
import { type Box, columnsOf, inset, type PageSize, pageBox, rowsOf } from './box.ts';
import { drawCategories } from './categories.ts';
import { type Caption, drawCell, writeCaption } from './cell.ts';
import { drawSums, goodsTable } from './cn23-table.ts';
import { CN23, SHARED } from './customs-words.ts';
import type { Declaration } from './declaration.ts';
import type { PrintedNumber } from './identifier.ts';
import type { Page, Words } from './page.ts';
import type { Paper } from './paper.ts';
import { partyWords } from './party.ts';
import { drawTable, partsOf } from './table.ts';

/** A5 across: 210 by 148 mm in points. */
const SIZE: PageSize = { width: 595.28, height: 419.53 };
const PAGE = pageBox(SIZE, 14);
const LEFT = 300;
const RIGHT = PAGE.width - LEFT;
const HEIGHTS = { top: 156, sums: 24, bottom: 100 };
const TABLE_FIRST = PAGE.height - HEIGHTS.top - HEIGHTS.sums - HEIGHTS.bottom;
const FURTHER_TITLE = 24;
const TABLE_FURTHER = PAGE.height - FURTHER_TITLE;

const optional = (text: string | undefined, field: string): Words[] => (text === undefined ? [] : [{ text, field }]);

const cell = (page: Page, box: Box, caption: Caption, text: string | undefined, field: string): void =>
  drawCell(page, box, caption, optional(text, field));

const drawTitle = (page: Page, box: Box, sheet: string): void => {
  page.frame(box);
  const [words, form] = columnsOf(inset(box, 5, 2), [box.width - 90, 80]) as [Box, Box];
  page.write(
    words,
    [
      { text: `${SHARED.title.en} / ${SHARED.title.fr}`, field: 'form', weight: 'bold' },
      { text: `${SHARED.opening.en} / ${SHARED.opening.fr}${sheet}`, field: 'form', scale: 0.85 },
    ],
    { size: 7, min: 5, vertical: 'middle' },
  );
  page.write(
    form,
    { text: 'CN 23', field: 'form', weight: 'bold' },
    { size: 17, min: 12, align: 'right', vertical: 'middle' },
  );
};

const drawItem = (page: Page, box: Box, number: PrintedNumber): void => {
  page.frame(box);
  writeCaption(page, box, SHARED.item, 1);
  const inner = { ...inset(box, 4), y: box.y + 11, height: box.height - 13 };
  const [bars, text] = rowsOf(inner, [inner.height - 14, 14]) as [Box, Box];
  drawBarcode(page, bars, number.barcode);
  page.write(
    text,
    { text: number.text, field: 'number', weight: 'bold' },
    { size: 10, align: 'center', vertical: 'bottom' },
  );
};

const drawTop = (page: Page, box: Box, declaration: Declaration, number: PrintedNumber, sheet: string): void => {
  const { sender, addressee } = declaration;
  const [left, right] = columnsOf(box, [LEFT, RIGHT]) as [Box, Box];
  const [from, to] = rowsOf(left, [box.height / 2, box.height / 2]) as [Box, Box];
  drawCell(page, from, SHARED.from, partyWords(sender, 'sender'), { size: 8.5, min: 4 });
  drawCell(page, to, SHARED.to, partyWords(addressee, 'addressee'), { size: 8.5, min: 4 });
  const [title, item, reference, importer, contact] = rowsOf(right, [24, 69, 21, 21, 21]) as [Box, Box, Box, Box, Box];
  drawTitle(page, title, sheet);
  drawItem(page, item, number);
  cell(page, reference, SHARED.customsReference, sender.customsReference, 'sender.customsReference');
  cell(page, importer, CN23.importer, addressee.importerReference, 'addressee.importerReference');
  cell(page, contact, CN23.contact, addressee.contact, 'addressee.contact');
};

const drawCategory = (page: Page, box: Box, { category, explanation }: Declaration): void => {
  page.frame(box);
  writeCaption(page, box, CN23.category, 1);
  const body = { ...inset(box, 4, 0), y: box.y + 9, height: box.height - 10 };
  const [ticks, words] = rowsOf(body, [body.height - 10, 10]) as [Box, Box];
  drawCategories(page, ticks, category, 2);
  const text = `${CN23.explanation.en} / ${CN23.explanation.fr}: ${explanation ?? ''}`;
  page.write(words, { text, field: 'explanation' }, { size: 6.5, min: 4, vertical: 'middle' });
};

const drawRemarks = (page: Page, box: Box, declaration: Declaration): void => {
  const [category, comments, papers] = rowsOf(box, [46, 32, 22]) as [Box, Box, Box];
  drawCategory(page, category, declaration);
  cell(page, comments, CN23.comments, declaration.comments, 'comments');
  const [licence, certificate, invoice] = columnsOf(papers, [LEFT / 3, LEFT / 3, LEFT / 3]) as [Box, Box, Box];
  cell(page, licence, CN23.licence, declaration.licence, 'licence');
  cell(page, certificate, CN23.certificate, declaration.certificate, 'certificate');
  cell(page, invoice, CN23.invoice, declaration.invoice, 'invoice');
};

const drawSignature = (page: Page, box: Box, { officeOfOrigin, postingDay }: Declaration): void => {
  const [office, statement, signature] = rowsOf(box, [22, 50, 28]) as [Box, Box, Box];
  const day = formatDay(postingDay);
  const posted = officeOfOrigin === undefined ? day : `${officeOfOrigin}, ${day}`;
  cell(page, office, CN23.office, posted, 'officeOfOrigin');
  page.frame(statement);
  const words = [CN23.statement.en, CN23.statement.fr].map((text) => ({ text, field: 'form' }));
  page.write(inset(statement, 4, 2), words, { size: 6, min: 4, vertical: 'middle' });
  cell(page, signature, CN23.signature, day, 'postingDay');
};

const drawFurtherTitle = (page: Page, box: Box, number: PrintedNumber, sheet: string): void => {
  const [item, title] = columnsOf(box, [LEFT, RIGHT]) as [Box, Box];
  drawCell(page, item, SHARED.item, [{ text: number.text, field: 'number', weight: 'bold' }], { size: 10, min: 8 });
  drawTitle(page, title, sheet);
};

/**
 * Draws a CN 23 on A5 across. Lines of goods that find no room on the first page go on further pages, which repeat the
 * number; the totals over all of them stand on the first.
 */
export const drawCn23 = (paper: Paper, declaration: Declaration, number: PrintedNumber): void => {
  const table = goodsTable(declaration);
  const parts = partsOf(paper, table, TABLE_FIRST, TABLE_FURTHER);
  for (const [index, part] of parts.entries()) {
    const page = paper.page(SIZE);
    const sheet = parts.length === 1 ? '' : ` (${index + 1}/${parts.length})`;
    if (index > 0) {
      const [title, body] = rowsOf(PAGE, [FURTHER_TITLE, TABLE_FURTHER]) as [Box, Box];
      drawFurtherTitle(page, title, number, sheet);
      drawTable(page, body, table, part);
      continue;
    }
    const heights = [HEIGHTS.top, TABLE_FIRST, HEIGHTS.sums, HEIGHTS.bottom];
    const [top, body, sums, bottom] = rowsOf(PAGE, heights) as [Box, Box, Box, Box];
    drawTop(page, top, declaration, number, sheet);
    drawTable(page, body, table, part);
    drawSums(page, sums, declaration);
    const [remarks, signature] = columnsOf(bottom, [LEFT, RIGHT]) as [Box, Box];
    drawRemarks(page, remarks, declaration);
    drawSignature(page, signature, declaration);
  }
};
