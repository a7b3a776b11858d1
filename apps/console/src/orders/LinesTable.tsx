import type { OrderAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Badge } from '../parts/Badge.tsx';
import { Money } from '../parts/Money.tsx';
import css from '../parts/parts.module.css';
import { Records } from '../parts/Records.tsx';

/** What was ordered. */
export const LinesTable = ({ order }: { readonly order: OrderAnswer }) => {
  const { text, format } = useSpeech();
  const { orders } = text;
  return (
    <Records
      label={orders.lines}
      rows={order.lines.map((line, index) => ({ ...line, key: `${index} ${line.sku}` }))}
      keyOf={({ key }) => key}
      columns={[
        {
          key: 'sku',
          head: orders.sku,
          cell: ({ sku, cancelled, description }) => (
            <>
              <span className={css.mono}>{cancelled ? <del>{sku}</del> : sku}</span>{' '}
              {cancelled && <Badge tone="neutral">{orders.cancelled}</Badge>}
              {description !== undefined && <div className={css.note}>{description}</div>}
            </>
          ),
        },
        { key: 'quantity', head: orders.quantity, isNumeric: true, cell: ({ quantity }) => format.number(quantity) },
        {
          key: 'price',
          head: orders.unitPrice,
          isNumeric: true,
          cell: ({ unitPrice }) => <Money amount={unitPrice} currency={order.currency} />,
        },
      ]}
    />
  );
};
