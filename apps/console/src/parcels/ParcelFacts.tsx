import type { ParcelAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import css from '../parts/parts.module.css';

/** What is known of a parcel as a whole. */
export const ParcelFacts = ({ parcel }: { readonly parcel: ParcelAnswer }) => {
  const { text, format } = useSpeech();
  const { parcels, decision } = text;
  const { despatch } = parcel;
  const arrives = despatch?.legs.at(-1)?.arrives;
  return (
    <Facts
      facts={[
        [
          parcels.order,
          <Link key="order" href={`/orders/${parcel.orderId}`}>
            {parcel.orderExternalId}
          </Link>,
        ],
        [
          `${parcels.since} (${format.zoneName})`,
          parcel.since === undefined ? undefined : <Moment key="since" at={parcel.since} />,
        ],
        [
          parcels.promised,
          despatch && (despatch.promisedAt === null ? decision.noPromise : format.day(despatch.promisedAt)),
        ],
        [
          parcels.expected,
          arrives && parcels.expectedRange(format.shortDay(arrives.p50), format.shortDay(arrives.p90)),
        ],
        [decision.facility, despatch?.facility],
        [decision.service, despatch && wordFor(text.service, despatch.service)],
        [decision.carton, despatch?.carton ?? undefined],
        [decision.procedure, despatch && wordFor(text.procedure, despatch.procedure)],
        [decision.gross, format.mass(parcel.grossGrams)],
        [decision.billable, despatch && format.mass(despatch.billableGrams)],
        [
          'EPC',
          <span key="epc" className={css.mono}>
            {parcel.epc}
          </span>,
        ],
      ]}
    />
  );
};
