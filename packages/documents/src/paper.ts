import { type Fault, fail, formatInstant, type Instant, ok, type Result } from '@crossparcel/units';
import { PDFDocument, PDFHexString, PDFString } from 'pdf-lib';
import type { PageSize } from './box.ts';
import { embedFace, type Face, type Fonts, type Weight } from './fonts.ts';
import { Page } from './page.ts';

/** What stands in the properties of a document. */
export interface PaperProperties {
  readonly title: string;
  /** Written as the time of creation and of the last change, so that the same input gives the same bytes. */
  readonly at: Instant;
}

const PRODUCER = 'Crossparcel documents';

const pdfDate = (at: Instant): string => `D:${formatInstant(Math.floor(at / 1000) * 1000).replace(/[-:T]/g, '')}`;

/**
 * A PDF document while it is written. What cannot be printed is noted and makes `save` fail, so that those who draw need
 * not look after each line.
 */
export class Paper {
  readonly faces: Readonly<Record<Weight, Face>>;
  readonly #pdf: PDFDocument;
  readonly #faults: Fault[] = [];

  private constructor(pdf: PDFDocument, faces: Record<Weight, Face>) {
    this.#pdf = pdf;
    this.faces = faces;
  }

  /** An empty document. Throws when the bytes are no TrueType fonts. */
  static async open(properties: PaperProperties, fonts: Fonts): Promise<Paper> {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const { context } = pdf;
    // Written by hand: the setters of pdf-lib take a Date, and a pure room has none.
    const info = context.obj({
      Title: PDFHexString.fromText(properties.title),
      Producer: PDFHexString.fromText(PRODUCER),
      CreationDate: PDFString.of(pdfDate(properties.at)),
      ModDate: PDFString.of(pdfDate(properties.at)),
    });
    context.trailerInfo.Info = context.register(info);
    const regular = await embedFace(pdf, fonts.regular, 'CPREGU+DocumentRegular');
    const bold = await embedFace(pdf, fonts.bold, 'CPBOLD+DocumentBold');
    return new Paper(pdf, { regular, bold });
  }

  /** Adds a page of a size in points. */
  page(size: PageSize): Page {
    return new Page(this, this.#pdf.addPage([size.width, size.height]));
  }

  /** Notes why the document cannot be. */
  refuse(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** The bytes of the document, or the first thing that could not be printed. */
  async save(): Promise<Result<Uint8Array, Fault>> {
    const [fault] = this.#faults;
    if (fault) return fail(fault);
    // All objects in one go: pauses would need a timer.
    return ok(await this.#pdf.save({ objectsPerTick: Number.POSITIVE_INFINITY, addDefaultPage: false }));
  }
}
