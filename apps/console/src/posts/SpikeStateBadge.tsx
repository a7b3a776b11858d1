import type { OutlookAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from '../parts/Badge.tsx';
import type { Tone } from '../style/theme.ts';

const TONES: Readonly<Record<string, Tone>> = { growing: 'info', peaked: 'neutral', noise: 'neutral', coming: 'warn' };

/** What the goods of a post do, or else its views; `coming` before it is published. */
export const spikeStateOf = ({ orders, views, notes }: OutlookAnswer): string | undefined =>
  notes.includes('not-published-yet') ? 'coming' : (orders?.state ?? views?.state);

export const SpikeStateBadge = ({ state }: { readonly state: string }) => {
  const { text } = useSpeech();
  return <Badge tone={TONES[state] ?? 'neutral'}>{wordFor(text.spikeState, state)}</Badge>;
};
