import anyAscii from 'any-ascii';
import { pinyin } from 'pinyin-pro';

/** A text in Latin letters, and how far its reading can be trusted. */
export interface Latin {
  readonly text: string;
  /**
   * `letters`: each sign has a letter of its own (Cyrillic, Greek, kana, hangul). `pinyin`: Chinese characters as they are
   * read in Mandarin. `consonants`: Arabic and Hebrew, which leave most vowels out. `approximate`: Thai and other scripts
   * of which the order of letters is not the order of sounds.
   */
  readonly reading: 'letters' | 'pinyin' | 'consonants' | 'approximate';
}

const HAN = /\p{Script=Han}+/gu;
const CONSONANTAL = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const APPROXIMATE = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Devanagari}]/u;
const ASCII = /^[\x20-\x7e]*$/;

const capital = (syllable: string): string => syllable.charAt(0).toUpperCase() + syllable.slice(1);

/** Chinese characters in pinyin without tones: a syllable each, or family name and given name where `asName`. */
const mandarin = (characters: string, asName: boolean): string => {
  const options = { toneType: 'none', type: 'array' } as const;
  if (!asName || characters.length < 2) return pinyin(characters, options).map(capital).join(' ');
  const syllables = pinyin(characters, { ...options, surname: 'head' });
  // Two-character family names are rare; of four characters the first two are one.
  const family = characters.length >= 4 ? 2 : 1;
  return [syllables.slice(0, family), syllables.slice(family)].map((part) => capital(part.join(''))).join(' ');
};

/**
 * Writes a text in Latin letters without accents. Chinese characters are read in Mandarin (pinyin without tones, with the
 * readings that family names have where `asName`); every other script goes letter by letter after the tables of AnyASCII.
 * Texts that are Latin already only lose their accents.
 */
export const latinOf = (text: string, asName = false): Latin => {
  if (ASCII.test(text)) return { text, reading: 'letters' };
  const hasHan = text.search(HAN) >= 0;
  const spaced = hasHan ? text.replace(HAN, (run) => ` ${mandarin(run, asName)} `) : text;
  // Hangul syllables come as GimJeongEun; a name is written in one word for each of its parts.
  const plain = anyAscii(spaced.normalize('NFKC')).replace(/\s+/g, ' ').trim();
  if (CONSONANTAL.test(text)) return { text: plain, reading: 'consonants' };
  if (APPROXIMATE.test(text)) return { text: plain, reading: 'approximate' };
  return { text: plain, reading: hasHan ? 'pinyin' : 'letters' };
};
