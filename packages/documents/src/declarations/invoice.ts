import type { Consignment, CustomsParty } from '@crossparcel/trade';
import { type Fault, formatDay, formatMinor, type Instant, type Result } from '@crossparcel/units';
import { amount, kilogramDigits, kilograms } from '../amounts.ts';
import { type Box, columnsOf, inset, type PageSize, pageBox, rowsOf } from '../box.ts';
import type { Fonts } from '../fonts.ts';
import type { Page, Words } from '../page.ts';
import { Paper } from '../paper.ts';
import { partyWords } from '../party.ts';
import { drawTable, partsOf, type Table } from '../table.ts';
import { paperParty } from './customs-form.ts';

/** A4 upright in points. */
const SIZE: PageSize = { width: 595.28, height: 841.89 };
const PAGE = pageBox(SIZE, 36);
const HEIGHTS = { title: 44, parties: 104, terms: 58, sums: 96, statement: 70 };
const FURTHER_TITLE = 24;
const TABLE_FIRST = PAGE.height - Object.values(HEIGHTS).reduce((sum, height) => sum + height, 0);
const TABLE_FURTHER = PAGE.height - FURTHER_TITLE;
const CAPTION = 6;

const REASONS: Readonly<Record<Consignment['category'], string>> = {
  'sale-of-goods': 'Sale of goods',
  gift: 'Gift',
  documents: 'Documents',
  sample: 'Commercial sample',
  'returned-goods': 'Returned goods',
  other: 'Other',
};

const tableOf = ({ lines, currency }: Consignment): Table => ({
  columns: [
    { caption: ['No.'], width: 24, align: 'right' },
    { caption: ['Description of goods'], width: 193, align: 'left' },
    { caption: ['HS code'], width: 62, align: 'left' },
    { caption: ['Origin'], width: 36, align: 'center' },
    { caption: ['Quantity'], width: 46, align: 'right' },
    { caption: ['Net weight', 'kg'], width: 58, align: 'right' },
    { caption: ['Value', currency], width: PAGE.width - 419, align: 'right' },
  ],
  rows: lines.map((line, index) => {
    const cell = (text: string, name: string): Words => ({ text, field: `lines[${index}].${name}` });
    return [
      cell(String(index + 1), 'id'),
      cell(line.description, 'description'),
      cell(line.hs, 'hs'),
      cell(line.origin, 'countryOfOrigin'),
      cell(String(line.quantity), 'quantity'),
      cell(kilogramDigits(line.netGrams), 'massGrams'),
      cell(formatMinor(line.valueMinor, currency), 'value'),
    ];
  }),
  size: 8,
  headHeight: 20,
});

const entry = (page: Page, box: Box, caption: string, words: readonly Words[], size = 8.5): void => {
  page.frame(box);
  const [head, body] = rowsOf(inset(box, 4, 3), [9, box.height - 15]) as [Box, Box];
  page.write(head, { text: caption, field: 'invoice' }, { size: CAPTION });
  if (words.length > 0) page.write(body, words, { size, min: 4.5 });
};

const written = (text: string | undefined, field: string): Words[] => (text === undefined ? [] : [{ text, field }]);

const numbers = ({ eori, taxNumber, phone, email }: CustomsParty, field: string): Words[] => {
  const text = [eori && `EORI ${eori}`, taxNumber && `Tax ${taxNumber}`, phone, email].filter(Boolean).join(' · ');
  return text === '' ? [] : [{ text, field, scale: 0.85 }];
};

const drawTitle = (page: Page, box: Box, { references, postingDay }: Consignment, sheet: string): void => {
  const [left, right] = columnsOf(box, [box.width / 2, box.width / 2]) as [Box, Box];
  page.write(
    left,
    { text: 'Commercial invoice', field: 'invoice', weight: 'bold' },
    { size: 19, min: 12, vertical: 'middle' },
  );
  const words: Words[] = [
    { text: references.invoice ?? '', field: 'references.invoice', weight: 'bold' },
    { text: `${formatDay(postingDay)}${sheet}`, field: 'postedOn', scale: 0.85 },
  ];
  page.write(right, words, { size: 11, min: 6, align: 'right', vertical: 'middle' });
};

const drawParties = (page: Page, box: Box, { parties }: Consignment): void => {
  const { sender, addressee, importer } = parties;
  const shown = [
    ['Seller and shipper', sender, 'parties.sender'],
    ['Buyer and consignee', addressee, 'parties.addressee'],
    ...(importer ? [['Importer', importer, 'parties.importer'] as const] : []),
  ] as const;
  const boxes = columnsOf(
    box,
    shown.map(() => box.width / shown.length),
  );
  for (const [index, [caption, party, field]] of shown.entries()) {
    const words = [...partyWords(paperParty(party), field), ...numbers(party, field)];
    entry(page, boxes[index] as Box, caption, words, 8);
  }
};

