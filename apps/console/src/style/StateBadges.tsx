import { ORDER_STATES, PLAN_STATES } from '@crossparcel/api';
import { PARCEL_STATES } from '@crossparcel/trace';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Facts } from '../parts/Facts.tsx';
import { OrderStateBadge } from '../parts/OrderStateBadge.tsx';
import { ParcelStateBadge } from '../parts/ParcelStateBadge.tsx';
import { PlanStateBadge } from '../parts/PlanStateBadge.tsx';
import css from '../parts/parts.module.css';

/** All states of orders, parcels and plans. */
export const StateBadges = () => {
  const { text } = useSpeech();
  return (
    <Facts
      facts={[
        [
          text.orders.title,
          <div key="orders" className={css.actions}>
            {ORDER_STATES.map((state) => (
              <OrderStateBadge key={state} state={state} />
            ))}
          </div>,
        ],
        [
          text.parcels.title,
          <div key="parcels" className={css.actions}>
            {PARCEL_STATES.map((state) => (
              <ParcelStateBadge key={state} state={state} />
            ))}
          </div>,
        ],
        [
          text.plans.title,
          <div key="plans" className={css.actions}>
            {PLAN_STATES.map((state) => (
              <PlanStateBadge key={state} state={state} />
            ))}
          </div>,
        ],
      ]}
    />
  );
};
