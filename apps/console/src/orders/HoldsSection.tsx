import type { OrderAnswer } from '@crossparcel/api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useReleaseOrder } from '../data/use-orders.ts';
import { useMay } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { HoldForm } from './HoldForm.tsx';

const HOLDABLE: ReadonlySet<OrderAnswer['state']> = new Set(['ready', 'held']);

/** What holds an order, with ways to release it and to put another hold on it. */
export const HoldsSection = ({ order }: { readonly order: OrderAnswer }) => {
  const { text, reason } = useSpeech();
  const release = useReleaseOrder(order.id);
  const mayWrite = useMay('orders:write');
  const [isOpen, setOpen] = useState(false);
  const { orders } = text;
  return (
    <Section title={orders.holds}>
      <div className={css.stack}>
        {order.holds.length === 0 && <p className={css.sub}>{orders.noHolds}</p>}
        {order.holds.length > 0 && (
          <ul className={css.rows}>
            {order.holds.map(({ code, why, mend }) => (
              <li key={code} className={css.between}>
                <div>
                  <span className={css.mono}>{code}</span>
                  <p>{reason(why)}</p>
                  {mend !== '' && (
                    <p className={css.sub}>
                      {orders.mend} {reason(mend)}
                    </p>
                  )}
                </div>
                {mayWrite && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={orders.releaseOf(code)}
                    loading={release.isPending && release.variables === code}
                    onClick={() => release.mutate(code)}
                  >
                    {orders.release}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {release.error && <ProblemNotice error={release.error} />}
        {mayWrite && HOLDABLE.has(order.state) && !isOpen && (
          <div>
            <Button size="xs" variant="default" onClick={() => setOpen(true)}>
              {orders.hold}
            </Button>
          </div>
        )}
        {isOpen && <HoldForm order={order.id} onClose={() => setOpen(false)} />}
      </div>
    </Section>
  );
};
