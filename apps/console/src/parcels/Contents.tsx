import type { ParcelAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Money } from '../parts/Money.tsx';
import css from '../parts/parts.module.css';
import { Records } from '../parts/Records.tsx';

/** What is in a parcel, and for despatched ones what customs is told of it. */
export const Contents = ({ parcel }: { readonly parcel: ParcelAnswer }) => {
  const { text, format } = useSpeech();
  const { orders, parcels } = text;
  const { despatch, lines } = parcel;
  const quantity = {
    key: 'quantity',
    head: orders.quantity,
    isNumeric: true,
    cell: (row: { readonly quantity: number }) => format.number(row.quantity),
  };
  if (despatch === undefined || despatch.goods.length === 0) {
    return (
      <Records
        label={parcels.contents}
        rows={lines}
        keyOf={({ sku }) => sku}
        columns={[{ key: 'sku', head: orders.sku, cell: ({ sku }) => sku }, quantity]}
      />
    );
  }
  return (
    <Records
      label={parcels.contents}
      rows={despatch.goods}
      keyOf={({ sku }) => sku}
      columns={[
        {
          key: 'sku',
          head: orders.sku,
          cell: ({ sku, description }) => (
            <>
              <span className={css.mono}>{sku}</span>
              <div className={css.note}>{description}</div>
            </>
          ),
        },
        quantity,
        { key: 'hs', head: parcels.hs, cell: ({ hs }) => hs },
        { key: 'origin', head: parcels.origin, cell: ({ origin }) => format.country(origin) },
        { key: 'mass', head: parcels.netMass, isNumeric: true, cell: ({ netGrams }) => format.mass(netGrams) },
        {
          key: 'value',
          head: orders.value,
          isNumeric: true,
          cell: ({ value }) => <Money amount={value} currency={despatch.currency} />,
        },
      ]}
    />
  );
};
