import type { OrderState } from '@crossparcel/api';
import type { ParcelState } from '@crossparcel/trace';
import type { OrderContent } from './version.ts';

/** What the state of an order depends on besides its parcels. */
export interface OrderFacts {
  /** The order, or every line of it, was cancelled. */
  readonly isCancelled: boolean;
  /** The shop or somebody here put a hold on it. */
  readonly isHeld: boolean;
}

/** The facts that the version of an order states that stands; somebody here may hold it besides. */
export const factsOf = (content: Pick<OrderContent, 'status' | 'lines' | 'holds'> | undefined): OrderFacts => ({
  isCancelled: content?.status === 'cancelled' || (content?.lines.every(({ cancelled }) => cancelled) ?? false),
  isHeld: (content?.holds.length ?? 0) > 0,
});

/** Parcel states in which nothing has left yet. */
const AT_REST: ReadonlySet<ParcelState> = new Set(['announced']);

/**
 * How far an order is, from its latest version, its holds and the states of its parcels. A function of what is there and
 * of nothing else, so that it comes out the same however versions and events came. What has left cannot be held or
 * cancelled any more; before that, a cancellation outweighs a hold.
 */
export const orderStateOf = ({ isCancelled, isHeld }: OrderFacts, parcels: readonly ParcelState[]): OrderState => {
  const hasLeft = parcels.some((state) => !AT_REST.has(state));
  if (hasLeft) {
    if (parcels.every((state) => state === 'delivered')) return 'delivered';
    return parcels.every((state) => state === 'returned') ? 'returned' : 'despatched';
  }
  if (isCancelled) return 'cancelled';
  return isHeld ? 'held' : 'ready';
};

/** Whether parcels may be made of an order. */
export const mayDespatch = (state: OrderState): boolean => state !== 'held' && state !== 'cancelled';
