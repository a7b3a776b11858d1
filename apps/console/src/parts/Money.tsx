import { useSpeech } from '../i18n/LanguageProvider.tsx';

/** An amount with its currency, on one line. */
export const Money = ({ amount, currency }: { readonly amount: string; readonly currency: string }) => {
  const { format } = useSpeech();
  return <span style={{ whiteSpace: 'nowrap' }}>{format.money(amount, currency)}</span>;
};
