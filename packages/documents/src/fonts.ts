import fontkit from '@pdf-lib/fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';
import type { Measure } from './fit.ts';

/** The fonts of a document as the bytes of TrueType files. The caller reads them, because this room reads no files. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/** The weight of a piece of text. */
export type Weight = keyof Fonts;

/** A font in a document, with what it takes to set text in it. Widths and heights are at size one. */
export interface Face {
  readonly pdf: PDFFont;
  readonly widthOf: Measure;
  readonly ascent: number;
  readonly descent: number;
  /** The characters of a text that cannot be printed, each once. */
  readonly missingFrom: (text: string) => string[];
}

type Fontkit = Parameters<PDFDocument['registerFontkit']>[0];
type Font = ReturnType<Fontkit['create']>;

// One glyph per character, from left to right, is right for these scripts and wrong for Arabic, Hebrew and the Indic
// scripts. Marks that NFC cannot join to their letter would need positions that pdf-lib does not write.
const SET_ONE_BY_ONE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]$/u;
const NEEDS_MORE = /[\p{C}\p{M}]/u;

/** Text in the form in which it is printed: composed letters (NFC), white space as single spaces. */
export const printable = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

const canSet = (font: Font, character: string): boolean =>
  SET_ONE_BY_ONE.test(character) &&
  !NEEDS_MORE.test(character) &&
  font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);

const measureOf = (font: Font): Measure => {
  const widths = new Map<string, number>();
  const widthOfCharacter = (character: string): number => {
    const known = widths.get(character);
    if (known !== undefined) return known;
    const width = font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm;
    widths.set(character, width);
    return width;
  };
  return (text) => {
    let width = 0;
    for (const character of text) width += widthOfCharacter(character);
    return width;
  };
};

/**
 * Embeds the part of a font that gets used. The name is fixed, since the one that pdf-lib makes up would depend on what
 * else is in the document. Each character becomes its own glyph: no ligatures, so that text read back is text written.
 */
export const embedFace = async (pdf: PDFDocument, bytes: Uint8Array, name: string): Promise<Face> => {
  const font: Font = fontkit.create(bytes);
  const plain = Object.assign(font, { layout: (text: string) => ({ glyphs: font.glyphsForString(text) }) });
  pdf.registerFontkit({ create: () => plain as Font });
  return {
    pdf: await pdf.embedFont(bytes, { subset: true, customName: name }),
    widthOf: measureOf(font),
    ascent: font.ascent / font.unitsPerEm,
    descent: -font.descent / font.unitsPerEm,
    missingFrom: (text) => [...new Set(text)].filter((character) => !canSet(font, character)),
  };
};
