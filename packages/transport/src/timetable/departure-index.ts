import type { DepartureTable } from './departure-table.ts';

const EMPTY = -1;

/** Finds departures by flight, origin and time: how files and messages name them. */
export class DepartureIndex {
  readonly #table: DepartureTable;
  #slots = new Int32Array(1024).fill(EMPTY);
  #size = 0;

  constructor(table: DepartureTable) {
    this.#table = table;
  }

  /** Adds a departure, unless one of the same flight from the same origin at the same time is there: then gives that one. */
  add(departure: number): number | undefined {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const slot = this.#slotOf(departure);
    const there = this.#slots[slot] as number;
    if (there !== EMPTY) return there;
    this.#slots[slot] = departure;
    this.#size += 1;
    return undefined;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 4).fill(EMPTY);
    for (const departure of before) if (departure !== EMPTY) this.#slots[this.#slotOf(departure)] = departure;
  }

  /** The slot of an equal departure, or the empty one where it would stand. */
  #slotOf(departure: number): number {
    const { flight, carrier, origin, departs } = this.#table;
    const [number, whose] = [flight[departure], carrier[departure]];
    const [from, when] = [origin[departure] as number, departs[departure] as number];
    const mask = this.#slots.length - 1;
    let hash = Math.imul((number as number) ^ Math.imul(from, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(when, 0xc2b2ae35);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const other = this.#slots[slot] as number;
      if (other === EMPTY) return slot;
      if (flight[other] === number && departs[other] === when && origin[other] === from && carrier[other] === whose)
        return slot;
    }
  }
}
