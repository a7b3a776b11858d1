import type { ParcelState } from '@crossparcel/trace';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from './Badge.tsx';
import { PARCEL_TONES } from './tones.ts';

export const ParcelStateBadge = ({ state }: { readonly state: ParcelState }) => {
  const { text } = useSpeech();
  return <Badge tone={PARCEL_TONES[state] ?? 'neutral'}>{wordFor(text.parcelState, state)}</Badge>;
};
