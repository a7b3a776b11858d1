import {
  type CurrencyCode,
  type ExchangeRates,
  type HandlingClass,
  type Item,
  type Nanos,
  nanosOfMinor,
  type Order,
} from '@crossparcel/units';
import type { Goods, PackedLine } from '@crossparcel/warehouse';
import type { Network } from './network/network.ts';

/** Units of one SKU in an order, all its lines together. */
export interface BasketLine {
  readonly item: Item;
  readonly quantity: number;
  /** What the buyer pays for them, in minor units of the plan's currency; a free gift counts at its catalogue value. */
  readonly valueMinor: number;
}

/** The live lines of an order as the planner sees them. */
export interface Basket {
  /** By SKU. */
  readonly lines: readonly BasketLine[];
  readonly goods: readonly Goods[];
  readonly handling: readonly HandlingClass[];
  readonly valueMinor: number;
}

/** Gathers the live lines of an order by SKU, so that the same order gives the same lines however they stand. */
export const basketLines = (
  order: Order,
  itemOf: (sku: string) => Item,
  rates: ExchangeRates,
  currency: CurrencyCode,
): BasketLine[] => {
  const bySku = new Map<string, { item: Item; quantity: number; valueMinor: number }>();
  for (const line of order.lines) {
    if (line.cancelled) continue;
    const item = itemOf(line.sku);
    const isGift = line.unitPrice.minor === 0;
    const price = isGift ? item.value : line.unitPrice;
    const valueMinor = rates.convertMinor(price.minor * line.quantity, price.currency, currency);
    const known = bySku.get(line.sku);
    if (known) {
      known.quantity += line.quantity;
      known.valueMinor += valueMinor;
    } else bySku.set(line.sku, { item, quantity: line.quantity, valueMinor });
  }
  return [...bySku.values()].sort((a, b) => (a.item.sku < b.item.sku ? -1 : 1));
};

/** An order as the planner sees it. Items are packed units: protected already, but not to be stood on or laid together anyhow. */
export const basketOf = (
  order: Order,
  itemOf: (sku: string) => Item,
  { rates, currency, handling }: Pick<Network, 'rates' | 'currency' | 'handling'>,
): Basket => {
  const lines = basketLines(order, itemOf, rates, currency);
  return {
    lines,
    goods: lines.map(({ item: { sku, size, massGrams, handling: classes }, quantity }) => {
      const goods = { id: sku, quantity, size, massGrams };
      return classes.length === 0 ? goods : handling.packedUnits({ ...goods, handling: classes });
    }),
    handling: [...new Set(lines.flatMap(({ item }) => item.handling))],
    valueMinor: lines.reduce((sum, line) => sum + line.valueMinor, 0),
  };
};

/** What a parcel holds of a basket: each SKU's units there and their part of the line's value. */
export interface ParcelContent {
  readonly item: Item;
  readonly quantity: number;
  readonly valueMinor: number;
}

/**
 * Shares the value of a basket out over its parcels by units, so that the parts of each line add up to it: the value
 * up to the last unit of a parcel less the value up to its first.
 */
export class ValueShares {
  readonly #lines = new Map<string, { readonly line: BasketLine; taken: number }>();

  constructor(basket: Basket) {
    for (const line of basket.lines) this.#lines.set(line.item.sku, { line, taken: 0 });
  }

  /** The content of the next parcel. */
  take(packed: readonly PackedLine[]): ParcelContent[] {
    return packed.flatMap(({ item: sku, quantity }) => {
      const state = this.#lines.get(sku);
      if (!state) return [];
      const { line } = state;
      const upTo = (units: number) => Math.floor((line.valueMinor * units) / line.quantity);
      const valueMinor = upTo(state.taken + quantity) - upTo(state.taken);
      state.taken += quantity;
      return [{ item: line.item, quantity, valueMinor }];
    });
  }
}

/** Catalogue value of some contents, in nanos. */
export const catalogueValue = (contents: readonly ParcelContent[]): Nanos =>
  contents.reduce((sum, { item, quantity }) => sum + nanosOfMinor(item.value.minor, item.value.currency) * quantity, 0);
