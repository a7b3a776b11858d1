import { encode } from 'fast-png';
import { Bitmap } from './bitmap.ts';

/** Bitmaps below one another as one PNG of one bit a pixel, black on white. */
export const pngOf = (bitmaps: readonly Bitmap[]): Uint8Array => {
  const width = Math.max(...bitmaps.map((bitmap) => bitmap.width));
  const sheet = new Bitmap(
    width,
    bitmaps.reduce((sum, { height }) => sum + height, 0),
  );
  let row = 0;
  for (const bitmap of bitmaps) {
    for (let line = 0; line < bitmap.height; line += 1) {
      const from = line * bitmap.stride;
      sheet.data.set(bitmap.data.subarray(from, from + bitmap.stride), (row + line) * sheet.stride);
    }
    row += bitmap.height;
  }
  // In PNG a bit of 1 is white.
  const data = sheet.data.map((byte) => ~byte);
  return encode({ width, height: sheet.height, data, depth: 1, channels: 1 });
};
