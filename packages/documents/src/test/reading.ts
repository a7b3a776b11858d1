import { PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium';
import { PDFDocument } from 'pdf-lib';
import { ready } from 'zpl-renderer-js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const DPI = 72;

const onPages = async <Value>(
  pdf: Uint8Array,
  read: (page: PDFiumPage) => Value | Promise<Value>,
): Promise<Value[]> => {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const values: Value[] = [];
    for (const page of document.pages()) values.push(await read(page));
    document.destroy();
    return values;
  } finally {
    library.destroy();
  }
};

const bitmapOf = (page: PDFiumPage, dpi: number) => page.render({ scale: dpi / DPI, render: 'bitmap' });

/** The text of each page as another program reads it, with single spaces. */
export const textOf = (pdf: Uint8Array): Promise<string[]> =>
  onPages(pdf, (page) => page.getText().replace(/\s+/g, ' '));

/** Width and height of each page in points. */
export const sizesOf = (pdf: Uint8Array): Promise<number[][]> =>
  onPages(pdf, (page) => {
    const { originalWidth, originalHeight } = page.getOriginalSize();
    return [originalWidth, originalHeight];
  });

/** A barcode as a decoder reads it. */
export interface Found {
  readonly format: string;
  readonly text: string;
  readonly contentType: string;
}

/** Every barcode of the kinds that labels bear; `decoder` is the program of zxing-wasm. */
const barcodesIn = async (image: Parameters<typeof readBarcodes>[0], decoder: ArrayBuffer): Promise<Found[]> => {
  prepareZXingModule({ overrides: { wasmBinary: decoder } });
  const found = await readBarcodes(image, { formats: ['Code128', 'DataMatrix'], tryHarder: true });
  return found.map(({ format, text, contentType }) => ({ format, text, contentType }));
};

/** The barcodes on all pages of a PDF, printed at a resolution. */
export const barcodesOnPages = async (pdf: Uint8Array, dpi: number, decoder: ArrayBuffer): Promise<Found[]> => {
  const bitmaps = await onPages(pdf, (page) => bitmapOf(page, dpi));
  const found = bitmaps.map(({ data, width, height }) =>
    barcodesIn({ data: new Uint8ClampedArray(data), width, height } as Parameters<typeof readBarcodes>[0], decoder),
  );
  return (await Promise.all(found)).flat();
};

/** The linear barcodes on a PDF, printed at a resolution. */
export const barcodesOf = async (pdf: Uint8Array, dpi: number, decoder: ArrayBuffer) =>
  (await barcodesOnPages(pdf, dpi, decoder)).map(({ text, contentType }) => ({ text, contentType }));

/** The labels of a ZPL job as PNG files, as a printer with eight dots per millimetre would print them. */
export const zplPictures = async (zpl: string): Promise<Uint8Array[]> => {
  const { api } = await ready;
  const pictures = await api.zplToBase64MultipleAsync(zpl, 101.6, 152.4, 8);
  return pictures.map((picture) => Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0)));
};

/** The barcodes on all labels of a ZPL job. */
export const barcodesOnZpl = async (zpl: string, decoder: ArrayBuffer): Promise<Found[]> =>
  (await Promise.all((await zplPictures(zpl)).map((picture) => barcodesIn(picture, decoder)))).flat();

/** The barcodes on a PNG. */
export const barcodesOnPng = (png: Uint8Array, decoder: ArrayBuffer): Promise<Found[]> => barcodesIn(png, decoder);

/** How many pixels outside the printable area are not white, when the paper is made larger all around. */
export const pixelsOutside = async (pdf: Uint8Array, margin: number): Promise<number> => {
  const around = 60;
  const larger = await PDFDocument.load(pdf);
  for (const page of larger.getPages()) {
    page.setMediaBox(-around, -around, page.getWidth() + 2 * around, page.getHeight() + 2 * around);
  }
  const counts = await onPages(await larger.save(), async (page) => {
    const { data, width, height } = await bitmapOf(page, DPI);
    const edge = around + margin - 1;
    let count = 0;
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const isInside = x >= edge && x < width - edge && y >= edge && y < height - edge;
        if (!isInside && data[(y * width + x) * 4] !== 255) count += 1;
      }
    }
    return count;
  });
  return counts.reduce((sum, count) => sum + count, 0);
};
