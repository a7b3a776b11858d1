import type { Goods } from '@crossparcel/api';
import type { BasketLine, PlanRecord } from '@crossparcel/planning';
import { allocateMinor, type CurrencyCode, formatMinor } from '@crossparcel/units';

type PlannedParcel = PlanRecord['parcels'][number];

/**
 * What customs is told of each parcel of an order. The value of a SKU is what the buyer pays for all its units; where it
 * is spread over several parcels it is divided by units so that the parts add up to it.
 */
export const goodsOf = (
  basket: readonly BasketLine[],
  parcels: readonly PlannedParcel[],
  currency: CurrencyCode,
): Goods[][] => {
  const parts = new Map<string, number[]>();
  for (const { item, valueMinor } of basket) {
    const weights = parcels.map((parcel) => quantityOf(parcel, item.sku));
    parts.set(item.sku, allocateMinor(valueMinor, weights));
  }
  const items = new Map(basket.map(({ item }) => [item.sku, item]));
  return parcels.map((parcel, index) =>
    parcel.lines.flatMap(({ sku, quantity }): Goods[] => {
      const item = items.get(sku);
      if (!item) return [];
      const value = formatMinor(parts.get(sku)?.[index] ?? 0, currency);
      const { description, hs, origin, massGrams, handling } = item;
      return [
        {
          sku,
          description: description || sku,
          quantity,
          netGrams: massGrams * quantity,
          value,
          hs,
          origin,
          handling: [...handling],
        },
      ];
    }),
  );
};

const quantityOf = ({ lines }: PlannedParcel, sku: string): number =>
  lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
