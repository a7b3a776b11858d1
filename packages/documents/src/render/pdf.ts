import { formatInstant, type Instant } from '@crossparcel/units';
import { strToU8, zlibSync } from 'fflate';
import type { Box } from '../box.ts';
import { joined } from '../bytes.ts';
import type { BarsItem, Drawing, Ink, Item, MatrixItem, TextItem } from '../drawing.ts';
import type { FontFile } from '../fonts.ts';
import { hex4, UsedFont } from './pdf-font.ts';
import { matrixRuns } from './runs.ts';

/** What stands in the properties of a document. */
interface Properties {
  readonly title: string;
  readonly at?: Instant;
}

const PRODUCER = 'Crossparcel documents';
const CATALOG = 1;
const PAGES = 2;
const INFO = 3;
const RESOURCES = 4;
const COLOUR: Readonly<Record<Ink, string>> = { black: '0 g', white: '1 g', red: '0.85 0 0.08 rg' };
/** A binary comment tells programs that the file is not text (ISO 32000-1, 7.5.2). */
const HEADER = new Uint8Array([...strToU8('%PDF-1.7\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]);

const pdfDate = (at: Instant): string => `D:${formatInstant(Math.floor(at / 1000) * 1000).replace(/[-:T]/g, '')}`;

/** A text string in UTF-16 with its byte order mark (ISO 32000-1, 7.9.2.2). */
const textString = (text: string): string =>
  `<feff${Array.from({ length: text.length }, (_, index) => hex4(text.charCodeAt(index))).join('')}>`;

/** A number of points, to a ten-thousandth. */
const number = (value: number): string => String(Math.round(value * 10_000) / 10_000);

/**
 * Writes a PDF (ISO 32000-1) piece by piece: `begin`, any number of `page`s, `end`. Each gives the bytes to write next,
 * and only glyph numbers and the places of objects are kept between them, so that a job of any length fits in memory.
 * Fonts are embedded once, at the end, with the glyphs that were used. The same drawings give the same bytes.
 */
export class PdfWriter {
  readonly #properties: Properties;
  readonly #offsets: number[] = [0, 0, 0, 0, 0];
  readonly #pages: number[] = [];
  readonly #fonts = new Map<FontFile, UsedFont>();
  readonly #keys = new Map<FontFile, string>();
  #length = 0;

  constructor(properties: Properties) {
    this.#properties = properties;
  }

  /** The first bytes of the file. */
  begin(): Uint8Array {
    this.#length = HEADER.length;
    return HEADER;
  }

  /** A page. */
  page({ size, items }: Drawing): Uint8Array {
    const content = items.map((item) => this.#item(item, size.height)).join('');
    const contentId = this.#newId();
    const stream = this.#stream(contentId, '', strToU8(content));
    const pageId = this.#newId();
    this.#pages.push(pageId);
    const box = `[0 0 ${number(size.width)} ${number(size.height)}]`;
    const page = this.#object(
      pageId,
      `<< /Type /Page /Parent ${PAGES} 0 R /MediaBox ${box} /Resources ${RESOURCES} 0 R /Contents ${contentId} 0 R >>`,
    );
    return joined([stream, page]);
  }

  /** What follows the last page: fonts, properties, and the places of all objects. */
  end(): Uint8Array {
    const fonts = [...this.#fonts].map(([file, font]) => this.#font(this.#keys.get(file) ?? '', font));
    const listed = fonts.map(({ key, id }) => `/${key} ${id} 0 R`).join(' ');
    const { title, at } = this.#properties;
    const dates = at === undefined ? '' : ` /CreationDate (${pdfDate(at)}) /ModDate (${pdfDate(at)})`;
    const kids = this.#pages.map((id) => `${id} 0 R`).join(' ');
    const parts = [
      ...fonts.map(({ bytes }) => bytes),
      this.#object(RESOURCES, `<< /ProcSet [/PDF /Text] /Font << ${listed} >> >>`),
      this.#object(PAGES, `<< /Type /Pages /Count ${this.#pages.length} /Kids [${kids}] >>`),
      this.#object(CATALOG, `<< /Type /Catalog /Pages ${PAGES} 0 R >>`),
      this.#object(INFO, `<< /Title ${textString(title)} /Producer ${textString(PRODUCER)}${dates} >>`),
    ];
    const table = this.#offsets
      .slice(1)
      .map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
      .join('');
    const count = this.#offsets.length;
    const trailer = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root ${CATALOG} 0 R /Info ${INFO} 0 R >>\nstartxref\n${this.#length}\n%%EOF\n`;
    return joined([...parts, strToU8(trailer)]);
  }

  #newId(): number {
    this.#offsets.push(0);
    return this.#offsets.length - 1;
  }

  #object(id: number, body: string): Uint8Array {
    return this.#place(id, strToU8(`${id} 0 obj\n${body}\nendobj\n`));
  }

  #stream(id: number, entries: string, content: Uint8Array): Uint8Array {
    const packed = zlibSync(content, { level: 1 });
    const head = `${id} 0 obj\n<< ${entries}/Length ${packed.length} /Filter /FlateDecode >>\nstream\n`;
    return this.#place(id, joined([strToU8(head), packed, strToU8('\nendstream\nendobj\n')]));
  }

  #place(id: number, bytes: Uint8Array): Uint8Array {
    this.#offsets[id] = this.#length;
    this.#length += bytes.length;
    return bytes;
  }

  /** A font as a Type 0 font over TrueType outlines (ISO 32000-1, 9.7). */
  #font(key: string, font: UsedFont): { key: string; id: number; bytes: Uint8Array } {
    const [id, descendant, descriptor, file, unicode] = [1, 2, 3, 4, 5].map(() => this.#newId()) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const name = `/CPFONT+Document${key}`;
    const outlines = font.file();
    const bytes = joined([
      this.#object(
        id,
        `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R >>`,
      ),
      this.#object(
        descendant,
        `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity /FontDescriptor ${descriptor} 0 R /W [0 [${font.widths().join(' ')}]] >>`,
      ),
      this.#object(
        descriptor,
        `<< /Type /FontDescriptor /FontName ${name} ${font.descriptor()} /FontFile2 ${file} 0 R >>`,
      ),
      this.#stream(file, `/Length1 ${outlines.length} `, outlines),
      this.#stream(unicode, '', strToU8(font.toUnicode())),
    ]);
    return { key, id, bytes };
  }

  #item(item: Item, height: number): string {
    switch (item.kind) {
      case 'fill':
        return `${COLOUR[item.ink]}\n${item.boxes.map((box) => rectangle(box, height)).join('')}f\n`;
      case 'frame':
        return `${number(item.lineWidth)} w\n${rectangle(item.box, height)}S\n`;
      case 'polygon': {
        const points = item.points.map(([x, y], index) => `${number(x)} ${number(height - y)} ${index ? 'l' : 'm'}\n`);
        return `${COLOUR[item.ink]}\n${points.join('')}h f\n`;
      }
      case 'text':
        return this.#text(item, height);
      case 'bars':
        return bars(item, height);
      case 'matrix':
        return matrix(item, height);
    }
  }

  #text({ text, face, size, x, baseline, ink }: TextItem, height: number): string {
    const pieces: string[] = [];
    let current: FontFile | undefined;
    let digits = '';
    const flush = () => {
      if (current) pieces.push(`/${this.#keys.get(current)} ${number(size)} Tf\n<${digits}> Tj\n`);
      digits = '';
    };
    for (const { font, glyph, character, width } of face.set(text)) {
      if (font !== current) {
        flush();
        current = font;
      }
      digits += this.#used(font).use(glyph, character, width);
    }
    flush();
    return `BT\n${COLOUR[ink]}\n${number(x)} ${number(height - baseline)} Td\n${pieces.join('')}ET\n`;
  }

  #used(font: FontFile): UsedFont {
    const known = this.#fonts.get(font);
    if (known) return known;
    const used = new UsedFont(font);
    this.#fonts.set(font, used);
    this.#keys.set(font, `F${this.#keys.size + 1}`);
    return used;
  }
}

const rectangle = ({ x, y, width, height }: Box, page: number): string =>
  `${number(x)} ${number(page - y - height)} ${number(width)} ${number(height)} re\n`;

const bars = ({ barcode, x, y, module, height }: BarsItem, page: number): string => {
  const parts: string[] = [];
  let at = x;
  for (const [index, width] of barcode.widths.entries()) {
    if (index % 2 === 0) parts.push(rectangle({ x: at, y, width: width * module, height }, page));
    at += width * module;
  }
  return `${COLOUR.black}\n${parts.join('')}f\n`;
};

const matrix = ({ matrix: symbol, x, y, module }: MatrixItem, page: number): string => {
  const boxes = matrixRuns(symbol).map(({ column, row, length }) =>
    rectangle({ x: x + column * module, y: y + row * module, width: length * module, height: module }, page),
  );
  return `${COLOUR.black}\n${boxes.join('')}f\n`;
};
