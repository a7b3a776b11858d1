import type { DayNumber, Order } from '@crossparcel/units';

/**
 * What each buyer has been sent across a border on a day by orders decided before: reliefs that are given per person and
 * day see all of it. The day is the one whose law counts for the order.
 */
export class ConsigneeDays {
  readonly #sent = new Map<string, number>();

  /** Value in minor units of the plan's currency. */
  sent(order: Order, day: DayNumber): number {
    return this.#sent.get(keyOf(order, day)) ?? 0;
  }

  /** Adds what an order sends. */
  add(order: Order, day: DayNumber, valueMinor: number): void {
    const key = keyOf(order, day);
    this.#sent.set(key, (this.#sent.get(key) ?? 0) + valueMinor);
  }
}

const keyOf = ({ buyerId, destination }: Order, day: DayNumber): string => `${buyerId}|${destination.country}|${day}`;
