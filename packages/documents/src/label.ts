import { type Fault, fail, type Instant, type Result } from '@crossparcel/units';
import { kilograms } from './amounts.ts';
import { drawBarcode } from './barcode.ts';
import { type Box, columnsOf, inset, LABEL_SIZE, pageBox, rowsOf } from './box.ts';
import { type Check, checkCount, checkParty, checkText, firstOf } from './checks.ts';
import { badValue } from './faults.ts';
import type { Fonts } from './fonts.ts';
import { type ParcelNumber, type PrintedNumber, printedNumber } from './identifier.ts';
import { blockHeight, type Page } from './page.ts';
import { Paper } from './paper.ts';
import { type Party, partyWords } from './party.ts';

/** What stands on the label of a parcel. */
export interface Label {
  readonly identifier: ParcelNumber;
  readonly sender: Party;
  readonly recipient: Party;
  /** Name of the service, for example `Tracked letter post`. */
  readonly service: string;
  /** Where the parcel passes, in order: facility, gateway, country. */
  readonly route: readonly string[];
  /** Sorting zone at the destination. */
  readonly zone?: string;
  readonly grossGrams: number;
  readonly orderReference: string;
  /** Handling marks as words, for example `BATTERY`; at most eight. */
  readonly marks: readonly string[];
  /** Time of printing, in the properties of the PDF only. */
  readonly at: Instant;
}

/** The places of a label. They do not overlap, and each text stays within its own. */
export interface LabelBoxes {
  readonly service: Box;
  readonly route: Box;
  readonly destination: Box;
  readonly sender: Box;
  readonly details: Box;
  readonly recipient: Box;
  readonly marks: readonly Box[];
  readonly number: Box;
}

const MARGIN = 10;
const HEADER = 54;
const DESTINATION = 74;
const DETAILS = 84;
const PAD = 5;
const CAPTION = 5.5;
const MARK_HEIGHT = 20;
const MARKS_PER_ROW = 4;
const MAX_MARKS = 2 * MARKS_PER_ROW;
/** Largest and least size of type. Below 4.5 points a printer with 203 dpi makes no letters that can be read. */
const SENDER_SIZE = { size: 7.5, min: 4.5 };
const RECIPIENT_SIZE = { size: 15, min: 4.5 };
const SENDER_HEIGHT = { least: 58, most: 108 };
/** Bars in points: 31.75 mm for an SSCC (GS1 General Specifications, logistic label), 24 mm for an S10. */
const BAR_HEIGHT = { sscc: 90, s10: 68 };
const NUMBER_TEXT = 18;
const GAP = 7;

const markBoxes = (box: Box, count: number): Box[] => {
  const rows = Math.ceil(count / MARKS_PER_ROW);
  const perRow = Math.ceil(count / Math.max(1, rows));
  return rowsOf(box, Array(rows).fill(MARK_HEIGHT))
    .flatMap((row) => columnsOf(row, Array(perRow).fill(row.width / perRow)))
    .slice(0, count)
    .map((mark) => inset(mark, 2));
};

/** Divides a label. `senderHeight` is what the sender would like to have, in points; the recipient gets the rest. */
export const labelBoxes = (label: Label, senderHeight: number): LabelBoxes => {
  const page = pageBox(LABEL_SIZE, MARGIN);
  const sender = Math.min(SENDER_HEIGHT.most, Math.max(SENDER_HEIGHT.least, senderHeight));
  const marks = Math.ceil(label.marks.length / MARKS_PER_ROW) * MARK_HEIGHT;
  const number = BAR_HEIGHT[label.identifier.scheme] + NUMBER_TEXT + 2 * GAP;
  const rest = page.height - HEADER - sender - marks - number;
  const [head, from, to, strip, foot] = rowsOf(page, [HEADER, sender, rest, marks, number]) as [
    Box,
    Box,
    Box,
    Box,
    Box,
  ];
  const [words, destination] = columnsOf(head, [page.width - DESTINATION, DESTINATION]) as [Box, Box];
  const [service, route] = rowsOf(words, [HEADER - 20, 20]) as [Box, Box];
  const [who, details] = columnsOf(from, [page.width - DETAILS, DETAILS]) as [Box, Box];
  return {
    service,
    route,
    destination,
    sender: who,
    details,
    recipient: to,
    marks: markBoxes(strip, label.marks.length),
    number: foot,
  };
};

const checkLabel = (label: Label): Check =>
  firstOf(
    checkParty('sender', label.sender),
    checkParty('recipient', label.recipient),
    checkText('service', label.service),
    checkText('orderReference', label.orderReference),
    checkCount('grossGrams', label.grossGrams, 1),
    label.marks.length > MAX_MARKS ? badValue('marks', label.marks, `at most ${MAX_MARKS} marks`) : undefined,
  );

