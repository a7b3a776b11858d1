import fontkit from '@pdf-lib/fontkit';
import type { Measure } from './fit.ts';

/** The fonts of a document as the bytes of TrueType files. The caller reads them, because this room reads no files. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  /**
   * Fonts for characters that the first two lack, asked in order. They are large, so each is read when a text first needs
   * it; the function has to give the same bytes every time.
   */
  readonly others?: readonly (() => Uint8Array)[];
}

/** The weight of a piece of text. The other fonts have one weight for both. */
export type Weight = 'regular' | 'bold';

type Font = ReturnType<typeof fontkit.create>;

/** A piece of a glyph's outline in font units: `moveTo`, `lineTo`, `quadraticCurveTo`, `bezierCurveTo`, `closePath`. */
interface PathCommand {
  readonly command: string;
  readonly args: readonly number[];
}

/** A parsed font file. */
export class FontFile {
  readonly bytes: Uint8Array;
  readonly unitsPerEm: number;
  /** Heights above and below the baseline at size one. */
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly bounds: readonly [number, number, number, number];
  readonly #font: Font;

  constructor(bytes: Uint8Array) {
    const font = fontkit.create(bytes);
    this.bytes = bytes;
    this.#font = font;
    this.unitsPerEm = font.unitsPerEm;
    this.ascent = font.ascent / font.unitsPerEm;
    this.descent = -font.descent / font.unitsPerEm;
    // Measured, because older files do not tell.
    this.capHeight =
      Math.max(0, ...this.outlineOf('H').flatMap(({ args }) => args.filter((_, index) => index % 2 === 1))) /
      font.unitsPerEm;
    const { minX, minY, maxX, maxY } = font.bbox;
    this.bounds = [minX, minY, maxX, maxY];
  }

  /** The glyph of a character and its width at size one; undefined when the font lacks it. */
  glyphOf(character: string): { readonly id: number; readonly width: number } | undefined {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!this.#font.hasGlyphForCodePoint(codePoint)) return undefined;
    const glyph = this.#font.glyphForCodePoint(codePoint);
    return { id: glyph.id, width: glyph.advanceWidth / this.unitsPerEm };
  }

  /** The outline of a character's glyph in font units, y upwards. */
  outlineOf(character: string): readonly PathCommand[] {
    const { path } = this.#font.glyphForCodePoint(character.codePointAt(0) ?? 0);
    return (path as unknown as { commands: readonly PathCommand[] }).commands;
  }
}

/** A character as it is set: its font, its glyph there, and its width at size one. */
interface SetCharacter {
  readonly character: string;
  readonly font: FontFile;
  readonly glyph: number;
  readonly width: number;
}

/** The fonts of one weight, with what it takes to set text in them. Widths and heights are at size one. */
export interface Face {
  readonly widthOf: Measure;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** The characters of a text that cannot be printed, each once. */
  readonly missingFrom: (text: string) => string[];
  /** A text as set characters. Characters that cannot be printed are left out. */
  readonly set: (text: string) => SetCharacter[];
}

// One glyph per character, from left to right, is right for these scripts and wrong for Arabic, Hebrew, Thai and the
// Indic scripts. Marks that NFC cannot join to their letter would need positions that are not written here.
const SET_ONE_BY_ONE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}]$/u;
// Conjoining jamo that NFC leaves are parts of a syllable, not characters of their own.
const NEEDS_MORE = /[\p{C}\p{M}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

/** Text in the form in which it is printed: composed letters (NFC), white space as single spaces. */
export const printable = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

const files = new WeakMap<Uint8Array | (() => Uint8Array), FontFile>();

/** Parses a font once, however many documents it is used in. */
const fileOf = (source: Uint8Array | (() => Uint8Array)): FontFile => {
  const known = files.get(source);
  if (known) return known;
  const file = new FontFile(typeof source === 'function' ? source() : source);
  files.set(source, file);
  return file;
};

const faceOf = (sources: readonly (Uint8Array | (() => Uint8Array))[]): Face => {
  const known = new Map<string, SetCharacter | undefined>();
  const [first] = sources;
  if (!first) throw new RangeError('a face without fonts');
  const main = fileOf(first);
  const find = (character: string): SetCharacter | undefined => {
    if (!SET_ONE_BY_ONE.test(character) || NEEDS_MORE.test(character)) return undefined;
    for (const source of sources) {
      const font = fileOf(source);
      const glyph = font.glyphOf(character);
      if (glyph) return { character, font, glyph: glyph.id, width: glyph.width };
    }
    return undefined;
  };
  const setOne = (character: string): SetCharacter | undefined => {
    if (!known.has(character)) known.set(character, find(character));
    return known.get(character);
  };
  return {
    ascent: main.ascent,
    descent: main.descent,
    capHeight: main.capHeight,
    widthOf: (text) => {
      let width = 0;
      for (const character of text) width += setOne(character)?.width ?? 0;
      return width;
    },
    missingFrom: (text) => [...new Set(text)].filter((character) => setOne(character) === undefined),
    set: (text) => Array.from(text, setOne).filter((one) => one !== undefined),
  };
};

const faces = new WeakMap<Fonts, Readonly<Record<Weight, Face>>>();

/** The faces of both weights. Throws when the bytes are no TrueType fonts. */
export const facesOf = (fonts: Fonts): Readonly<Record<Weight, Face>> => {
  const known = faces.get(fonts);
  if (known) return known;
  const others = fonts.others ?? [];
  const made = { regular: faceOf([fonts.regular, ...others]), bold: faceOf([fonts.bold, ...others]) };
  faces.set(fonts, made);
  return made;
};
