import type { CurrencyCode, ExchangeRates, Item, Order } from '@crossparcel/units';
import { completeItem, type Sold } from './complete.ts';
import type { CatalogueRow, EstimatesRecord } from './record.ts';

/** Items by SKU, completed when they are first asked for from the catalogue and from what orders tell of them. */
export class Catalogue {
  readonly #rows: ReadonlyMap<string, CatalogueRow>;
  readonly #estimates: EstimatesRecord;
  readonly #rates: ExchangeRates;
  readonly #currency: CurrencyCode;
  readonly #sold = new Map<string, Sold>();
  readonly #items = new Map<string, Item>();

  /** Values are given in `currency`. */
  constructor(
    rows: ReadonlyMap<string, CatalogueRow>,
    estimates: EstimatesRecord,
    rates: ExchangeRates,
    currency: CurrencyCode,
  ) {
    this.#rows = rows;
    this.#estimates = estimates;
    this.#rates = rates;
    this.#currency = currency;
  }

  /**
   * Learns from orders, before the first item is asked for: a SKU without a catalogue value is worth what it was first
   * sold for; without a description, it is what the shop calls it.
   */
  learn(orders: readonly Order[]): void {
    for (const { lines } of orders) {
      for (const { sku, unitPrice, description } of lines) {
        const known = this.#sold.get(sku);
        if (known?.price && known.price.minor > 0) continue;
        this.#sold.set(sku, { price: unitPrice, description });
      }
    }
  }

  /** The item of a SKU; one that the catalogue lacks is estimated whole. */
  item(sku: string): Item {
    let item = this.#items.get(sku);
    if (!item) {
      const row = this.#rows.get(sku) ?? { sku };
      item = completeItem(row, this.#sold.get(sku) ?? {}, this.#estimates, this.#rates, this.#currency);
      this.#items.set(sku, item);
    }
    return item;
  }
}
