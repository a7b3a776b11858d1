import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { readSetting, writeSetting } from '../data/settings.ts';
import { createFormat, type Format } from '../format/format.ts';
import type { Strings } from './en.ts';
import { type Language, STRINGS, startLanguage } from './language.ts';
import { reasonIn } from './reasons.ts';

interface Speech {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly text: Strings;
  readonly format: Format;
  readonly reason: (sentence: string) => string;
}

const Context = createContext<Speech | undefined>(undefined);
const SETTING = 'language';

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(() => startLanguage(readSetting(SETTING), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo(
    (): Speech => ({
      language,
      setLanguage: (chosen) => {
        writeSetting(SETTING, chosen);
        setLanguage(chosen);
      },
      text: STRINGS[language],
      format: createFormat(language),
      reason: (sentence) => reasonIn(language, sentence),
    }),
    [language],
  );
  return <Context value={speech}>{children}</Context>;
};

/** Texts and formats of the chosen language. */
export const useSpeech = (): Speech => {
  const speech = use(Context);
  if (!speech) throw new Error('useSpeech needs a LanguageProvider above it');
  return speech;
};
