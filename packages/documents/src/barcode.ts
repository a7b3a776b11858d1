import bwip from 'bwip-js/generic';
import { type Box, POINTS_PER_MM } from './box.ts';
import type { Page } from './page.ts';

/** The widths of a linear barcode in modules: bar, space, bar, and so on. */
export interface Barcode {
  readonly widths: readonly number[];
}

// Module widths in millimetres, best first. 0.5 and 0.375 are whole dots of printers with 203 dpi (8 dots per mm);
// 0.33 is the least that this room prints.
const MODULE_MM = [0.5, 0.375, 0.33];
/** Light margin on each side, in modules: ISO/IEC 15417, 4.7. */
const QUIET_MODULES = 10;
/** Least height of bars in points: 12.7 mm. */
const MIN_HEIGHT = 12.7 * POINTS_PER_MM;

const encode = (symbology: string, text: string): Barcode => {
  const [symbol] = bwip.raw(symbology, text, {});
  if (!symbol || !('sbs' in symbol)) throw new RangeError(`${symbology} is not a linear barcode`);
  return { widths: symbol.sbs };
};

/** A text as Code 128 (ISO/IEC 15417), for example an S10 identifier. Throws when it holds characters outside ASCII. */
export const code128 = (text: string): Barcode => encode('code128', text);

/** An SSCC as GS1-128 with application identifier 00. Throws when it is no SSCC. */
export const gs1Sscc = (number: string): Barcode => encode('gs1-128', `(00)${number}`);

/** The width of a barcode with its quiet zones, in modules. */
const modulesOf = ({ widths }: Barcode): number => widths.reduce((sum, width) => sum + width, 2 * QUIET_MODULES);

/**
 * Draws a barcode as bars as high as the box, in the widest module that the box takes with quiet zones of ten modules,
 * in the middle. Throws a RangeError when the box is too narrow for modules of 0.33 mm or lower than 12.7 mm.
 */
export const drawBarcode = (page: Page, box: Box, barcode: Barcode): void => {
  const modules = modulesOf(barcode);
  const module = MODULE_MM.map((mm) => mm * POINTS_PER_MM).find((points) => modules * points <= box.width);
  if (module === undefined || box.height < MIN_HEIGHT) throw new RangeError('the box is too small for the barcode');
  let x = box.x + (box.width - modules * module) / 2 + QUIET_MODULES * module;
  const bars: Box[] = [];
  for (const [index, width] of barcode.widths.entries()) {
    if (index % 2 === 0) bars.push({ x, y: box.y, width: width * module, height: box.height });
    x += width * module;
  }
  page.fill(...bars);
};
