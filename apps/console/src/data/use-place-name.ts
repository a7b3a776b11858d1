import type { Place } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';

/** Begins with a country, as in `FR-31`, or is one. */
const REGION = /^([A-Z]{2})(?:-|$)/;

/**
 * Names places: markets by their country in the chosen language, all others as the network names them. Of one that it does
 * not know only the id is given.
 */
export const usePlaceName = (): ((place: Place | string) => string) => {
  const { format } = useSpeech();
  return (place) => {
    if (typeof place !== 'string') return place.kind === 'market' ? format.country(place.country) : place.name;
    const country = REGION.exec(place)?.[1];
    if (country === undefined) return place;
    return country === place ? format.country(country) : `${format.country(country)} (${place})`;
  };
};
