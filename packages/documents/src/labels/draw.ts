import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import { kilograms } from '../amounts.ts';
import {
  drawBarcode,
  drawMatrix,
  elementText,
  fitsBars,
  gs1Barcode,
  gs1Matrix,
  matrixSide,
  plainMatrix,
} from '../barcode.ts';
import { type Box, columnsOf, inset, LABEL_SIZE, POINTS_PER_MM, rowsOf } from '../box.ts';
import { drawCn22, fitsCn22 } from '../cn22.ts';
import { checkDeclaration, type Declaration } from '../declaration.ts';
import type { Drawing } from '../drawing.ts';
import { badValue, doesNotFit } from '../faults.ts';
import type { Fonts } from '../fonts.ts';
import { type PrintedNumber, printedNumber } from '../identifier.ts';
import { blockHeight, type Page } from '../page.ts';
import { Paper } from '../paper.ts';
import { partyWords } from '../party.ts';
import type { Barcode, Matrix } from '../symbol.ts';
import { drawBatteryMark } from './battery-mark.ts';
import type { LabelBook, PrintedMark, SymbolRecord } from './book.ts';
import { DETAILS, type LabelBoxes, type LabelWants, labelBoxes, ROOM, recipientRoom } from './boxes.ts';
import { drawCn22Inset, insetHeight } from './cn22-inset.ts';
import { checkLabel, type Label, MAX_MARKS, type MatrixContent, tooManyMarks } from './label.ts';
import { drawPicture } from './pictures.ts';

const HEAD = { full: 54, compact: 42 };
const PAD = 5;
const CAPTION = 5.5;
const MARK_HEIGHT = { plain: 20, translated: 29 };
/** Largest and least size of type. Below 4.5 points a printer with 203 dpi makes no letters that can be read. */
const SENDER_SIZE = { size: 7.5, min: 4.5 };
const RECIPIENT_SIZE = { size: 15, min: 4.5 };
const SENDER_HEIGHT = { least: 58, most: 108, compact: 50 };
const NUMBER_TEXT = 18;
const ELEMENT_TEXT = 11;
const BANNER = 13;
const GAP = 7;
/** What a recipient needs at least, in points. */
const LEAST_RECIPIENT = 44;

/** All that a label bears, checked and encoded. */
interface Content {
  readonly label: Label;
  readonly number: PrintedNumber;
  readonly symbol: SymbolRecord;
  readonly elements: { readonly barcode: Barcode; readonly text: string } | undefined;
  readonly matrix: Matrix | undefined;
  readonly marks: readonly PrintedMark[];
  readonly unNumbers: readonly string[];
  readonly declaration: Declaration | undefined;
}

const matrixOf = (content: MatrixContent | undefined): Result<Matrix | undefined, Fault> => {
  if (content === undefined) return ok(undefined);
  return 'text' in content ? plainMatrix(content.text, 'matrix.text') : gs1Matrix(content.elements, 'matrix.elements');
};

const elementsOf = (label: Label, book: LabelBook): Result<Content['elements'], Fault> => {
  if (label.elements === undefined) return ok(undefined);
  const barcode = gs1Barcode(label.elements, 'elements');
  if (!barcode.ok) return barcode;
  const fits = fitsBars(barcode.value, ROOM - 2 * PAD, book.symbol('elements'));
  return fits ? ok({ barcode: barcode.value, text: elementText(label.elements) }) : fail(doesNotFit('elements'));
};

/** Elements may be spread over the symbols of a label, so what they need of each other is looked for on all of it. */
const checkElements = ({ identifier, elements = [], matrix }: Label, book: LabelBook): Fault | undefined => {
  const inMatrix = matrix !== undefined && 'elements' in matrix ? matrix.elements : [];
  const own = identifier.scheme === 'sscc' ? ['00'] : [];
  const lack = book.lacking([...own, ...elements.map(({ ai }) => ai), ...inMatrix.map(({ ai }) => ai)]);
  if (!lack) return undefined;
  const field = elements.some(({ ai }) => ai === lack.ai) ? 'elements' : 'matrix.elements';
  const needed = lack.needs.map((ai) => `(${ai})`).join(' or ');
  return badValue(field, `(${lack.ai})`, `${needed} on the same label`);
};

const declarationOf = (label: Label): Result<Declaration | undefined, Fault> => {
  if (label.customs === undefined) return ok(undefined);
  const { sender, recipient: addressee, grossGrams, customs, identifier } = label;
  const declaration: Declaration = {
    ...customs,
    form: 'CN 22',
    number: identifier.number,
    sender,
    addressee,
    grossGrams,
    at: label.at ?? 0,
  };
  const fault = checkDeclaration(declaration);
  return fault ? fail({ ...fault, ...(fault.field && { field: customsField(fault.field) }) }) : ok(declaration);
};

