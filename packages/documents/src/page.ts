import type { Fault } from '@crossparcel/units';
import type { Box, PageSize } from './box.ts';
import type { Drawing, Ink, Item } from './drawing.ts';
import { cannotPrint, doesNotFit } from './faults.ts';
import { sizesBetween, wrap } from './fit.ts';
import { type Face, printable, type Weight } from './fonts.ts';

/** What a page is drawn with, and who is told why something cannot be printed. */
interface Press {
  readonly faces: Readonly<Record<Weight, Face>>;
  refuse(fault: Fault): void;
}

/** A paragraph to print, and the field of the input from which it comes. */
export interface Words {
  readonly text: string;
  readonly field: string;
  readonly weight?: Weight;
  /** Size as a multiple of the size of the block; 1 when missing. */
  readonly scale?: number;
}

/** How a block of paragraphs is set. Sizes in points: the largest that fits, from `size` down to `min`, is taken. */
export interface Setting {
  readonly size: number;
  readonly min?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly vertical?: 'top' | 'middle' | 'bottom';
  readonly ink?: Ink;
}

interface Line {
  readonly text: string;
  readonly weight: Weight;
  readonly size: number;
  readonly height: number;
}

const SHARE_BEFORE = { left: 0, center: 0.5, right: 1, top: 0, middle: 0.5, bottom: 1 };
const HAIRLINE = 0.6;

const linesOf = (press: Press, block: readonly Words[], width: number, size: number): Line[] =>
  block.flatMap(({ text, weight = 'regular', scale = 1 }) => {
    const face = press.faces[weight];
    const height = size * scale * (face.ascent + face.descent);
    return wrap(printable(text), width / (size * scale), face.widthOf).map((line) => ({
      text: line,
      weight,
      size: size * scale,
      height,
    }));
  });

const heightOf = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + line.height, 0);

/** The height in points that a block takes at a size when it is wrapped to a width. */
export const blockHeight = (press: Press, block: readonly Words[], width: number, size: number): number =>
  heightOf(linesOf(press, block, width, size));

const isWithin = (press: Press, lines: readonly Line[], box: Box): boolean =>
  heightOf(lines) <= box.height + 0.01 &&
  lines.every((line) => press.faces[line.weight].widthOf(line.text) * line.size <= box.width + 0.01);

/** A page while it is drawn. Coordinates are points from the top left corner. */
export class Page {
  readonly size: PageSize;
  readonly #press: Press;
  readonly #items: Item[] = [];

  constructor(press: Press, size: PageSize) {
    this.#press = press;
    this.size = size;
  }

  /** What has been drawn so far. */
  get drawing(): Drawing {
    return { size: this.size, items: this.#items };
  }

  /** Prints a block within a box. What cannot be printed or does not fit is noted in the document, and left out. */
  write(box: Box, words: Words | readonly Words[], setting: Setting): void {
    const block = 'text' in words ? [words] : words;
    const { size, min = size } = setting;
    if (!this.#canPrint(block)) return;
    for (const tried of sizesBetween(size, min)) {
      const lines = linesOf(this.#press, block, box.width, tried);
      if (isWithin(this.#press, lines, box)) {
        this.#draw(box, lines, setting);
        return;
      }
    }
    this.#press.refuse(doesNotFit(block[0]?.field ?? ''));
  }

  /** Draws the outline of a box. */
  frame(box: Box, lineWidth = HAIRLINE): void {
    this.#items.push({ kind: 'frame', box, lineWidth });
  }

  /** Fills boxes with black, as one path. */
  fill(...boxes: readonly Box[]): void {
    this.#items.push({ kind: 'fill', boxes, ink: 'black' });
  }

  /** Puts something else on the page. */
  draw(item: Item): void {
    this.#items.push(item);
  }

  #canPrint(block: readonly Words[]): boolean {
    let isGood = true;
    for (const { text, weight = 'regular', field } of block) {
      const missing = this.#press.faces[weight].missingFrom(printable(text));
      if (missing.length === 0) continue;
      this.#press.refuse(cannotPrint(field, missing));
      isGood = false;
    }
    return isGood;
  }

  #draw(box: Box, lines: readonly Line[], { align = 'left', vertical = 'top', ink = 'black' }: Setting): void {
    let y = box.y + (box.height - heightOf(lines)) * SHARE_BEFORE[vertical];
    for (const { text, weight, size, height } of lines) {
      const face = this.#press.faces[weight];
      const width = face.widthOf(text) * size;
      const x = box.x + (box.width - width) * SHARE_BEFORE[align];
      const baseline = y + face.ascent * size;
      this.#items.push({ kind: 'text', text, face, bold: weight === 'bold', size, x, baseline, width, align, ink });
      y += height;
    }
  }
}
