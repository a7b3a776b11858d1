/** Words of a goods description, brought to a common form: how titles in many scripts and spellings become comparable. */

const COMBINING = /\p{M}+/gu;
const PIECES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const NUMBER_WITH_UNIT = /^\d+(?:x\d+)*([a-z]{0,6})$/;
const LONGEST_WORD = 24;

/** Lower case without accents; `ß` is written out. */
export const plainText = (text: string): string =>
  text.normalize('NFKD').replaceAll(COMBINING, '').toLowerCase().replaceAll('ß', 'ss');

const PLURALS: readonly (readonly [RegExp, string])[] = [
  [/(?<=..)ies$/, 'y'],
  [/(?<=ss|x|ch|sh|zz)es$/, ''],
  [/(?<=[^suis'])s$/, ''],
];

/** Takes an English, French or Spanish plural ending off: enough to let `rings` meet `ring`. */
const singular = (word: string): string => {
  if (word.length < 4) return word;
  for (const [ending, instead] of PLURALS) if (ending.test(word)) return word.replace(ending, instead);
  return word;
};

/** Numbers become `#`, with their unit (`20pcs` → `#pc`): the count says nothing of the goods, the unit may. */
const withoutNumber = (word: string): string => {
  if (word === '925') return word;
  const unit = NUMBER_WITH_UNIT.exec(word)?.[1];
  return unit === undefined ? word : `#${unit}`;
};

const eastAsianPairs = (run: string): string[] => {
  const signs = [...run];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, place) => `${signs[place]}${sign}`);
};

const common = (piece: string): string => singular(withoutNumber(piece.replace(/['’].*$/, '').slice(0, LONGEST_WORD)));

/**
 * The words of a text in order: without accents, case and plural; a number is `#` plus its unit; Chinese and Japanese
 * script, which has no spaces, is cut into overlapping pairs of signs.
 */
export const wordsOf = (text: string): string[] =>
  (plainText(text).match(PIECES) ?? []).flatMap((piece) =>
    EAST_ASIAN.test(piece) ? eastAsianPairs(piece) : [common(piece)],
  );

/** A 32-bit FNV-1a hash of a text, from a seed that keeps kinds of features apart. */
export const hashOf = (text: string, seed: number): number => {
  let hash = (0x81_1c_9d_c5 ^ Math.imul(seed, 0x9e_37_79_b1)) >>> 0;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01_00_01_93);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c_1b_3c_6d);
  return (hash ^ (hash >>> 13)) >>> 0;
};
