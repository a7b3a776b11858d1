import type { OutlookAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';

/** Writes what a total comes to in eight cases of ten. */
export const useRange = () => {
  const { text, format } = useSpeech();
  return (spike: OutlookAnswer['orders']): string => {
    if (!spike) return '–';
    const [low, high] = ['0.1', '0.9'].map((level) => Math.round(spike.quantiles[level] ?? spike.median));
    return text.posts.range(format.number(low ?? 0), format.number(high ?? 0));
  };
};
