const EMPTY = -1;
/** Characters of a code that are packed into two integers. */
const PACKED = 8;
const SLOT = 3;

/** Numbers codes (airports, flights, carriers) from 0 in the order in which they are first seen. */
export class CodeTable {
  readonly #codes: string[] = [];
  readonly #byText = new Map<string, number>();
  /** Up to eight bytes of a code in two integers, and its number: one place in memory to look at. */
  #slots = new Int32Array(SLOT * 1024).fill(EMPTY);
  #filled = 0;

  get size(): number {
    return this.#codes.length;
  }

  /** The code with a number. */
  at(index: number): string {
    const code = this.#codes[index];
    if (code === undefined) throw new RangeError(`no code has the number ${index}`);
    return code;
  }

  /** The number of a code; undefined when it was never seen. */
  find(code: string): number | undefined {
    return this.#byText.get(code);
  }

  /** The number of a code, a new one when it was never seen. */
  intern(code: string): number {
    const known = this.#byText.get(code);
    if (known !== undefined) return known;
    this.#codes.push(code);
    this.#byText.set(code, this.#codes.length - 1);
    return this.#codes.length - 1;
  }

  /**
   * The same for ASCII text in bytes from `start` up to `end`. A file of a million departures names a few thousand codes:
   * looking them up without making a string of each keeps reading fast.
   */
  internBytes(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > PACKED) return this.intern(String.fromCharCode(...bytes.subarray(start, end)));
    let low = 0;
    let high = 0;
    for (let at = start; at < end; at += 1) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | (bytes[at] as number);
    }
    const slot = this.#slotOf(this.#slots, low, high);
    const known = this.#slots[slot + 2] as number;
    if (known !== EMPTY) return known;
    const index = this.intern(String.fromCharCode(...bytes.subarray(start, end)));
    this.#slots.set([low, high, index], slot);
    this.#filled += 1;
    if (this.#filled * 2 * SLOT > this.#slots.length) this.#grow();
    return index;
  }

  /** Where two integers stand, or would stand. */
  #slotOf(slots: Int32Array, low: number, high: number): number {
    const mask = slots.length / SLOT - 1;
    let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = slot * SLOT;
      if (slots[at + 2] === EMPTY || (slots[at] === low && slots[at + 1] === high)) return at;
    }
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Int32Array(before.length * 4).fill(EMPTY);
    for (let at = 0; at < before.length; at += SLOT) {
      if (before[at + 2] === EMPTY) continue;
      slots.set(before.subarray(at, at + SLOT), this.#slotOf(slots, before[at] as number, before[at + 1] as number));
    }
    this.#slots = slots;
  }
}
