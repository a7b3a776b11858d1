import { type Fault, fail, type Instant, ok, type Result } from '@crossparcel/units';
import { strToU8 } from 'fflate';
import type { Drawing } from '../drawing.ts';
import { badValue } from '../faults.ts';
import type { Fonts } from '../fonts.ts';
import type { Bitmap } from '../render/bitmap.ts';
import { GlyphStore } from '../render/glyphs.ts';
import { PdfWriter } from '../render/pdf.ts';
import { pngOf } from '../render/png.ts';
import { type DotsPerMm, rasterise } from '../render/raster.ts';
import { zplOf } from '../render/zpl.ts';
import type { LabelBook } from './book.ts';
import { drawLabel } from './draw.ts';
import type { Label } from './label.ts';

/** Forms of a print job: pages for any printer, commands for label printers, a picture to look at. */
export const LABEL_FORMS = ['pdf', 'zpl', 'png'] as const;
export type LabelForm = (typeof LABEL_FORMS)[number];

/** How a job is printed. `dotsPerMm` counts for ZPL and PNG; `at` stands in the properties of a PDF. */
export interface LabelJobSettings {
  readonly form: LabelForm;
  readonly dotsPerMm: DotsPerMm;
  readonly at?: Instant;
}

/** Pages that one picture shows at most, below one another. */
const MAX_PICTURES = 100;
const NOTHING = new Uint8Array(0);

/** Turns pages into bytes, piece by piece. */
interface Printer {
  begin(): Uint8Array;
  page(drawing: Drawing): Result<Uint8Array, Fault>;
  end(): Uint8Array;
}

const pdfPrinter = (at: Instant | undefined): Printer => {
  const writer = new PdfWriter({ title: 'Labels', ...(at !== undefined && { at }) });
  return { begin: () => writer.begin(), page: (drawing) => ok(writer.page(drawing)), end: () => writer.end() };
};

const zplPrinter = (dotsPerMm: DotsPerMm): Printer => {
  const glyphs = new GlyphStore();
  return {
    begin: () => NOTHING,
    page: (drawing) => ok(strToU8(zplOf(drawing, dotsPerMm, glyphs))),
    end: () => NOTHING,
  };
};

const pngPrinter = (dotsPerMm: DotsPerMm): Printer => {
  const glyphs = new GlyphStore();
  const bitmaps: Bitmap[] = [];
  return {
    begin: () => NOTHING,
    page: (drawing) => {
      const right = `at most ${MAX_PICTURES} pages for one picture, or print a PDF`;
      if (bitmaps.length >= MAX_PICTURES) return fail(badValue('label', bitmaps.length + 1, right));
      bitmaps.push(rasterise(drawing, dotsPerMm, glyphs));
      return ok(NOTHING);
    },
    end: () => (bitmaps.length === 0 ? NOTHING : pngOf(bitmaps)),
  };
};

/**
 * A print job: any number of labels as one PDF, one file of ZPL, or one PNG with the labels below one another. Each call
 * gives the bytes to write next; beside what PNG needs, nothing of a label is kept when the next one is printed.
 */
export class LabelJob {
  readonly #fonts: Fonts;
  readonly #book: LabelBook;
  readonly #printer: Printer;

  constructor(settings: LabelJobSettings, fonts: Fonts, book: LabelBook) {
    this.#fonts = fonts;
    this.#book = book;
    const { form, dotsPerMm, at } = settings;
    const printers = {
      pdf: () => pdfPrinter(at),
      zpl: () => zplPrinter(dotsPerMm),
      png: () => pngPrinter(dotsPerMm),
    };
    this.#printer = printers[form]();
  }

  /** The first bytes. */
  begin(): Uint8Array {
    return this.#printer.begin();
  }

  /** The pages of a label; nothing of a label that fails is printed. Fails as `labelPdf` does. */
  add(label: Label): Result<readonly Uint8Array[], Fault> {
    const drawings = drawLabel(label, this.#fonts, this.#book);
    if (!drawings.ok) return drawings;
    const parts: Uint8Array[] = [];
    for (const drawing of drawings.value) {
      const part = this.#printer.page(drawing);
      if (!part.ok) return part;
      parts.push(part.value);
    }
    return ok(parts);
  }

  /** The last bytes. */
  end(): Uint8Array {
    return this.#printer.end();
  }
}
