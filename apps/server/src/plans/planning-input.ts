import type { ItemSubmission } from '@crossparcel/api';
import { Catalogue, type CatalogueRow } from '@crossparcel/planning';
import { type Order, parseMinor, readInstant } from '@crossparcel/units';
import type { Atlas } from './atlas.ts';
import type { PlannableOrder } from './store.ts';

/** An order as the planner sees it. Holds play no part: orders that are held are not planned. */
export const orderOf = ({ id, content }: PlannableOrder): Order => ({
  id,
  shop: content.shop,
  buyerId: content.buyer ?? id,
  placedAt: readInstant(content.placedAt)?.instant ?? Number.NaN,
  destination: {
    country: content.destination.country,
    ...(content.destination.subdivision !== undefined && { subdivision: content.destination.subdivision }),
    ...(content.destination.postalPrefix !== undefined && { postalPrefix: content.destination.postalPrefix }),
  },
  lines: content.lines.map(({ sku, quantity, unitPrice, cancelled, description }) => ({
    sku,
    quantity,
    unitPrice: { minor: parseMinor(unitPrice, content.currency) ?? Number.NaN, currency: content.currency },
    cancelled,
    ...(description !== undefined && { description }),
  })),
  holds: [],
});

/** An item as the planner's catalogue has it. */
const rowOf = (item: ItemSubmission): CatalogueRow => {
  const { lengthMm, widthMm, heightMm, massGrams, handling, ...rest } = item;
  const text = (value: number | undefined) => value?.toString();
  return {
    ...rest,
    lengthMm: text(lengthMm),
    widthMm: text(widthMm),
    heightMm: text(heightMm),
    massGrams: text(massGrams),
    handling: handling?.join(' '),
  };
};

/** The catalogue of some orders: what is said of their SKUs, completed from the orders themselves. */
export const catalogueOf = (atlas: Atlas, items: readonly ItemSubmission[], orders: readonly Order[]): Catalogue => {
  const { rates, currency } = atlas.network();
  const rows = new Map(items.map((item) => [item.sku, rowOf(item)]));
  const catalogue = new Catalogue(rows, atlas.estimates(), rates, currency);
  catalogue.learn(orders);
  return catalogue;
};
