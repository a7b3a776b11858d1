import type { OrderAnswer } from '@crossparcel/api';
import { useOrder, useOrderDecision } from '../data/use-orders.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Answer } from '../parts/Answer.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Money } from '../parts/Money.tsx';
import { Notice } from '../parts/Notice.tsx';
import { OrderStateBadge } from '../parts/OrderStateBadge.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlanButton } from '../parts/PlanButton.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { goodsValueOf } from './amounts.ts';
import { Decision } from './Decision.tsx';
import { HoldsSection } from './HoldsSection.tsx';
import { LinesTable } from './LinesTable.tsx';
import { ParcelsOfOrder } from './ParcelsOfOrder.tsx';

const OrderFacts = ({ order }: { readonly order: OrderAnswer }) => {
  const { text, format } = useSpeech();
  const { orders } = text;
  const { country, subdivision, postalPrefix } = order.destination;
  return (
    <Facts
      facts={[
        [orders.shop, order.shop],
        [`${orders.placed} (${format.zoneName})`, <Moment key="placed" at={order.placedAt} />],
        [orders.destination, [format.country(country), subdivision, postalPrefix].filter(Boolean).join(' · ')],
        [orders.value, <Money key="value" amount={goodsValueOf(order)} currency={order.currency} />],
        [orders.recipient, order.recipientId === undefined ? orders.recipientNone : orders.recipientKept],
        [
          orders.buyer,
          order.buyer && (
            <span className={css.mono} title={order.buyer}>
              {order.buyer.slice(0, 12)}
            </span>
          ),
        ],
        [orders.versions, format.number(order.versions)],
      ]}
    />
  );
};

const Body = ({ order }: { readonly order: OrderAnswer }) => {
  const { text } = useSpeech();
  const decision = useOrderDecision(order.id);
  return (
    <div className={css.columns}>
      <div className={css.stack}>
        <Section title={text.orders.lines} isFlush>
          <LinesTable order={order} />
        </Section>
        <Answer query={decision}>
          {(decided) =>
            decided === null ? (
              <Section title={text.orders.decision}>
                <Notice tone="neutral" title={text.orders.noDecision}>
                  <p>{text.orders.noDecisionMend}</p>
                  {order.state === 'ready' && <PlanButton />}
                </Notice>
              </Section>
            ) : (
              <Decision decision={decided} />
            )
          }
        </Answer>
      </div>
      <div className={css.stack}>
        <Section title={text.orders.facts}>
          <OrderFacts order={order} />
        </Section>
        <ParcelsOfOrder order={order} decision={decision.data ?? undefined} />
        <HoldsSection order={order} />
      </div>
    </div>
  );
};

export const OrderPage = ({ id }: { readonly id: string }) => {
  const { text } = useSpeech();
  const order = useOrder(id);
  return (
    <>
      <PageHead
        title={order.data ? text.orders.one(order.data.externalId) : text.orders.order}
        beside={order.data && <OrderStateBadge state={order.data.state} />}
      />
      <Answer query={order} lines={8}>
        {(data) => <Body order={data} />}
      </Answer>
    </>
  );
};
