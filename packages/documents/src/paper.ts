import { type Fault, fail, type Instant, ok, type Result } from '@crossparcel/units';
import type { PageSize } from './box.ts';
import { joined } from './bytes.ts';
import type { Drawing } from './drawing.ts';
import { type Face, type Fonts, facesOf, type Weight } from './fonts.ts';
import { Page } from './page.ts';
import { PdfWriter } from './render/pdf.ts';

/** What stands in the properties of a document. */
export interface PaperProperties {
  readonly title: string;
  /** Written as the time of creation and of the last change, where it is given; so the same input gives the same bytes. */
  readonly at?: Instant;
}

/**
 * A document while it is drawn. What cannot be printed is noted and makes `drawings` and `save` fail, so that those who
 * draw need not look after each line.
 */
export class Paper {
  readonly faces: Readonly<Record<Weight, Face>>;
  readonly #properties: PaperProperties;
  readonly #pages: Page[] = [];
  readonly #faults: Fault[] = [];

  private constructor(properties: PaperProperties, fonts: Fonts) {
    this.#properties = properties;
    this.faces = facesOf(fonts);
  }

  /** An empty document. Throws when the bytes are no TrueType fonts. */
  static open(properties: PaperProperties, fonts: Fonts): Paper {
    return new Paper(properties, fonts);
  }

  /** Adds a page of a size in points. */
  page(size: PageSize): Page {
    const page = new Page(this, size);
    this.#pages.push(page);
    return page;
  }

  /** Notes why the document cannot be. */
  refuse(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** Its pages, or the first thing that could not be printed. */
  drawings(): Result<readonly Drawing[], Fault> {
    const [fault] = this.#faults;
    return fault ? fail(fault) : ok(this.#pages.map(({ drawing }) => drawing));
  }

  /** The bytes of the document as PDF, or the first thing that could not be printed. */
  save(): Result<Uint8Array, Fault> {
    const drawings = this.drawings();
    if (!drawings.ok) return drawings;
    const writer = new PdfWriter(this.#properties);
    const parts = [writer.begin(), ...drawings.value.map((drawing) => writer.page(drawing)), writer.end()];
    return ok(joined(parts));
  }
}
