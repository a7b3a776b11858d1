import { type Fault, fail, type Instant, type Result } from '@crossparcel/units';
import { type Box, columnsOf, inset, LABEL_SIZE, pageBox, rowsOf } from './box.ts';
import { type Check, checkCount, checkText, firstOf } from './checks.ts';
import { badValue } from './faults.ts';
import type { Fonts } from './fonts.ts';
import type { Page } from './page.ts';
import { Paper } from './paper.ts';
import { drawTable, partsOf, type Table } from './table.ts';

/** An article in a parcel. */
export interface SlipLine {
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
}

/** What lies in a parcel, for the person who packs it and the one who opens it. No prices and no address. */
export interface PackingSlip {
  readonly shop: string;
  readonly orderId: string;
  readonly recipientName: string;
  readonly lines: readonly SlipLine[];
  /** Time of printing, in the properties of the PDF only. */
  readonly at: Instant;
}

const PAGE = pageBox(LABEL_SIZE, 12);
const HEAD = 84;
const FOOT = 20;
const TABLE_HEIGHT = PAGE.height - HEAD - FOOT;
const CAPTION = 5.5;

const tableOf = ({ lines }: PackingSlip): Table => ({
  columns: [
    { caption: ['SKU'], width: 82, align: 'left' },
    { caption: ['DESCRIPTION'], width: PAGE.width - 122, align: 'left' },
    { caption: ['QUANTITY'], width: 40, align: 'right' },
  ],
  rows: lines.map(({ sku, description, quantity }, index) => [
    { text: sku, field: `lines[${index}].sku` },
    { text: description, field: `lines[${index}].description` },
    { text: String(quantity), field: `lines[${index}].quantity`, weight: 'bold' },
  ]),
  size: 8,
  headHeight: 13,
});

const checkSlip = ({ shop, orderId, recipientName, lines }: PackingSlip): Check =>
  firstOf(
    checkText('shop', shop),
    checkText('orderId', orderId),
    checkText('recipientName', recipientName),
    lines.length === 0 ? badValue('lines', lines, 'at least one line') : undefined,
    ...lines.flatMap(({ sku, quantity }, index) => [
      checkText(`lines[${index}].sku`, sku),
      checkCount(`lines[${index}].quantity`, quantity, 1),
    ]),
  );

const drawEntry = (page: Page, box: Box, caption: string, text: string, field: string): void => {
  const [head, body] = rowsOf(box, [8, box.height - 8]) as [Box, Box];
  page.write(head, { text: caption, field: 'slip' }, { size: CAPTION });
  page.write(body, { text, field, weight: 'bold' }, { size: 9.5, min: 4 });
};

const drawHead = (page: Page, box: Box, { shop, orderId, recipientName }: PackingSlip): void => {
  const [names, entries] = rowsOf(box, [42, 42]) as [Box, Box];
  page.write(
    inset(names, 0, 2),
    [
      { text: shop, field: 'shop', weight: 'bold' },
      { text: 'Packing slip', field: 'slip', scale: 0.6 },
    ],
    { size: 17, min: 5 },
  );
  page.fill({ ...names, y: names.y + names.height - 1.5, height: 1.5 });
  const half = PAGE.width / 2;
  const [order, recipient] = columnsOf(inset(entries, 0, 4), [half, half]) as [Box, Box];
  drawEntry(page, { ...order, width: half - 6 }, 'ORDER', orderId, 'orderId');
  drawEntry(page, recipient, 'RECIPIENT', recipientName, 'recipientName');
};

const drawFoot = (page: Page, box: Box, lines: readonly SlipLine[], sheet: string): void => {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const [left, right] = columnsOf(box, [box.width / 2, box.width / 2]) as [Box, Box];
  const setting = { size: 7, vertical: 'bottom' } as const;
  page.write(left, { text: sheet, field: 'slip' }, setting);
  const text = `Units in the parcel: ${units}`;
  page.write(right, { text, field: 'lines', weight: 'bold' }, { ...setting, size: 8.5, align: 'right' });
};

/**
 * A packing slip of 4 by 6 inches as PDF, with as many pages as the lines need. Fails with `bad-value`, `cannot-print`
 * (characters that the font lacks) or `does-not-fit`.
 */
export const packingSlipPdf = async (slip: PackingSlip, fonts: Fonts): Promise<Result<Uint8Array, Fault>> => {
  const fault = checkSlip(slip);
  if (fault) return fail(fault);
  const paper = await Paper.open({ title: `Packing slip ${slip.orderId}`, at: slip.at }, fonts);
  const table = tableOf(slip);
  const parts = partsOf(paper, table, TABLE_HEIGHT, TABLE_HEIGHT);
  for (const [index, part] of parts.entries()) {
    const page = paper.page(LABEL_SIZE);
    const [head, body, foot] = rowsOf(PAGE, [HEAD, TABLE_HEIGHT, FOOT]) as [Box, Box, Box];
    drawHead(page, head, slip);
    drawTable(page, body, table, part);
    drawFoot(page, foot, slip.lines, `Page ${index + 1} of ${parts.length}`);
  }
  return paper.save();
};
