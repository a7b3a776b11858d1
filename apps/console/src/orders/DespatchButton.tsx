import type { OrderAnswer } from '@crossparcel/api';
import { Button } from '@mantine/core';
import { useDespatch } from '../data/use-orders.ts';
import { useMay } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Notice } from '../parts/Notice.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from '../parts/parts.module.css';

/** Makes the parcels of a planned order. */
export const DespatchButton = ({ order }: { readonly order: OrderAnswer }) => {
  const { text, format, reason } = useSpeech();
  const despatch = useDespatch(order.seller);
  const { orders } = text;
  if (!useMay('parcels:write')) return null;
  return (
    <>
      <div>
        <Button size="xs" loading={despatch.isPending} onClick={() => despatch.mutate([order.id])}>
          {orders.despatch}
        </Button>
        <p className={css.note}>{orders.despatchHelp}</p>
      </div>
      {despatch.error && <ProblemNotice error={despatch.error} />}
      {despatch.data?.refused.map(({ code, what, mend }) => (
        <Notice key={code} tone="warn" title={orders.refused} isAlert>
          <p>{reason(what)}</p>
          <p>{reason(mend)}</p>
        </Notice>
      ))}
      {despatch.data && despatch.data.parcels.length > 0 && (
        <Notice tone="good" title={orders.despatched(format.number(despatch.data.parcels.length))} isAlert />
      )}
    </>
  );
};
