import type { Dimensions } from './dimensions.ts';
import type { HandlingClass } from './handling.ts';
import type { Identifier } from './identifier.ts';
import type { Money } from './money.ts';
import type { CountryCode } from './place.ts';

/** The facts of an item that a catalogue may lack and that we then estimate. */
export const ITEM_FACTS = ['size', 'mass', 'hs', 'origin', 'value'] as const;
export type ItemFact = (typeof ITEM_FACTS)[number];

/** A stock-keeping unit as it is shipped: one packed unit. */
export interface Item {
  readonly sku: Identifier;
  readonly description: string;
  readonly size: Dimensions;
  readonly massGrams: number;
  /** Harmonized System code, 2 to 10 digits; empty when nobody has classified the goods. */
  readonly hs: string;
  readonly origin: CountryCode;
  /** What a unit is worth in the catalogue; the base of stock valuation, not the customs value of a sale. */
  readonly value: Money;
  readonly handling: readonly HandlingClass[];
  /** Which of these facts are estimates. */
  readonly estimated: readonly ItemFact[];
}
