import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import bwip from 'bwip-js/generic';
import { type Box, inset, POINTS_PER_MM } from './box.ts';
import { badValue } from './faults.ts';
import type { Page } from './page.ts';
import type { Barcode, Matrix } from './symbol.ts';

/** A data element of GS1: application identifier and value. */
export interface Gs1Element {
  readonly ai: string;
  readonly value: string;
}

/** How a linear symbol is printed: modules in millimetres, best first, and the light margins in modules. */
export interface BarSetting {
  readonly modulesMm: readonly number[];
  readonly quietModules: number;
  readonly minHeightMm: number;
}

/** ISO/IEC 15417: a quiet zone of ten modules (4.7). The least height is the one of GS1 General Specifications, 5.5. */
const FORM_BARS: BarSetting = { modulesMm: [0.5, 0.375, 0.33], quietModules: 10, minHeightMm: 12.7 };
const encode = (symbology: 'code128' | 'gs1-128', text: string): Barcode => {
  const [symbol] = bwip.raw(symbology, text, {});
  if (!symbol || !('sbs' in symbol)) throw new RangeError(`${symbology} is not a linear barcode`);
  return { widths: symbol.sbs, text, isGs1: symbology === 'gs1-128' };
};

/** A text as Code 128 (ISO/IEC 15417), for example an S10 identifier. Throws when it holds characters outside ASCII. */
export const code128 = (text: string): Barcode => encode('code128', text);

/** An SSCC as GS1-128 with application identifier 00. Throws when it is no SSCC. */
export const gs1Sscc = (number: string): Barcode => encode('gs1-128', `(00)${number}`);

/** Data elements as they stand under a barcode: `(420)10118(00)...`. */
export const elementText = (elements: readonly Gs1Element[]): string =>
  elements.map(({ ai, value }) => `(${ai})${value}`).join('');

/** What an encoder says against a value, as a fault; other errors are passed on. */
const refused = <Value>(field: string, value: unknown, right: string, work: () => Value): Result<Value, Fault> => {
  try {
    return ok(work());
  } catch (error) {
    const what = /^(?:Error: )?bwipp\.\w+#\d+: (.*)$/.exec(String(error))?.[1];
    if (what === undefined) throw error;
    return fail({ ...badValue(field, value, right), what: `${JSON.stringify(value)} cannot stand here: ${what}` });
  }
};

/**
 * Data elements as GS1-128, in the order given, with FNC1 where the GS1 dictionary asks for it. Fails with `bad-value` when
 * an application identifier is not known, a value breaks its format or check digit, or elements do not go together.
 */
export const gs1Barcode = (elements: readonly Gs1Element[], field: string): Result<Barcode, Fault> => {
  const text = elementText(elements);
  return refused(field, text, 'elements as the GS1 General Specifications allow them', () => encode('gs1-128', text));
};

const matrixOf = (symbology: string, text: string, isGs1: boolean): Matrix => {
  const [symbol] = bwip.raw(symbology, text, {});
  if (!symbol || !('pixs' in symbol)) throw new RangeError(`${symbology} is not a matrix`);
  const { pixs, pixx, pixy } = symbol;
  if (pixx !== pixy) throw new RangeError('a Data Matrix that is not square');
  return { size: pixx, dark: pixs, text, isGs1 };
};

/** Data elements as GS1 DataMatrix (ISO/IEC 16022, ECC 200). Fails as `gs1Barcode` does, or when they are too long. */
export const gs1Matrix = (elements: readonly Gs1Element[], field: string): Result<Matrix, Fault> => {
  const text = elementText(elements);
  const right = 'elements as the GS1 General Specifications allow them';
  return refused(field, text, right, () => matrixOf('gs1datamatrix', text, true));
};

// The tilde introduces functions where printers make the symbol themselves.
const PLAIN_TEXT = /^[\x20-\x7d]+$/;

/** A text as Data Matrix (ISO/IEC 16022, ECC 200). Fails with `bad-value` for other than printable ASCII and for ~, or when it is too long. */
export const plainMatrix = (text: string, field: string): Result<Matrix, Fault> => {
  const right = 'printable ASCII characters other than ~, at most about 2,000';
  if (!PLAIN_TEXT.test(text)) return fail(badValue(field, text, right));
  return refused(field, text, right, () => matrixOf('datamatrix', text, false));
};

/** The width of a barcode with its quiet zones, in modules. */
const modulesOf = ({ widths }: Barcode, quietModules: number): number =>
  widths.reduce((sum, width) => sum + width, 2 * quietModules);

/** The widest module in points that fits a barcode into a width with its quiet zones; undefined when none does. */
const moduleFor = (barcode: Barcode, width: number, { modulesMm, quietModules }: BarSetting): number | undefined => {
  const modules = modulesOf(barcode, quietModules);
  return modulesMm.map((mm) => mm * POINTS_PER_MM).find((points) => modules * points <= width + 0.01);
};

/** Whether a barcode fits into a width in one of the modules of its setting. */
export const fitsBars = (barcode: Barcode, width: number, setting: BarSetting): boolean =>
  moduleFor(barcode, width, setting) !== undefined;

/**
 * Draws a barcode as bars as high as the box, in the widest module that the box takes with its quiet zones, in the middle.
 * Throws a RangeError when the box is too narrow for the narrowest module or too low.
 */
export const drawBarcode = (page: Page, box: Box, barcode: Barcode, setting: BarSetting = FORM_BARS): void => {
  const module = moduleFor(barcode, box.width, setting);
  if (module === undefined || box.height < setting.minHeightMm * POINTS_PER_MM - 0.01) {
    throw new RangeError('the box is too small for the barcode');
  }
  const modules = modulesOf(barcode, setting.quietModules);
  const x = box.x + (box.width - modules * module) / 2 + setting.quietModules * module;
  page.draw({ kind: 'bars', barcode, x, y: box.y, module, height: box.height });
};

/** How a matrix is printed: modules in millimetres, best first, and the light margin on each side in modules. */
export interface MatrixSetting {
  readonly modulesMm: readonly number[];
  readonly quietModules: number;
}

/** The side in points that a matrix takes at most with its quiet zone. */
export const matrixSide = (matrix: Matrix, { modulesMm, quietModules }: MatrixSetting): number =>
  (matrix.size + 2 * quietModules) * (modulesMm[0] ?? 0) * POINTS_PER_MM;

/** Draws a matrix in the middle of a box, in the widest module that fits with its quiet zone; false when none does. */
export const drawMatrix = (
  page: Page,
  box: Box,
  matrix: Matrix,
  { modulesMm, quietModules }: MatrixSetting,
): boolean => {
  const modules = matrix.size + 2 * quietModules;
  const room = Math.min(box.width, box.height) + 0.01;
  const module = modulesMm.map((mm) => mm * POINTS_PER_MM).find((points) => modules * points <= room);
  if (module === undefined) return false;
  const side = matrix.size * module;
  const { x, y } = inset(box, (box.width - side) / 2, (box.height - side) / 2);
  page.draw({ kind: 'matrix', matrix, x, y, module });
  return true;
};
