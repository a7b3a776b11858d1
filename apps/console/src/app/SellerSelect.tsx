import { NativeSelect } from '@mantine/core';
import { useChosenSeller } from '../data/SellerProvider.tsx';
import { useSellers } from '../data/use-sellers.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';

/** Narrows everything to one seller; shown to operators with several of them. */
export const SellerSelect = () => {
  const { text } = useSpeech();
  const { seller, choose } = useChosenSeller();
  const sellers = useSellers().data?.items ?? [];
  if (sellers.length < 2) return null;
  return (
    <NativeSelect
      size="xs"
      label={text.app.seller}
      value={seller ?? ''}
      onChange={({ currentTarget: { value } }) => choose(value === '' ? undefined : value)}
      data={[{ value: '', label: text.app.allSellers }, ...sellers.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
};
