import type { PlanAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from './Badge.tsx';
import { PLAN_TONES } from './tones.ts';

export const PlanStateBadge = ({ state }: { readonly state: PlanAnswer['state'] }) => {
  const { text } = useSpeech();
  return <Badge tone={PLAN_TONES[state] ?? 'neutral'}>{wordFor(text.planState, state)}</Badge>;
};
