import { type Box, inset } from './box.ts';
import type { Page, Setting, Words } from './page.ts';

/** The caption of a box on a form, in English and French. */
export interface Caption {
  readonly en: string;
  readonly fr: string;
}

const CAPTION_LINE = 6.6;
const CAPTION_SIZE = { size: 5.5, min: 3 };
const PAD = 3;
/** Captions up to this many letters stand in one line with their translation. */
const SHORT = 12;

/** Prints a bilingual caption in a box; both languages in one line when `lines` is 1, else one below the other. */
export const writeCaption = (page: Page, box: Box, caption: Caption, lines: 1 | 2): void => {
  const words: Words[] =
    lines === 1
      ? [{ text: `${caption.en} / ${caption.fr}`, field: 'form' }]
      : [
          { text: caption.en, field: 'form', weight: 'bold' },
          { text: caption.fr, field: 'form' },
        ];
  page.write({ ...inset(box, PAD, 1.5), height: CAPTION_LINE * lines }, words, CAPTION_SIZE);
};

/** Draws a box of a form: outline, bilingual caption at the top, and what is entered below. */
export const drawCell = (
  page: Page,
  box: Box,
  caption: Caption,
  words: readonly Words[],
  setting: Setting = { size: 8, min: 4.5 },
): void => {
  page.frame(box);
  const lines = box.height >= 30 && caption.en.length > SHORT ? 2 : 1;
  writeCaption(page, box, caption, lines);
  const used = CAPTION_LINE * lines + 2;
  const body = { ...inset(box, PAD, 0), y: box.y + used, height: box.height - used - 1 };
  if (words.length > 0) page.write(body, words, setting);
};