/** The field of a declaration as the label names it. */
const customsField = (field: string): string =>
  /^(goods|category|explanation|postage|postingDay)/.test(field) ? `customs.${field}` : field;

const marksOf = (label: Label, book: LabelBook): Result<PrintedMark[], Fault> => {
  const free = label.marks.map((text, index): PrintedMark => ({ text, translations: [], field: `marks[${index}]` }));
  const { handling = [] } = label;
  const marks = [...free, ...book.marksOf(handling, [label.recipient.country, label.sender.country])];
  return marks.length > MAX_MARKS ? fail(tooManyMarks('handling', handling)) : ok(marks);
};

const contentOf = (label: Label, book: LabelBook): Result<Content, Fault> => {
  const fault = checkLabel(label);
  if (fault) return fail(fault);
  const number = printedNumber(label.identifier, 'identifier');
  if (!number.ok) return number;
  const symbol = book.symbol(label.identifier.scheme);
  if (!fitsBars(number.value.barcode, LABEL_SIZE.width, symbol)) return fail(doesNotFit('identifier.number'));
  const elements = elementsOf(label, book);
  if (!elements.ok) return elements;
  const lack = checkElements(label, book);
  if (lack) return fail(lack);
  const matrix = matrixOf(label.matrix);
  if (!matrix.ok) return matrix;
  const marks = marksOf(label, book);
  if (!marks.ok) return marks;
  const unNumbers = book.unNumbersOf(label.handling ?? []);
  if (!unNumbers.ok) return unNumbers;
  const declaration = declarationOf(label);
  if (!declaration.ok) return declaration;
  return ok({
    label,
    number: number.value,
    symbol,
    elements: elements.value,
    matrix: matrix.value,
    marks: marks.value,
    unNumbers: unNumbers.value,
    declaration: declaration.value,
  });
};

/** What the zones want; `form` is the height of a customs form on the label. */
const wantsOf = (content: Content, paper: Paper, book: LabelBook, form: number): LabelWants => {
  const { label, symbol, elements, matrix, marks } = content;
  const isCompact = form > 0 || elements !== undefined;
  const width = ROOM - DETAILS - 2 * PAD;
  const sender = blockHeight(paper, partyWords(label.sender, 'sender'), width, SENDER_SIZE.size) + 18;
  const { least, most, compact } = SENDER_HEIGHT;
  const bars = (isCompact ? symbol.compactBarHeightMm : symbol.barHeightMm) * POINTS_PER_MM;
  const banner = symbol.banner === undefined ? 0 : BANNER;
  const second = book.symbol('elements').barHeightMm * POINTS_PER_MM + ELEMENT_TEXT + GAP;
  return {
    head: isCompact ? HEAD.compact : HEAD.full,
    sender: isCompact ? compact : Math.min(most, Math.max(least, sender)),
    matrix: matrix === undefined ? 0 : Math.min(matrixSide(matrix, book.matrix) + 2 * PAD, ROOM / 2),
    markCount: marks.length,
    markHeight: marks.some(({ translations }) => translations.length > 0) ? MARK_HEIGHT.translated : MARK_HEIGHT.plain,
    customs: form,
    elements: elements === undefined ? 0 : second,
    number: bars + banner + NUMBER_TEXT + (isCompact ? GAP : 2 * GAP),
  };
};

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
    { size: zone ? 28 : 36, min: 12, ...setting },
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

const drawMark = (page: Page, box: Box, mark: PrintedMark): void => {
  page.fill(box);
  const side = mark.picture === undefined ? 0 : box.height;
  const [left, words] = columnsOf(box, [side, box.width - side]) as [Box, Box];
  if (mark.picture !== undefined) drawPicture(page, inset(left, 3), mark.picture);
  const { text, translations, field } = mark;
  page.write(
    inset(words, 3, 1),
    [
      { text, field, weight: 'bold' },
      ...(translations.length > 0 ? [{ text: translations.join(' · '), field, scale: 0.85 }] : []),
    ],
    { size: 11, min: 4, align: 'center', vertical: 'middle', ink: 'white' },
  );
};

