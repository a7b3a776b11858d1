import type { Identifier } from '@crossparcel/units';
import type { BasketLine } from '../basket.ts';

/** Units on hand by facility and SKU, taken in the order in which orders are decided. */
export class Stock {
  readonly #opening = new Map<string, number>();
  readonly #left = new Map<string, number>();

  /** Adds opening stock; the same facility and SKU may come more than once. */
  add(facility: Identifier, sku: Identifier, quantity: number): void {
    const key = `${facility}|${sku}`;
    this.#opening.set(key, (this.#opening.get(key) ?? 0) + quantity);
    this.#left.set(key, (this.#left.get(key) ?? 0) + quantity);
  }

  /** Units left of a SKU. */
  onHand(facility: Identifier, sku: Identifier): number {
    return this.#left.get(`${facility}|${sku}`) ?? 0;
  }

  /** The SKU of which there is too little, or undefined when all lines can be filled. */
  shortOf(facility: Identifier, lines: readonly BasketLine[]): Identifier | undefined {
    return lines.find(({ item, quantity }) => (this.#left.get(`${facility}|${item.sku}`) ?? 0) < quantity)?.item.sku;
  }

  /** Whether the opening stock alone would have been enough. */
  openedWith(facility: Identifier, lines: readonly BasketLine[]): boolean {
    return lines.every(({ item, quantity }) => (this.#opening.get(`${facility}|${item.sku}`) ?? 0) >= quantity);
  }

  /** Takes the units of all lines. */
  take(facility: Identifier, lines: readonly BasketLine[]): void {
    for (const { item, quantity } of lines) {
      const key = `${facility}|${item.sku}`;
      this.#left.set(key, (this.#left.get(key) ?? 0) - quantity);
    }
  }
}
