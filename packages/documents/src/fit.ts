/** The width of a text at size one, so that its width at another size is a multiple of it. */
export type Measure = (text: string) => number;

// Sums of floating-point widths in another order may differ in the last bits.
const TOLERANCE = 1e-9;

// A word that is wider than a line, such as a SKU, is better broken after one of these than anywhere.
const AFTER_SEPARATOR = /(?<=[-_/.,@])/u;

/** Pieces of a word none of which is wider than `width`; a single character may be. */
const pieces = (word: string, width: number, measure: Measure): string[] => {
  const found: string[] = [];
  let piece = '';
  let used = 0;
  const put = (part: string) => {
    const more = measure(part);
    if (piece !== '' && used + more > width) {
      found.push(piece);
      piece = '';
      used = 0;
    }
    piece += part;
    used += more;
  };
  for (const segment of word.split(AFTER_SEPARATOR)) {
    for (const part of measure(segment) <= width ? [segment] : segment) put(part);
  }
  return [...found, piece];
};

/**
 * Breaks a text into lines no wider than `width` (in the unit of `measure`), at spaces where it can and within words
 * where a word is wider than a line. No character but spaces at breaks is lost.
 */
export const wrap = (text: string, width: number, measure: Measure): string[] => {
  const limit = width + TOLERANCE;
  const space = measure(' ');
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const put = (piece: string) => {
    const more = measure(piece);
    if (line !== '' && used + space + more <= limit) {
      line += ` ${piece}`;
      used += space + more;
      return;
    }
    if (line !== '') lines.push(line);
    line = piece;
    used = more;
  };
  for (const word of text.split(' ')) {
    for (const piece of measure(word) <= limit ? [word] : pieces(word, limit, measure)) put(piece);
  }
  return line === '' ? lines : [...lines, line];
};

/** The sizes to try, largest first, in half points; both ends are tried. */
export const sizesBetween = (largest: number, smallest: number): number[] => {
  const steps = Math.max(0, Math.ceil((largest - smallest) * 2));
  return Array.from({ length: steps + 1 }, (_, step) => Math.max(smallest, largest - step / 2));
};
