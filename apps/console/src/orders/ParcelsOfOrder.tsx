import type { DecisionAnswer, OrderAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { useParcelsOfOrder } from '../data/use-parcels.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Answer } from '../parts/Answer.tsx';
import { ParcelStateBadge } from '../parts/ParcelStateBadge.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { DespatchButton } from './DespatchButton.tsx';

interface Props {
  readonly order: OrderAnswer;
  readonly decision: DecisionAnswer | undefined;
}

/** Parcels of an order; before there are any, the way to make them. */
export const ParcelsOfOrder = ({ order, decision }: Props) => {
  const { text } = useSpeech();
  const parcels = useParcelsOfOrder(order.id);
  const isPlanned = decision !== undefined && decision.mode !== 'held';
  return (
    <Section title={text.orders.parcels}>
      <Answer query={parcels} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <div className={css.stack}>
              <p className={css.sub}>{text.orders.noParcels}</p>
              {isPlanned && order.state === 'ready' && <DespatchButton order={order} />}
            </div>
          ) : (
            <ul className={css.rows}>
              {items.map(({ id, epc, state, despatch }) => (
                <li key={id} className={css.between}>
                  <Link href={`/parcels/${id}`} className={css.mono}>
                    {despatch?.number ?? epc}
                  </Link>
                  <ParcelStateBadge state={state} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Section>
  );
};
