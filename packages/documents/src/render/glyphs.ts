import type { FontFile } from '../fonts.ts';
import { type Contour, type Placed, shapeBitmap } from './shape.ts';

/** Straight pieces that stand for a curve; glyphs are at most some hundred dots high. */
const PIECES = 6;
/** Glyphs kept at once. */
const KEPT = 4000;

type Point = readonly [number, number];

const along = (points: readonly Point[], share: number): Point => {
  const [first, ...others] = points;
  if (others.length === 0 || !first) return first ?? [0, 0];
  const between = others.map((point, index): Point => {
    const [x, y] = points[index] as Point;
    return [x + (point[0] - x) * share, y + (point[1] - y) * share];
  });
  return along(between, share);
};

const pairs = (args: readonly number[]): Point[] =>
  Array.from({ length: args.length / 2 }, (_, index) => [args[index * 2] ?? 0, args[index * 2 + 1] ?? 0]);

/** The outline of a character as closed polygons, in dots with y downwards, the baseline at 0. */
const contoursOf = (font: FontFile, character: string, size: number): Contour[] => {
  const scale = size / font.unitsPerEm;
  const contours: Point[][] = [];
  for (const { command, args } of font.outlineOf(character)) {
    if (command === 'moveTo') contours.push([]);
    const contour = contours.at(-1);
    if (!contour || command === 'closePath') continue;
    const points = pairs(args).map(([x, y]): Point => [x * scale, -y * scale]);
    const start = contour.at(-1);
    if (points.length === 1 || !start) contour.push(...points);
    else for (let piece = 1; piece <= PIECES; piece += 1) contour.push(along([start, ...points], piece / PIECES));
  }
  return contours;
};

/** Glyphs as dots, kept for the next time. */
export class GlyphStore {
  readonly #kept = new Map<FontFile, Map<string, Placed>>();
  #count = 0;

  /** A character's dots at a size in dots, placed from its origin on the baseline. */
  glyph(font: FontFile, character: string, size: number): Placed {
    const key = `${size.toFixed(2)} ${character}`;
    const known = this.#kept.get(font)?.get(key);
    if (known) return known;
    if (this.#count >= KEPT) {
      this.#kept.clear();
      this.#count = 0;
    }
    const made = shapeBitmap(contoursOf(font, character, size));
    const ofFont = this.#kept.get(font) ?? new Map<string, Placed>();
    this.#kept.set(font, ofFont.set(key, made));
    this.#count += 1;
    return made;
  }
}
