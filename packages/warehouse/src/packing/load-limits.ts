import type { ItemType } from './item-type.ts';
import { UNIT, type UnitList } from './unit-list.ts';

/**
 * What stands on what, for goods with load limits. A unit bears the whole mass of everything that stands on it, directly
 * or through others: more than it truly bears when the load is shared, never less.
 */
export class LoadLimits {
  readonly #types: readonly ItemType[];
  readonly #units: UnitList;
  #borne: number[] = [];
  #below: (readonly number[])[] = [];

  constructor(types: readonly ItemType[], units: UnitList) {
    this.#types = types;
    this.#units = units;
  }

  reset(): void {
    this.#borne = [];
    this.#below = [];
  }

  /** The units that one placed there would stand on, all the way down; undefined when one of them must not bear it. */
  bearersOf(type: number, x: number, y: number, z: number, length: number, width: number): number[] | undefined {
    const massGrams = (this.#types[type] as ItemType).massGrams;
    const all = new Set<number>();
    const { data } = this.#units;
    for (let unit = 0; unit < this.#below.length; unit += 1) {
      const at = unit * UNIT;
      if ((data[at + 3] as number) + (data[at + 6] as number) !== z) continue;
      const left = data[at + 1] as number;
      const front = data[at + 2] as number;
      if (left >= x + length || left + (data[at + 4] as number) <= x) continue;
      if (front >= y + width || front + (data[at + 5] as number) <= y) continue;
      all.add(unit);
      for (const under of this.#below[unit] ?? []) all.add(under);
    }
    for (const unit of all) {
      const { maxLoadGrams } = this.#types[data[unit * UNIT] as number] as ItemType;
      if (maxLoadGrams === 0 || (this.#borne[unit] ?? 0) + massGrams > maxLoadGrams) return undefined;
    }
    return [...all];
  }

  /** Notes that the next unit of the list stands on these. */
  place(massGrams: number, bearers: readonly number[]): void {
    for (const unit of bearers) this.#borne[unit] = (this.#borne[unit] ?? 0) + massGrams;
    this.#borne.push(0);
    this.#below.push(bearers);
  }
}