const captioned = (page: Page, box: Box, caption: string): Box => {
  const inner = inset(box, PAD, 3);
  const [head, body] = rowsOf(inner, [CAPTION * 1.4, inner.height - CAPTION * 1.4]) as [Box, Box];
  page.write(head, { text: caption, field: 'label' }, { size: CAPTION, min: 4 });
  return body;
};

const drawHead = (page: Page, boxes: LabelBoxes, label: Label): void => {
  const { service, route, destination } = boxes;
  page.frame({ ...service, height: service.height + route.height });
  page.write(
    inset(service, PAD, 3),
    { text: label.service, field: 'service', weight: 'bold' },
    { size: 17, min: 5, vertical: 'middle' },
  );
  page.frame(route);
  page.write(
    inset(route, PAD, 2),
    { text: label.route.join(' > '), field: 'route', weight: 'bold' },
    { size: 9, min: 4, vertical: 'middle' },
  );
  page.fill(destination);
  const zone = label.zone === undefined ? 0 : 16;
  const [code, below] = rowsOf(inset(destination, PAD, 2), [destination.height - 4 - zone, zone]) as [Box, Box];
  const setting = { align: 'center', vertical: 'middle', ink: 'white' } as const;
  page.write(
    code,
    { text: label.recipient.country, field: 'recipient.country', weight: 'bold' },
    { size: zone ? 28 : 36, ...setting },
  );
  if (label.zone === undefined) return;
  page.write(below, { text: label.zone, field: 'zone', weight: 'bold' }, { size: 12, min: 4, ...setting });
};

const drawParties = (page: Page, boxes: LabelBoxes, label: Label): void => {
  page.frame(boxes.sender);
  page.write(captioned(page, boxes.sender, 'FROM'), partyWords(label.sender, 'sender'), SENDER_SIZE);
  const [weight, reference] = rowsOf(boxes.details, [24, boxes.details.height - 24]) as [Box, Box];
  page.frame(weight);
  page.frame(reference);
  page.write(
    captioned(page, weight, 'GROSS WEIGHT'),
    { text: kilograms(label.grossGrams), field: 'grossGrams', weight: 'bold' },
    { size: 9, min: 5 },
  );
  page.write(
    captioned(page, reference, 'ORDER'),
    { text: label.orderReference, field: 'orderReference', weight: 'bold' },
    { size: 9, min: 4 },
  );
  page.frame(boxes.recipient);
  page.write(captioned(page, boxes.recipient, 'TO'), partyWords(label.recipient, 'recipient', 1.15), RECIPIENT_SIZE);
};

const drawMarks = (page: Page, boxes: LabelBoxes, label: Label): void => {
  for (const [index, box] of boxes.marks.entries()) {
    page.fill(box);
    page.write(
      inset(box, 3, 1),
      { text: label.marks[index] ?? '', field: `marks[${index}]`, weight: 'bold' },
      { size: 11, min: 4, align: 'center', vertical: 'middle', ink: 'white' },
    );
  }
};

const drawNumber = (page: Page, box: Box, number: PrintedNumber): void => {
  page.frame(box);
  const inner = inset(box, PAD, GAP);
  const [bars, text] = rowsOf(inner, [inner.height - NUMBER_TEXT, NUMBER_TEXT]) as [Box, Box];
  drawBarcode(page, bars, number.barcode);
  page.write(
    text,
    { text: number.text, field: 'identifier.number', weight: 'bold' },
    { size: 12, align: 'center', vertical: 'bottom' },
  );
};

/**
 * A label of 4 by 6 inches (288 by 432 points) as PDF, black on white, with the number as vector bars. Long texts are
 * wrapped and set smaller. Fails with `bad-value`, `cannot-print` (characters that the font lacks) or `does-not-fit`.
 */
export const labelPdf = async (label: Label, fonts: Fonts): Promise<Result<Uint8Array, Fault>> => {
  const fault = checkLabel(label);
  if (fault) return fail(fault);
  const number = printedNumber(label.identifier, 'identifier.number');
  if (!number.ok) return number;
  const paper = await Paper.open({ title: `Label ${number.value.text}`, at: label.at }, fonts);
  const page = paper.page(LABEL_SIZE);
  const senderWidth = LABEL_SIZE.width - 2 * MARGIN - DETAILS - 2 * PAD;
  const wanted = blockHeight(paper, partyWords(label.sender, 'sender'), senderWidth, SENDER_SIZE.size) + 18;
  const boxes = labelBoxes(label, wanted);
  drawHead(page, boxes, label);
  drawParties(page, boxes, label);
  drawMarks(page, boxes, label);
  drawNumber(page, boxes.number, number.value);
  return paper.save();
};
