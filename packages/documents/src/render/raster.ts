import { POINTS_PER_MM } from '../box.ts';
import type { BarsItem, Drawing, Item, MatrixItem, TextItem } from '../drawing.ts';
import { Bitmap } from './bitmap.ts';
import type { GlyphStore } from './glyphs.ts';
import { matrixRuns } from './runs.ts';
import { type Placed, shapeBitmap } from './shape.ts';

/** How many dots a printer has per millimetre: 8 (203 dpi), 12 (300 dpi) or 24 (600 dpi). */
export type DotsPerMm = 8 | 12 | 24;

/** Dots per point. */
export const dotsPerPoint = (dotsPerMm: DotsPerMm): number => dotsPerMm / POINTS_PER_MM;

/** Whole dots of a module, so that all modules of a symbol are alike, and where the symbol begins to stay in its middle. */
export const wholeModule = (
  start: number,
  module: number,
  modules: number,
  scale: number,
): { dots: number; start: number } => {
  const dots = Math.max(1, Math.floor(module * scale + 0.01));
  return { dots, start: Math.round(start * scale + ((module * scale - dots) * modules) / 2) };
};

/** The modules of a linear symbol. */
export const widthOf = ({ barcode }: BarsItem): number => barcode.widths.reduce((sum, width) => sum + width, 0);

/** A line of text as dots, placed on the page. */
export const textBitmap = (item: TextItem, scale: number, glyphs: GlyphStore): Placed => {
  const size = item.size * scale;
  const placed: Placed[] = [];
  let x = item.x * scale;
  for (const { font, character, width } of item.face.set(item.text)) {
    const glyph = glyphs.glyph(font, character, size);
    placed.push({ x: Math.round(x) + glyph.x, y: Math.round(item.baseline * scale) + glyph.y, bitmap: glyph.bitmap });
    x += width * size;
  }
  return merged(placed.filter(({ bitmap }) => bitmap.data.length > 0));
};

const merged = (parts: readonly Placed[]): Placed => {
  const x = Math.min(...parts.map((part) => part.x));
  const y = Math.min(...parts.map((part) => part.y));
  const right = Math.max(...parts.map((part) => part.x + part.bitmap.width));
  const bottom = Math.max(...parts.map((part) => part.y + part.bitmap.height));
  if (parts.length === 0) return { x: 0, y: 0, bitmap: new Bitmap(0, 0) };
  const bitmap = new Bitmap(right - x, bottom - y);
  for (const part of parts) bitmap.stamp(part.bitmap, part.x - x, part.y - y, true);
  return { x, y, bitmap };
};

/** A page as the dots that a printer makes of it. Red is printed as black. */
export const rasterise = ({ size, items }: Drawing, dotsPerMm: DotsPerMm, glyphs: GlyphStore): Bitmap => {
  const scale = dotsPerPoint(dotsPerMm);
  const bitmap = new Bitmap(Math.round(size.width * scale), Math.round(size.height * scale));
  for (const item of items) paint(bitmap, item, scale, glyphs);
  return bitmap;
};

const paint = (bitmap: Bitmap, item: Item, scale: number, glyphs: GlyphStore): void => {
  switch (item.kind) {
    case 'fill':
      for (const box of item.boxes) {
        const [x, y] = [Math.round(box.x * scale), Math.round(box.y * scale)];
        const [right, bottom] = [Math.round((box.x + box.width) * scale), Math.round((box.y + box.height) * scale)];
        bitmap.rectangle(x, y, Math.max(1, right - x), Math.max(1, bottom - y), item.ink !== 'white');
      }
      return;
    case 'frame':
      paintFrame(bitmap, item, scale);
      return;
    case 'polygon': {
      const { x, y, bitmap: shape } = shapeBitmap([item.points.map(([px, py]) => [px * scale, py * scale])]);
      bitmap.stamp(shape, x, y, item.ink !== 'white');
      return;
    }
    case 'text': {
      const { x, y, bitmap: text } = textBitmap(item, scale, glyphs);
      bitmap.stamp(text, x, y, item.ink !== 'white');
      return;
    }
    case 'bars':
      paintBars(bitmap, item, scale);
      return;
    case 'matrix':
      paintMatrix(bitmap, item, scale);
  }
};

/** A frame in dots: its outer corner, its outer size, and its thickness. */
export const frameDots = ({ box, lineWidth }: Extract<Item, { kind: 'frame' }>, scale: number) => {
  const thickness = Math.max(1, Math.round(lineWidth * scale));
  const outset = thickness / 2;
  const x = Math.round(box.x * scale - outset);
  const y = Math.round(box.y * scale - outset);
  const width = Math.round((box.x + box.width) * scale + outset) - x;
  const height = Math.round((box.y + box.height) * scale + outset) - y;
  return { x, y, width, height, thickness };
};

const paintFrame = (bitmap: Bitmap, item: Extract<Item, { kind: 'frame' }>, scale: number): void => {
  const { x, y, width, height, thickness } = frameDots(item, scale);
  bitmap.rectangle(x, y, width, thickness, true);
  bitmap.rectangle(x, y + height - thickness, width, thickness, true);
  bitmap.rectangle(x, y, thickness, height, true);
  bitmap.rectangle(x + width - thickness, y, thickness, height, true);
};

const paintBars = (bitmap: Bitmap, item: BarsItem, scale: number): void => {
  const { dots, start } = wholeModule(item.x, item.module, widthOf(item), scale);
  const y = Math.round(item.y * scale);
  const height = Math.round(item.height * scale);
  let x = start;
  for (const [index, width] of item.barcode.widths.entries()) {
    if (index % 2 === 0) bitmap.rectangle(x, y, width * dots, height, true);
    x += width * dots;
  }
};

const paintMatrix = (bitmap: Bitmap, { matrix, x, y, module }: MatrixItem, scale: number): void => {
  const across = wholeModule(x, module, matrix.size, scale);
  const down = wholeModule(y, module, matrix.size, scale);
  for (const { column, row, length } of matrixRuns(matrix)) {
    const { dots } = across;
    bitmap.rectangle(across.start + column * dots, down.start + row * dots, length * dots, dots, true);
  }
};