const drawTerms = (page: Page, box: Box, consignment: Consignment): void => {
  const {
    references,
    transport,
    number,
    incoterm,
    incotermPlace,
    packages,
    grossGrams,
    category,
    despatchCountry,
    parcel,
  } = consignment;
  const rows = rowsOf(box, [box.height / 2, box.height / 2]);
  const quarters = rows.flatMap((row) =>
    columnsOf(
      row,
      [0, 1, 2, 3].map(() => row.width / 4),
    ),
  );
  const terms = incoterm && [incoterm, incotermPlace].filter(Boolean).join(' ');
  const cells: [string, Words[]][] = [
    ['Parcel', written(number, 'number')],
    ['Order', written(references.order, 'references.order')],
    ['Terms of delivery', written(terms, 'incoterm')],
    ['Reason of the export', written(REASONS[category], 'category')],
    ['From and to', written(`${despatchCountry} to ${parcel.market}`, 'market')],
    ['Flight', written(transport.flight, 'transport.flight')],
    ['Packages', written(String(packages), 'packages')],
    ['Gross weight', written(kilograms(grossGrams), 'grossGrams')],
  ];
  for (const [index, [caption, words]] of cells.entries()) entry(page, quarters[index] as Box, caption, words);
};

const drawSums = (page: Page, box: Box, { lines, parcel, currency }: Consignment): void => {
  const goods = lines.reduce((sum, line) => sum + line.valueMinor, 0);
  const sums: [string, number, 'regular' | 'bold'][] = [
    ['Goods', goods, 'regular'],
    ['Freight', parcel.freightMinor, 'regular'],
    ['Insurance', parcel.insuranceMinor, 'regular'],
    ['Total', goods + parcel.freightMinor + parcel.insuranceMinor, 'bold'],
  ];
  const right = { ...box, x: box.x + box.width / 2, width: box.width / 2 };
  for (const [index, row] of rowsOf(
    right,
    sums.map(() => box.height / sums.length),
  ).entries()) {
    const [caption, minor, weight] = sums[index] as (typeof sums)[number];
    page.frame(row);
    const inner = inset(row, 6, 3);
    page.write(inner, { text: caption, field: 'invoice', weight }, { size: 9, vertical: 'middle' });
    const text = amount({ minor, currency });
    page.write(inner, { text, field: 'lines', weight }, { size: 10, min: 6, align: 'right', vertical: 'middle' });
  }
};

const STATEMENT =
  'The particulars on this invoice are true and correct, and the goods originate in the countries shown.';

const drawStatement = (page: Page, box: Box): void => {
  const [words, signature] = columnsOf(box, [box.width / 2, box.width / 2]) as [Box, Box];
  page.write(inset(words, 0, 10), { text: STATEMENT, field: 'invoice' }, { size: 8, min: 6 });
  entry(page, { ...signature, y: box.y + 10, height: box.height - 10 }, 'Name, date and signature', []);
};

/**
 * A commercial invoice as PDF on A4, with as many pages as the lines need; the sums over all lines stand on the first.
 * Amounts are those of the consignment, to the minor unit. Fails with `cannot-print` or `does-not-fit`.
 */
export const invoicePdf = async (
  consignment: Consignment,
  fonts: Fonts,
  at: Instant,
): Promise<Result<Uint8Array, Fault>> => {
  const { references, id } = consignment;
  const paper = await Paper.open({ title: `Commercial invoice ${references.invoice ?? id}`, at }, fonts);
  const table = tableOf(consignment);
  const parts = partsOf(paper, table, TABLE_FIRST, TABLE_FURTHER);
  for (const [index, part] of parts.entries()) {
    const page = paper.page(SIZE);
    const sheet = parts.length === 1 ? '' : `, page ${index + 1} of ${parts.length}`;
    if (index > 0) {
      const [title, body] = rowsOf(PAGE, [FURTHER_TITLE, TABLE_FURTHER]) as [Box, Box];
      drawTitle(page, title, consignment, sheet);
      drawTable(page, body, table, part);
      continue;
    }
    const { title, parties, terms, sums, statement } = HEIGHTS;
    const boxes = rowsOf(PAGE, [title, parties, terms, TABLE_FIRST, sums, statement]) as [Box, Box, Box, Box, Box, Box];
    drawTitle(page, boxes[0], consignment, sheet);
    drawParties(page, boxes[1], consignment);
    drawTerms(page, boxes[2], consignment);
    drawTable(page, boxes[3], table, part);
    drawSums(page, boxes[4], consignment);
    drawStatement(page, boxes[5]);
  }
  return paper.save();
};
