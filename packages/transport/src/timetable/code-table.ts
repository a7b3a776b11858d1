const EMPTY = -1;

/** Numbers codes (airports, flights, carriers) from 0 in the order in which they are first seen. */
export class CodeTable {
  readonly #codes: string[] = [];
  readonly #byText = new Map<string, number>();
  #slots = new Int32Array(1024).fill(EMPTY);

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
    return this.#byText.get(code) ?? this.#add(code);
  }

  /**
   * The same for ASCII text in bytes from `start` up to `end`. A file of a million departures names a few thousand codes:
   * looking them up without making a string of each keeps reading fast.
   */
  internBytes(bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot] as number;
      if (index === EMPTY) return this.#add(String.fromCharCode(...bytes.subarray(start, end)));
      if (isSame(this.#codes[index] as string, bytes, start, end)) return index;
    }
  }

  #add(code: string): number {
    const index = this.#codes.length;
    this.#codes.push(code);
    this.#byText.set(code, index);
    if (this.#codes.length * 2 > this.#slots.length) this.#grow();
    else this.#place(index);
    return index;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 4).fill(EMPTY);
    for (let index = 0; index < this.#codes.length; index += 1) this.#place(index);
  }

  #place(index: number): void {
    const code = this.#codes[index] as string;
    const mask = this.#slots.length - 1;
    let hash = 0x811c9dc5;
    for (let at = 0; at < code.length; at += 1) hash = Math.imul(hash ^ code.charCodeAt(at), 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#slots[slot] = index;
  }
}

const isSame = (code: string, bytes: Uint8Array, start: number, end: number): boolean => {
  if (code.length !== end - start) return false;
  for (let at = 0; at < code.length; at += 1) if (code.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
};
