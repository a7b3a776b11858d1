import type { OrderState, OrderSubmission } from '@crossparcel/api';
import type { ParcelState } from '@crossparcel/trace';

/** The latest version of an order, as far as its state depends on it. */
export type OrderFacts = Pick<OrderSubmission, 'status' | 'holds' | 'lines'>;

/** Parcel states in which nothing has left yet. */
const AT_REST: ReadonlySet<ParcelState> = new Set(['announced']);

/**
 * How far an order is, from its latest version and the states of its parcels. A function of what is there and of nothing
 * else, so that it comes out the same however versions and events came. What has left cannot be held or cancelled any
 * more; before that, a cancellation outweighs a hold.
 */
export const orderStateOf = (facts: OrderFacts, parcels: readonly ParcelState[]): OrderState => {
  const hasLeft = parcels.some((state) => !AT_REST.has(state));
  if (hasLeft) {
    if (parcels.every((state) => state === 'delivered')) return 'delivered';
    return parcels.every((state) => state === 'returned') ? 'returned' : 'despatched';
  }
  if (facts.status === 'cancelled' || facts.lines.every((line) => line.cancelled)) return 'cancelled';
  return facts.holds.length > 0 ? 'held' : 'ready';
};
