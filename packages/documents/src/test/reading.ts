import { PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium';
import { PDFDocument } from 'pdf-lib';
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

/** The linear barcodes on the first page, printed at a resolution; `decoder` is the program of zxing-wasm. */
export const barcodesOf = async (pdf: Uint8Array, dpi: number, decoder: ArrayBuffer) => {
  prepareZXingModule({ overrides: { wasmBinary: decoder } });
  const [bitmap] = await onPages(pdf, (page) => bitmapOf(page, dpi));
  if (!bitmap) throw new Error('no page');
  const image = { data: new Uint8ClampedArray(bitmap.data), width: bitmap.width, height: bitmap.height };
  const found = await readBarcodes(image as Parameters<typeof readBarcodes>[0], { formats: ['Code128'] });
  return found.map(({ text, contentType }) => ({ text, contentType }));
};

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
