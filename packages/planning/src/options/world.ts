import type { Law } from '@crossparcel/trade';
import { DeliveryTimes, Departures } from '@crossparcel/transport';
import type { DayNumber, Order } from '@crossparcel/units';
import type { Basket } from '../basket.ts';
import type { Network } from '../network/network.ts';
import { ConsigneeDays } from './consignee-days.ts';
import { FacilityDays } from './facility-days.ts';
import { LatenessCosts } from './lateness.ts';
import type { Stock } from './stock.ts';

/** Everything that an order is weighed against: the network, the law, and what earlier orders have left. */
export interface World {
  readonly network: Network;
  readonly law: Law;
  /** The day whose law holds instead of the order's own, for a what-if. */
  readonly lawAt: DayNumber | undefined;
  readonly stock: Stock;
  readonly departures: Departures;
  readonly facilityDays: FacilityDays;
  readonly consigneeDays: ConsigneeDays;
  readonly deliveryTimes: DeliveryTimes;
  readonly lateness: LatenessCosts;
}

/** A world before its first order. */
export const openWorld = (network: Network, law: Law, stock: Stock, lawAt?: DayNumber): World => ({
  network,
  law,
  lawAt,
  stock,
  departures: new Departures(),
  facilityDays: new FacilityDays(),
  consigneeDays: new ConsigneeDays(),
  deliveryTimes: new DeliveryTimes(),
  lateness: new LatenessCosts(network),
});

/** An order, its basket and when it is due. */
export interface Task {
  readonly order: Order;
  readonly basket: Basket;
  readonly due: DayNumber;
}
