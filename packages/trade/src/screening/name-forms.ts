import { latinOf } from '../addresses/latin.ts';
import { LONGEST_WORD } from './jaro-winkler.ts';
import type { ScreeningMethod } from './method.ts';

/** Most words of a name that count; bits of a 32-bit number stand for them. */
const MOST_WORDS = 30;

/** The ways in which one name is compared: lists of words in small Latin letters, and its consonants alone. */
export interface NameForms {
  /** The words as they are written. */
  readonly words: readonly string[];
  /** The words with short ones joined to their neighbours, where that makes others. */
  readonly joined: readonly (readonly string[])[];
  /** The words without vowels. */
  readonly consonants: readonly string[];
  /** The script writes few vowels, so that the name can only be compared by its consonants. */
  readonly vowelless: boolean;
}

/** Tells `LAST, First` from a list of companies' names: one comma, and no form of a company after it. */
const inReadingOrder = (name: string, companyForms: ReadonlySet<string>): string => {
  const parts = name.split(/[,，]/);
  const [last = '', first = ''] = parts;
  const rest = wordsOf(first);
  const isPerson = parts.length === 2 && rest.length > 0 && !rest.every((word) => companyForms.has(word));
  return isPerson ? `${first} ${last}` : name;
};

/** Words in small letters: apostrophes and dots vanish (`O'Neil`, `S.A.`), every other sign parts words. */
const wordsOf = (latin: string): string[] =>
  latin
    .toLowerCase()
    .replace(/[.'’`´]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, LONGEST_WORD));

const withoutCompanyForms = (words: readonly string[], forms: ReadonlySet<string>): readonly string[] => {
  let end = words.length;
  while (end > 1 && forms.has(words[end - 1] as string)) end -= 1;
  return words.slice(0, end);
};

/** Joins each word of up to `most` letters with its neighbour on one side. */
const joined = (words: readonly string[], most: number, side: 'next' | 'previous'): string[] => {
  const ordered = side === 'next' ? words : [...words].reverse();
  const result: string[] = [];
  let open = '';
  for (const word of ordered) {
    const whole = side === 'next' ? open + word : word + open;
    open = word.length <= most ? whole : '';
    if (open === '') result.push(whole);
  }
  if (open !== '') result.push(open);
  const ordinary = side === 'next' ? result : result.reverse();
  return ordinary.map((word) => word.slice(0, LONGEST_WORD));
};

/** The article of Arabic, which its script joins to the word. */
const ARABIC_ARTICLE = /(?<=^|\s)ال(?=\p{L}{2})/gu;

const bare = (word: string): string => word.replace(/[aeiouwy]/g, '').replace(/(.)\1+/g, '$1');

/** Prepares names for comparison. */
export class NameReader {
  readonly #method: ScreeningMethod;
  readonly #companyForms: ReadonlySet<string>;
  readonly #stopWords: ReadonlySet<string>;
  readonly #articles: ReadonlySet<string>;

  constructor(method: ScreeningMethod) {
    this.#method = method;
    this.#companyForms = new Set(method.companyForms);
    this.#stopWords = new Set(method.stopWords);
    this.#articles = new Set(method.articles);
  }

  /**
   * The forms of a name in any script: `LAST, First` turned round, Latin letters, no accents, company forms or stop words.
   * A name of nothing but such words keeps them.
   */
  forms(name: string): NameForms {
    const ordered = inReadingOrder(name.normalize('NFKC'), this.#companyForms);
    const { text, reading } = latinOf(ordered.replace(ARABIC_ARTICLE, ''), true);
    const all = wordsOf(text).slice(0, MOST_WORDS);
    const kept = withoutCompanyForms(all, this.#companyForms).filter((word) => !this.#stopWords.has(word));
    const words = kept.length > 0 ? kept : all;
    const joinedForms: string[][] = [];
    for (const side of words.length > 1 ? (['next', 'previous'] as const) : []) {
      const other = joined(words, this.#method.joinUpToLetters, side);
      if ([words, ...joinedForms].every((known) => known.join(' ') !== other.join(' '))) joinedForms.push(other);
    }
    const consonants = words
      .filter((word) => !this.#articles.has(word))
      .map(bare)
      .filter((word) => word !== '');
    return { words, joined: joinedForms, consonants, vowelless: reading === 'consonants' };
  }
}
