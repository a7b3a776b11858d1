import { type DayNumber, dayOfInstant, MS_PER_DAY, type Order } from '@crossparcel/units';

/**
 * Moves a book of orders by whole days so that the last one falls on a day (UTC): yesterday's orders under today's law.
 * The clock time of every order stays.
 */
export const replayTo = (orders: readonly Order[], day: DayNumber): Order[] => {
  const last = orders.reduce(
    (latest, order) => Math.max(latest, dayOfInstant(order.placedAt)),
    Number.NEGATIVE_INFINITY,
  );
  const shift = (day - last) * MS_PER_DAY;
  return orders.map((order) => ({ ...order, placedAt: order.placedAt + shift }));
};

/** The order in which a book is decided: by instant, then by id. */
export const inOrderOfPlacing = (orders: readonly Order[]): Order[] =>
  [...orders].sort((a, b) => a.placedAt - b.placedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
