import { zlibSync } from 'fflate';
import type { BarsItem, Drawing, Ink, Item, MatrixItem, TextItem } from '../drawing.ts';
import type { GlyphStore } from './glyphs.ts';
import { type DotsPerMm, dotsPerPoint, frameDots, textBitmap, wholeModule, widthOf } from './raster.ts';
import { type Placed, shapeBitmap } from './shape.ts';

// Commands as in Zebra's ZPL II programming guide. Font 0 is the scalable font that every printer has; beyond Latin-1 what
// it holds depends on the printer, so that other text is sent as dots.
const IN_FONT_0 = /^[\x20-\x7e\xa0-\xff]*$/;
/** Height of a character cell of font 0 as a multiple of the size of type, so that its letters get the height of ours. */
const CELL = 1;
/** Share of the cell above the baseline. */
const ABOVE = 0.76;
/** Characters that mean something to the printer within a field, and the escape sign itself. */
const ESCAPED = /[\^~_\\]/g;
/** The text of a field with the signs that the printer would take for commands as hexadecimal. */
const fieldText = (text: string): string =>
  text.replace(ESCAPED, (sign) => `_${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** CRC-16 of CCITT with start value 0, which ends a Z64 field. */
const crc16 = (text: string): string => {
  let crc = 0;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff) >>> 0;
  }
  return crc.toString(16).padStart(4, '0');
};

/** Dots as a graphic field, compressed. */
const graphic = ({ x, y, bitmap }: Placed): string => {
  if (bitmap.data.length === 0) return '';
  const packed = zlibSync(bitmap.data, { level: 6 });
  const base64 = btoa(String.fromCharCode(...packed));
  const { length } = bitmap.data;
  return `^FO${x},${y}^GFA,${length},${length},${bitmap.stride},:Z64:${base64}:${crc16(base64)}^FS\n`;
};

/** A graphic in an ink: white turns the dots below it, which are black where white is printed. */
const inked = (field: string, ink: Ink): string => (ink === 'white' ? field.replace('^GFA', '^FR^GFA') : field);

/** Element strings with a length that their application identifier fixes need no separator (GS1 General Specifications, 7.8.5). */
const FIXED_LENGTH = /^(0[0-4]|1[1-9]|20|3[1-6]|41)/;

/** Element strings without brackets, with a separator after those that end where the next begins. */
const chained = (text: string, separator: string, plain: (value: string) => string): string => {
  const elements = Array.from(text.matchAll(/\((\d+)\)([^(]*)/g), ([, ai = '', value = '']) => ({ ai, value }));
  return elements
    .map(({ ai, value }, index) => {
      const isOpen = index < elements.length - 1 && !FIXED_LENGTH.test(ai);
      return ai + plain(value) + (isOpen ? separator : '');
    })
    .join('');
};

/** In GS1 mode (D) the printer sets the first FNC1 itself; `>8` is a further one, and `>0` the sign itself. */
const barsField = (item: BarsItem, scale: number): string => {
  const { dots, start } = wholeModule(item.x, item.module, widthOf(item), scale);
  const height = Math.round(item.height * scale);
  const { text, isGs1 } = item.barcode;
  const data = isGs1 ? chained(text, '>8', (value) => value.replaceAll('>', '>0')) : text;
  const mode = isGs1 ? 'D' : 'A';
  return `^FO${start},${Math.round(item.y * scale)}^BY${dots},3,${height}^BCN,${height},N,N,N,${mode}^FH^FD${fieldText(data)}^FS\n`;
};

/** FNC1 in a Data Matrix field whose escape sign is a tilde. */
const FNC1 = '~1';

const matrixField = ({ matrix, x, y, module }: MatrixItem, scale: number): string => {
  const across = wholeModule(x, module, matrix.size, scale);
  const down = wholeModule(y, module, matrix.size, scale);
  const data = matrix.isGs1 ? FNC1 + chained(matrix.text, FNC1, (value) => value) : matrix.text;
  return `^FO${across.start},${down.start}^BXN,${across.dots},200,,,,~^FH^FD${fieldText(data)}^FS\n`;
};

const textField = (item: TextItem, scale: number, glyphs: GlyphStore): string => {
  if (!IN_FONT_0.test(item.text)) {
    return inked(graphic(textBitmap(item, scale, glyphs)), item.ink);
  }
  const size = Math.round(item.size * scale * CELL);
  const width = Math.ceil(item.width * scale);
  const y = Math.round(item.baseline * scale - ABOVE * size);
  const reversed = item.ink === 'white' ? '^FR' : '';
  const side = { left: 'L', center: 'C', right: 'R' }[item.align];
  return `^FO${Math.round(item.x * scale)},${y}${reversed}^A0N,${size},${size}^FB${width},1,0,${side},0^FH^FD${fieldText(item.text)}^FS\n`;
};

const field = (item: Item, scale: number, glyphs: GlyphStore): string => {
  switch (item.kind) {
    case 'fill':
      return item.boxes.map((box) => filledBox(box, scale, item.ink === 'white')).join('');
    case 'frame': {
      const { x, y, width, height, thickness } = frameDots(item, scale);
      return `^FO${x},${y}^GB${width},${height},${thickness}^FS\n`;
    }
    case 'polygon':
      return inked(graphic(shapeBitmap([item.points.map(([x, y]) => [x * scale, y * scale])])), item.ink);
    case 'text':
      return textField(item, scale, glyphs);
    case 'bars':
      return barsField(item, scale);
    case 'matrix':
      return matrixField(item, scale);
  }
};

const filledBox = (
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  scale: number,
  isWhite: boolean,
): string => {
  const [x, y] = [Math.round(box.x * scale), Math.round(box.y * scale)];
  const width = Math.max(1, Math.round((box.x + box.width) * scale) - x);
  const height = Math.max(1, Math.round((box.y + box.height) * scale) - y);
  return `^FO${x},${y}^GB${width},${height},${Math.min(width, height)},${isWhite ? 'W' : 'B'}^FS\n`;
};

/**
 * A page as one label in ZPL II. Barcodes are the printer's own (`^BC`, `^BX`) with the data and the modules of the other
 * forms; text is in the printer's font 0 within the same places, and as dots where font 0 may lack it.
 */
export const zplOf = ({ size, items }: Drawing, dotsPerMm: DotsPerMm, glyphs: GlyphStore): string => {
  const scale = dotsPerPoint(dotsPerMm);
  const [width, height] = [Math.floor(size.width * scale), Math.floor(size.height * scale)];
  const fields = items.map((item) => field(item, scale, glyphs)).join('');
  return `^XA^CI28^PW${width}^LL${height}^LH0,0\n${fields}^XZ\n`;
};
