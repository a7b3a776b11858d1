import { ORDER_STATES, type OrderAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { useOrders } from '../data/use-orders.ts';
import type { Format } from '../format/format.ts';
import type { Strings } from '../i18n/en.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { FilterBar } from '../parts/FilterBar.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Money } from '../parts/Money.tsx';
import { NoMatch } from '../parts/NoMatch.tsx';
import { Notice } from '../parts/Notice.tsx';
import { OrderStateBadge } from '../parts/OrderStateBadge.tsx';
import { PagedRecords } from '../parts/PagedRecords.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlanButton } from '../parts/PlanButton.tsx';
import css from '../parts/parts.module.css';
import type { Column } from '../parts/Records.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { goodsValueOf, unitsOf } from './amounts.ts';

const columnsIn = ({ orders, common }: Strings, format: Format): Column<OrderAnswer>[] => [
  {
    key: 'order',
    head: orders.order,
    cell: ({ id, externalId }) => <Link href={`/orders/${id}`}>{externalId}</Link>,
  },
  { key: 'state', head: common.state, cell: ({ state }) => <OrderStateBadge state={state} /> },
  { key: 'shop', head: orders.shop, cell: ({ shop }) => shop },
  { key: 'to', head: orders.destination, cell: ({ destination }) => format.country(destination.country) },
  { key: 'units', head: orders.lines, isNumeric: true, cell: (order) => orders.units(format.number(unitsOf(order))) },
  {
    key: 'value',
    head: orders.value,
    isNumeric: true,
    cell: (order) => <Money amount={goodsValueOf(order)} currency={order.currency} />,
  },
  {
    key: 'placed',
    head: `${orders.placed} (${format.zoneName})`,
    isNumeric: true,
    cell: ({ placedAt }) => <Moment at={placedAt} />,
  },
];

export const OrdersPage = () => {
  const { text, format } = useSpeech();
  const filter = useFilter(ORDER_STATES);
  const orders = useOrders({
    ...(filter.state !== undefined && { state: filter.state }),
    ...(filter.searched !== '' && { externalId: filter.searched }),
  });
  const isFiltered = filter.state !== undefined || filter.searched !== '';
  const empty = isFiltered ? (
    <NoMatch title={text.orders.noMatch} mend={text.orders.noMatchMend} onClear={filter.clear} />
  ) : (
    <Notice tone="neutral" title={text.orders.empty}>
      <p>{text.orders.emptyMend}</p>
    </Notice>
  );
  return (
    <>
      <PageHead title={text.orders.title} actions={<PlanButton />} />
      <FilterBar
        filter={filter}
        states={ORDER_STATES}
        stateWords={text.orderState}
        searchLabel={text.orders.search}
        searchHint={text.orders.searchHint}
      />
      <div className={css.section}>
        <PagedRecords
          label={text.orders.title}
          query={orders}
          columns={columnsIn(text, format)}
          keyOf={({ id }) => id}
          empty={empty}
        />
      </div>
    </>
  );
};