const drawNumber = (page: Page, box: Box, { number, symbol }: Content, gap: number): void => {
  // A long barcode takes its quiet zones from the margin of the label; a frame would stand in them.
  const isWide = !fitsBars(number.barcode, box.width - 2 * PAD, symbol);
  if (!isWide) page.frame(box);
  const inner = isWide ? { ...box, x: 0, width: LABEL_SIZE.width } : inset(box, PAD, gap / 2);
  const banner = symbol.banner === undefined ? 0 : BANNER;
  const heights = [banner, inner.height - banner - NUMBER_TEXT, NUMBER_TEXT];
  const [above, bars, text] = rowsOf(inner, heights) as [Box, Box, Box];
  if (symbol.banner !== undefined) {
    page.write(
      above,
      { text: symbol.banner, field: 'identifier', weight: 'bold' },
      { size: 10, align: 'center', vertical: 'top' },
    );
  }
  drawBarcode(page, bars, number.barcode, symbol);
  page.write(
    { ...text, x: box.x + PAD, width: box.width - 2 * PAD },
    { text: number.text, field: 'identifier.number', weight: 'bold' },
    { size: 12, min: 6, align: 'center', vertical: 'bottom' },
  );
};

const drawElements = (page: Page, box: Box, { elements }: Content, symbol: SymbolRecord): void => {
  if (elements === undefined) return;
  page.frame(box);
  const inner = inset(box, PAD, GAP / 2);
  const [bars, text] = rowsOf(inner, [inner.height - ELEMENT_TEXT, ELEMENT_TEXT]) as [Box, Box];
  drawBarcode(page, bars, elements.barcode, symbol);
  page.write(
    text,
    { text: elements.text, field: 'elements' },
    { size: 8, min: 4.5, align: 'center', vertical: 'bottom' },
  );
};

const drawLabelPage = (paper: Paper, content: Content, wants: LabelWants, book: LabelBook): void => {
  const page = paper.page(LABEL_SIZE);
  const { label, matrix, marks, declaration } = content;
  const boxes = labelBoxes(wants);
  drawHead(page, boxes, label);
  drawParties(page, boxes, label);
  if (matrix !== undefined) {
    page.frame(boxes.matrix);
    if (!drawMatrix(page, boxes.matrix, matrix, book.matrix)) paper.refuse(doesNotFit('matrix'));
  }
  for (const [index, box] of boxes.marks.entries()) {
    const mark = marks[index];
    if (mark) drawMark(page, box, mark);
  }
  if (declaration !== undefined && wants.customs > 0) drawCn22Inset(paper, page, boxes.customs, declaration);
  drawElements(page, boxes.elements, content, book.symbol('elements'));
  drawNumber(page, boxes.number, content, wants.customs > 0 || wants.elements > 0 ? GAP : 2 * GAP);
};

/**
 * Draws the pages of a label onto a paper: the label itself; a CN 22 whose goods leave no room for it there on a page of
 * its own; and the battery mark, which is nearly as wide as the label, on one of its own. Fails with `bad-value`; what
 * cannot be printed is noted in the paper.
 */
const drawPages = (paper: Paper, label: Label, book: LabelBook): Result<undefined, Fault> => {
  const made = contentOf(label, book);
  if (!made.ok) return made;
  const content = made.value;
  const { declaration, unNumbers } = content;
  const form = declaration && insetHeight(paper, declaration);
  const withForm = wantsOf(content, paper, book, form ?? 0);
  const isInset = form !== undefined && recipientRoom(withForm) >= LEAST_RECIPIENT;
  const wants = isInset ? withForm : wantsOf(content, paper, book, 0);
  if (recipientRoom(wants) < LEAST_RECIPIENT) return fail(doesNotFit('elements'));
  drawLabelPage(paper, content, wants, book);
  if (declaration && !isInset) {
    if (!fitsCn22(paper, declaration)) return fail(tooManyGoods(declaration));
    drawCn22(paper, declaration);
  }
  if (unNumbers.length > 0) drawBatteryMark(paper, book.batteryMark, unNumbers, label.smallPackage === true);
  return ok(undefined);
};

const tooManyGoods = ({ goods }: Declaration): Fault =>
  badValue('customs.goods', `${goods.length} lines`, 'as many as a CN 22 holds, or print a CN 23 beside the label');

/**
 * The pages of a label, each of 4 by 6 inches: see `drawPages`. Long texts are wrapped and set smaller. Fails with
 * `bad-value`, `cannot-print` (characters that the fonts lack) or `does-not-fit`.
 */
export const drawLabel = (label: Label, fonts: Fonts, book: LabelBook): Result<readonly Drawing[], Fault> => {
  const paper = Paper.open({ title: 'Label' }, fonts);
  const drawn = drawPages(paper, label, book);
  return drawn.ok ? paper.drawings() : drawn;
};

/** The label of a parcel as PDF, see `drawLabel`. */
export const labelPdf = (label: Label, fonts: Fonts, book: LabelBook): Result<Uint8Array, Fault> => {
  const title = `Label ${label.identifier.number}`;
  const paper = Paper.open({ title, ...(label.at !== undefined && { at: label.at }) }, fonts);
  const drawn = drawPages(paper, label, book);
  return drawn.ok ? paper.save() : drawn;
};
