import type { Hold } from './hold.ts';
import type { Identifier } from './identifier.ts';
import type { Instant } from './instant.ts';
import type { Money } from './money.ts';
import type { Destination } from './place.ts';

/** Some units of one SKU that a buyer ordered at one price. */
export interface OrderLine {
  readonly sku: Identifier;
  readonly quantity: number;
  /** Price of one unit as sold, before tax where the shop tells. */
  readonly unitPrice: Money;
  /** A cancelled line is counted, never shipped. */
  readonly cancelled: boolean;
  /** The shop's own words for the goods, where it sends them. */
  readonly description?: string;
}

/** What a buyer ordered from one shop at one time. */
export interface Order {
  readonly id: Identifier;
  readonly shop: Identifier;
  readonly buyerId: Identifier;
  readonly placedAt: Instant;
  readonly destination: Destination;
  readonly lines: readonly OrderLine[];
  /** Reasons, known when the order came in, for which it must not be shipped yet. */
  readonly holds: readonly Hold[];
}
