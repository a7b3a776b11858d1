import { amount, kilogramDigits, kilograms } from './amounts.ts';
import { type Box, columnsOf } from './box.ts';
import { drawCell } from './cell.ts';
import { CN23 } from './customs-words.ts';
import { type Declaration, type GoodsLine, totalsOf } from './declaration.ts';
import type { Page } from './page.ts';
import type { Row, Table } from './table.ts';

const WIDTHS = { contents: 219, quantity: 50, net: 74, value: 82, hs: 72, origin: 70 };

const rowOf = (line: GoodsLine, index: number): Row => [
  { text: line.description, field: `goods[${index}].description` },
  { text: String(line.quantity), field: `goods[${index}].quantity` },
  { text: kilogramDigits(line.netGrams), field: `goods[${index}].netGrams` },
  { text: amount(line.value), field: `goods[${index}].value` },
  { text: line.hs ?? '', field: `goods[${index}].hs` },
  { text: line.origin ?? '', field: `goods[${index}].origin` },
];

/** The lines of goods of a CN 23 as a table. */
export const goodsTable = ({ goods }: Declaration): Table => {
  const column = (name: keyof typeof WIDTHS, align: 'left' | 'right' | 'center') => ({
    caption: [CN23[name].en, CN23[name].fr],
    width: WIDTHS[name],
    align,
  });
  return {
    columns: [
      column('contents', 'left'),
      column('quantity', 'right'),
      column('net', 'right'),
      column('value', 'right'),
      column('hs', 'left'),
      column('origin', 'center'),
    ],
    rows: goods.map(rowOf),
    size: 7.5,
    headHeight: 26,
  };
};

/** Draws the sums of a CN 23 below its table: quantity and net weight, (4), (6) and (9). */
export const drawSums = (page: Page, box: Box, { goods, grossGrams, postage }: Declaration): void => {
  const { quantity, netGrams, value } = totalsOf(goods);
  const [sums, gross, total, charges] = columnsOf(box, [
    WIDTHS.contents,
    WIDTHS.quantity + WIDTHS.net,
    WIDTHS.value + 30,
    WIDTHS.hs + WIDTHS.origin - 30,
  ]) as [Box, Box, Box, Box];
  const bold = { size: 9, min: 5 };
  drawCell(page, sums, CN23.sums, [{ text: `${quantity} / ${kilograms(netGrams)}`, field: 'goods' }], bold);
  drawCell(page, gross, CN23.gross, [{ text: kilograms(grossGrams), field: 'grossGrams', weight: 'bold' }], bold);
  drawCell(page, total, CN23.total, [{ text: amount(value), field: 'goods', weight: 'bold' }], bold);
  const paid = postage ? [{ text: amount(postage), field: 'postage' }] : [];
  drawCell(page, charges, CN23.postage, paid, bold);
};
