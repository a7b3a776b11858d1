import type { Goods } from '../features.ts';
import { wordsOf } from '../words.ts';

/** Goods whose subheading is known. */
export interface Labelled {
  readonly goods: Goods;
  readonly hs6: string;
  /** Where labelled texts come from. */
  readonly kind: 'product' | 'parcel' | 'term' | 'nomenclature';
  /** Lines with the same words belong together, so that none is tested by its double. */
  readonly group: string;
  /** How much it counts in training. */
  readonly trust: number;
  readonly source: string;
}

/** The different words of a text in order of the alphabet, without numbers; the text itself when it has none. */
export const groupOf = (text: string): string =>
  [...new Set(wordsOf(text).filter((word) => !word.startsWith('#')))].sort().join(' ') || text;
