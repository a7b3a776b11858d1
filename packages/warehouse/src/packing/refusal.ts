import { goesInto } from './choice.ts';
import type { ItemType } from './item-type.ts';
import type { Offers } from './offers.ts';
import type { Refusal } from './packing.ts';

/** Why no unit of a type can be sent even alone; undefined when it can. */
export const refusalOf = (type: ItemType, offers: Offers): Refusal | undefined => {
  if (type.ownPacking && offers.ownPackingCost(type) < Number.POSITIVE_INFINITY) return undefined;
  const roomy = offers.choices.flatMap(({ room }, choice) => (goesInto(type, room) ? [choice] : []));
  if (roomy.some((choice) => offers.cost(choice, type.massGrams) < Number.POSITIVE_INFINITY)) return undefined;
  if (roomy.length === 0) return 'too-large';
  const isCarried = roomy.some((choice) => type.massGrams <= offers.maxMassGrams(choice));
  return isCarried ? 'not-accepted' : 'too-heavy';
};
