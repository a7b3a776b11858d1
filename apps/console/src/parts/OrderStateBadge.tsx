import type { OrderState } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from './Badge.tsx';
import { ORDER_TONES } from './tones.ts';

export const OrderStateBadge = ({ state }: { readonly state: OrderState }) => {
  const { text } = useSpeech();
  return <Badge tone={ORDER_TONES[state] ?? 'neutral'}>{wordFor(text.orderState, state)}</Badge>;
};
