import { goesInto } from './choice.ts';
import type { ItemType } from './item-type.ts';
import type { Offers } from './offers.ts';

/** Prices are sampled this close by mass, or closer: what falls and rises again between two samples is not seen. */
const FINEST_GRAMS = 50;
const FINEST_SHARE = 0.03;

/** A kind of parcel: what it takes at most, and what it costs at least. */
export interface Ware {
  readonly massGrams: number;
  readonly volume: number;
  readonly cost: number;
}

/**
 * What parcels of each carton cost under a tariff by their mass, in steps: the least cost of a step with the most that a
 * parcel of that step holds. Kinds that cost no less and take no more than another are left out.
 */
export const waresOf = (offers: Offers): Ware[] => {
  const wares: Ware[] = [];
  for (const [choice, { volume }] of offers.choices.entries()) {
    const most = offers.maxMassGrams(choice);
    let before = offers.cost(choice, 0);
    for (let from = 0; from < most; ) {
      const to = Math.min(most, from + Math.max(FINEST_GRAMS, Math.floor(from * FINEST_SHARE)));
      const after = offers.cost(choice, to);
      const cost = Math.min(before, after);
      if (cost < Number.POSITIVE_INFINITY) wares.push({ massGrams: to, volume, cost });
      before = after;
      from = to;
    }
    if (most === 0 && before < Number.POSITIVE_INFINITY) wares.push({ massGrams: 0, volume, cost: before });
  }
  return withoutDominated(wares);
};

/** Units of a cargo that may travel as they are. */
export const ownPackings = (types: readonly ItemType[], offers: Offers): Ware[] =>
  types.flatMap((type) => {
    const isHeld = offers.choices.some(({ room }) => goesInto(type, room));
    if (!type.ownPacking || (type.ownPacking === 'when-too-large' && isHeld)) return [];
    return [{ massGrams: type.massGrams, volume: type.volume, cost: offers.ownPackingCost(type) }];
  });

const withoutDominated = (wares: readonly Ware[]): Ware[] => {
  const kept: Ware[] = [];
  const sorted = wares.toSorted((a, b) => a.cost - b.cost || b.massGrams - a.massGrams || b.volume - a.volume);
  for (const ware of sorted)
    if (!kept.some(({ massGrams, volume }) => massGrams >= ware.massGrams && volume >= ware.volume)) kept.push(ware);
  return kept;
};
