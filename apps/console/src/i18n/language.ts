import { en, type Strings } from './en.ts';
import { zh } from './zh.ts';

/** Languages of the console by their BCP 47 tags. */
export const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

export const STRINGS: Readonly<Record<Language, Strings>> = { en, 'zh-CN': zh };

const isLanguage = (text: string | null): text is Language => text !== null && text in LANGUAGES;

/** The language that was chosen before, else the first that the browser asks for and we have, else English. */
export const startLanguage = (stored: string | null, wanted: readonly string[]): Language => {
  if (isLanguage(stored)) return stored;
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
};

/** A word for a value of the server; a value that has none is shown as it is. */
export const wordFor = (words: Readonly<Record<string, string>>, value: string): string =>
  Object.hasOwn(words, value) ? (words[value] ?? value) : value;
