import { amountText } from './amount-text.ts';
import type { Placement } from './place.ts';
import type { Scenario } from './scenario.ts';

/** What the proposals of a placement come to, amounts as text in the currency of the scenario. */
export interface PlacementSums {
  readonly currency: string;
  /** Products at facilities that were weighed. */
  readonly items: number;
  readonly orders: number;
  readonly units: number;
  readonly saving: string;
  /** The first day by which one of the orders has to be decided; none without an order. */
  readonly decideBy?: string;
  /** What the choice within the limits gains, the most that any could, and by how much it is below, as a share; none without limits. */
  readonly limited?: { readonly gain: string; readonly bound: string; readonly gap: number };
}

const DECIMALS = 1e6;

/** Sums the proposals of a placement, and says how near they are to the best that the limits allow. */
export const placementSums = ({ currency, skus }: Scenario, { proposals, limited }: Placement): PlacementSums => {
  const ordered = proposals.filter(({ quantity }) => quantity > 0);
  const [decideBy] = ordered.flatMap((one) => (one.decideBy === null ? [] : [one.decideBy])).sort();
  return {
    currency,
    items: skus.length,
    orders: ordered.length,
    units: ordered.reduce((sum, { quantity }) => sum + quantity, 0),
    saving: amountText(
      ordered.reduce((sum, { saving }) => sum + Number(saving), 0),
      currency,
    ),
    ...(decideBy !== undefined && { decideBy }),
    ...(limited && {
      limited: {
        gain: amountText(limited.gain, currency),
        bound: amountText(limited.bound, currency),
        gap: limited.bound > 0 ? Math.round((1 - limited.gain / limited.bound) * DECIMALS) / DECIMALS : 0,
      },
    }),
  };
};
