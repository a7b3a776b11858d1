import type { Place } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';

/** Names places: markets by their country in the chosen language, all others as the network names them. */
export const usePlaceName = (): ((place: Place) => string) => {
  const { format } = useSpeech();
  return ({ kind, name, country }) => (kind === 'market' ? format.country(country) : name);
};
