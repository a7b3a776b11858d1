const LEAST_SLOTS = 16;
const MIX = 0x9e_37_79_b1;

/** Places of 32-bit hashes, by open addressing with linear probing: a JavaScript map would box every hash above 2³¹. */
export class HashIndex {
  #hashes: Uint32Array;
  /** Place plus one; nothing where the slot is free. */
  #places: Uint32Array;
  #shift: number;
  size = 0;

  /** Room for `expected` hashes; it grows when there are more. */
  constructor(expected: number) {
    let slots = LEAST_SLOTS;
    while (slots < expected * 2) slots *= 2;
    this.#hashes = new Uint32Array(slots);
    this.#places = new Uint32Array(slots);
    this.#shift = 32 - Math.log2(slots);
  }

  /** The slot that holds a hash, or the free one where it would stand. */
  #slot(hash: number): number {
    const last = this.#hashes.length - 1;
    let slot = Math.imul(hash, MIX) >>> this.#shift;
    while (this.#places[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & last;
    return slot;
  }

  /** The place of a hash, -1 when it is not known. */
  place(hash: number): number {
    return (this.#places[this.#slot(hash)] ?? 0) - 1;
  }

  /** The place of a hash; one that was not known gets the next place. */
  add(hash: number): number {
    const slot = this.#slot(hash);
    const place = (this.#places[slot] ?? 0) - 1;
    if (place >= 0) return place;
    this.#hashes[slot] = hash;
    this.size += 1;
    this.#places[slot] = this.size;
    if (this.size * 2 > this.#hashes.length) this.#grow();
    return this.size - 1;
  }

  /** Forgets all hashes and keeps the room. */
  clear(): void {
    this.#places.fill(0);
    this.size = 0;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const places = this.#places;
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#places = new Uint32Array(hashes.length * 2);
    this.#shift -= 1;
    for (const [old, place] of places.entries()) {
      if (place === 0) continue;
      const slot = this.#slot(hashes[old] ?? 0);
      this.#hashes[slot] = hashes[old] ?? 0;
      this.#places[slot] = place;
    }
  }
}

/** An index in which each hash has the place at which it stands in the list. */
export const indexOf = (hashes: Uint32Array): HashIndex => {
  const index = new HashIndex(hashes.length);
  for (const hash of hashes) index.add(hash);
  return index;
};
