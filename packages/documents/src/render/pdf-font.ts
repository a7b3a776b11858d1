import type { FontFile } from '../fonts.ts';
import { TrueTypeOutlines } from './truetype-subset.ts';

const outlines = new WeakMap<FontFile, TrueTypeOutlines>();

const outlinesOf = (font: FontFile): TrueTypeOutlines => {
  const known = outlines.get(font);
  if (known) return known;
  const made = new TrueTypeOutlines(font.bytes);
  outlines.set(font, made);
  return made;
};

/** Hexadecimal digits of a text in UTF-16, big end first. */
const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => hex4(text.charCodeAt(index))).join('');

/** Four hexadecimal digits. */
export const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** Entries of one block of a character map (Adobe Technical Note 5411, 1.4.1). */
const BLOCK = 100;

/** The part of a font that a document uses. Glyphs get numbers as they come, so that pages can be written at once. */
export class UsedFont {
  readonly #font: FontFile;
  readonly #numbers = new Map<number, number>();
  readonly #glyphs: number[] = [0];
  readonly #widths: number[] = [0];
  readonly #characters: string[] = [''];

  constructor(font: FontFile) {
    this.#font = font;
  }

  /** The number of a glyph in this document, as four hexadecimal digits. */
  use(glyph: number, character: string, width: number): string {
    const known = this.#numbers.get(glyph);
    if (known !== undefined) return hex4(known);
    const number = this.#glyphs.length;
    this.#numbers.set(glyph, number);
    this.#glyphs.push(glyph);
    this.#widths.push(Math.round(width * 1000));
    this.#characters.push(character);
    return hex4(number);
  }

  /** The font file with the used glyphs. */
  file(): Uint8Array {
    return outlinesOf(this.#font).subset(this.#glyphs);
  }

  /** The widths of its glyphs in thousandths of the size. */
  widths(): readonly number[] {
    return this.#widths;
  }

  /** Which character each glyph stands for, as a character map (ISO 32000-1, 9.10.3). */
  toUnicode(): string {
    const entries = this.#characters.slice(1).map((character, index) => `<${hex4(index + 1)}> <${utf16(character)}>\n`);
    const blocks: string[] = [];
    for (let at = 0; at < entries.length; at += BLOCK) {
      const block = entries.slice(at, at + BLOCK);
      blocks.push(`${block.length} beginbfchar\n${block.join('')}endbfchar\n`);
    }
    return [
      '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n',
      '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n',
      '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n',
      ...blocks,
      'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n',
    ].join('');
  }

  /** The entries of its descriptor (ISO 32000-1, 9.8.1), without the name and the file. */
  descriptor(): string {
    const { unitsPerEm, ascent, descent, capHeight, bounds } = this.#font;
    const box = bounds.map((value) => Math.round((value * 1000) / unitsPerEm)).join(' ');
    const up = Math.round(ascent * 1000);
    return `/Flags 4 /FontBBox [${box}] /ItalicAngle 0 /Ascent ${up} /Descent ${Math.round(-descent * 1000)} /CapHeight ${Math.round(capHeight * 1000)} /StemV 80`;
  }
}
