import type { ItemType } from './item-type.ts';
import type { Room } from './pass.ts';
import { UNIT, UnitList } from './unit-list.ts';

/** What an exhaustive search found out: a loading, that there is none, or nothing within its work. */
export type Verdict = { readonly layout: Int32Array } | 'none' | 'unknown';

/**
 * Tries all loadings of a few units in which each unit lies against the walls or against units placed before it, in all
 * orders and turns (the left-justified or normal patterns of Christofides & Whitlock 1977). Without the rule of support
 * that is exact: every loading can be pushed into such a pattern. With it, positions level with the edges of supporters
 * and at the limit of sticking out are tried as well, which is exact but for loadings that hang in some other balance.
 */
export class Exhaustive {
  readonly #types: readonly ItemType[];
  readonly #room: Room;
  readonly #units = new UnitList();
  readonly #left: Int32Array;
  #nodes = 0;
  #supported = false;

  constructor(types: readonly ItemType[], counts: ArrayLike<number>, room: Room) {
    this.#types = types;
    this.#room = room;
    this.#left = Int32Array.from(counts);
  }

  /** Searches until a loading is found, all are tried, or so many positions were. */
  search(rule: 'supported' | 'apart', nodes: number): Verdict {
    this.#nodes = nodes;
    this.#supported = rule === 'supported';
    this.#units.count = 0;
    if (this.#placeRest(this.#left.reduce((sum, count) => sum + count, 0)))
      return { layout: this.#units.loadingOrder() };
    return this.#nodes > 0 ? 'none' : 'unknown';
  }

  #placeRest(rest: number): boolean {
    if (rest === 0) return true;
    for (const [type, { turns }] of this.#types.entries()) {
      if (this.#left[type] === 0) continue;
      this.#left[type] = (this.#left[type] as number) - 1;
      for (let turn = 0; turn < turns.length; turn += 3) {
        const [length, width, height] = [turns[turn], turns[turn + 1], turns[turn + 2]] as [number, number, number];
        const fits = length <= this.#room.length && width <= this.#room.width && height <= this.#room.height;
        if (fits && this.#placeUnit(type, length, width, height, rest)) {
          this.#left[type] = (this.#left[type] as number) + 1;
          return true;
        }
      }
      this.#left[type] = (this.#left[type] as number) + 1;
    }
    return false;
  }

  /** Tries a unit, turned one way, in all its positions, and the rest after it. */
  #placeUnit(type: number, length: number, width: number, height: number, rest: number): boolean {
    const before = this.#units.count;
    for (const z of this.#starts(3, 6)) {
      if (z + height > this.#room.height) continue;
      const along = this.#positions(1, 4, z, length, this.#room.length);
      const across = this.#positions(2, 5, z, width, this.#room.width);
      for (const x of along) {
        for (const y of across) {
          this.#nodes -= 1;
          if (this.#nodes <= 0) return false;
          if (!this.#isFree(x, y, z, length, width, height)) continue;
          if (this.#supported && !this.#isSupported(x, y, z, length, width)) continue;
          this.#units.push(type, x, y, z, length, width, height);
          if (this.#placeRest(rest - 1)) return true;
          this.#units.count = before;
        }
      }
    }
    return false;
  }

  /** Where something may begin along an axis: at the wall, or where a placed unit ends. */
  #starts(from: number, extent: number): number[] {
    const starts = [0];
    const { data, count } = this.#units;
    for (let at = 0; at < count * UNIT; at += UNIT) {
      const end = (data[at + from] as number) + (data[at + extent] as number);
      if (!starts.includes(end)) starts.push(end);
    }
    return starts;
  }

  #positions(from: number, extent: number, z: number, length: number, limit: number): number[] {
    const starts = this.#starts(from, extent);
    const { data, count } = this.#units;
    if (this.#supported && z > 0) {
      starts.push(limit - length);
      // At least 70 % of the length must rest where the other side rests wholly.
      const resting = Math.ceil((length * 7) / 10);
      for (let at = 0; at < count * UNIT; at += UNIT) {
        if ((data[at + 3] as number) + (data[at + 6] as number) !== z) continue;
        const near = data[at + from] as number;
        const far = near + (data[at + extent] as number);
        starts.push(near, far - length, far - resting, near - length + resting);
      }
    }
    return starts.filter((start, index) => start >= 0 && start + length <= limit && starts.indexOf(start) === index);
  }

  #isFree(x: number, y: number, z: number, length: number, width: number, height: number): boolean {
    for (let at = 0; at < this.#units.count * UNIT; at += UNIT) {
      if (this.#shared(at, 1, x, length) > 0 && this.#shared(at, 2, y, width) > 0 && this.#shared(at, 3, z, height) > 0)
        return false;
    }
    return true;
  }

  #isSupported(x: number, y: number, z: number, length: number, width: number): boolean {
    if (z === 0) return true;
    const { data, count } = this.#units;
    let area = 0;
    for (let at = 0; at < count * UNIT; at += UNIT) {
      if ((data[at + 3] as number) + (data[at + 6] as number) !== z) continue;
      area += this.#shared(at, 1, x, length) * this.#shared(at, 2, y, width);
    }
    return area * 10 >= length * width * 7;
  }

  /** Length that a placed unit and a stretch have in common along an axis. */
  #shared(at: number, axis: number, from: number, length: number): number {
    const { data } = this.#units;
    const near = data[at + axis] as number;
    return Math.max(0, Math.min(near + (data[at + axis + 3] as number), from + length) - Math.max(near, from));
  }
}
