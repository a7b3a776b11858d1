import type { Fault, Instant, Order } from '@crossparcel/units';

/** For whom an order is, as far as a shop shows it: most answers mask names and streets. */
export interface ShownRecipient {
  readonly name: string;
  readonly lines: readonly string[];
  readonly city?: string;
  readonly postalCode?: string;
  readonly phone?: string;
}

/** An order as it came from outside, with what is no part of the order itself. */
export interface IncomingOrder {
  readonly order: Order;
  /** When the shop last changed it. */
  readonly updatedAt?: Instant;
  /** Personal data. */
  readonly recipient?: ShownRecipient;
}

/** An order that came, or why it is refused and how many of its lines with it. */
export type GatheredOrder =
  | ({ readonly id: string } & IncomingOrder)
  | { readonly id: string; readonly fault: Fault; readonly lines: number };
