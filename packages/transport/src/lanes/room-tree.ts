import type { DayNumber } from '@crossparcel/units';

/**
 * Room left by day, in a tree of maxima (a segment tree), so that the first day with enough room is found in steps
 * that grow with the logarithm of the days, however many of them are full. The window of days grows as it is asked for.
 */
export class RoomTree {
  readonly #capacityOn: (day: DayNumber) => number;
  #start: DayNumber = 0;
  /** Number of days, a power of two; zero before the first question. */
  #size = 0;
  /** Node 1 is the root, nodes 2n and 2n+1 are below node n, the last `size` nodes are the days. */
  #most = new Float64Array(0);

  /** `capacityOn` gives the room of an empty day, negative when nothing departs on it. */
  constructor(capacityOn: (day: DayNumber) => number) {
    this.#capacityOn = capacityOn;
  }

  /** The first day from a given one with at least so much room. Some later day must have it when empty. */
  firstWithRoom(from: DayNumber, room: number): DayNumber {
    this.#reach(from);
    for (;;) {
      const index = this.#search(1, 0, this.#size, from - this.#start, room);
      if (index >= 0) return this.#start + index;
      this.#rebuild(this.#start, this.#size * 2);
    }
  }

  /** Takes room on a day; a negative amount gives it back. */
  take(day: DayNumber, amount: number): void {
    this.#reach(day);
    let node = this.#size + day - this.#start;
    this.#most[node] = (this.#most[node] ?? 0) - amount;
    for (node >>= 1; node >= 1; node >>= 1) this.#most[node] = this.#larger(node);
  }

  #search(node: number, low: number, high: number, from: number, room: number): number {
    if (high <= from || (this.#most[node] ?? -1) < room) return -1;
    if (high - low === 1) return low;
    const middle = (low + high) / 2;
    const left = this.#search(2 * node, low, middle, from, room);
    return left >= 0 ? left : this.#search(2 * node + 1, middle, high, from, room);
  }

  #larger(node: number): number {
    return Math.max(this.#most[2 * node] ?? -1, this.#most[2 * node + 1] ?? -1);
  }

  /** Widens the window so that it holds a day. */
  #reach(day: DayNumber): void {
    if (this.#size === 0) this.#rebuild(day, 64);
    if (day < this.#start) {
      let size = this.#size;
      const end = this.#start + this.#size;
      while (end - size > day) size *= 2;
      this.#rebuild(end - size, size);
    }
    let size = this.#size;
    while (day >= this.#start + size) size *= 2;
    if (size > this.#size) this.#rebuild(this.#start, size);
  }

  #rebuild(start: DayNumber, size: number): void {
    const most = new Float64Array(2 * size);
    for (let index = 0; index < size; index += 1) {
      const day = start + index;
      const known = day >= this.#start && day < this.#start + this.#size;
      most[size + index] = known ? (this.#most[this.#size + day - this.#start] ?? 0) : this.#capacityOn(day);
    }
    this.#start = start;
    this.#size = size;
    this.#most = most;
    for (let node = size - 1; node >= 1; node -= 1) most[node] = this.#larger(node);
  }
}
