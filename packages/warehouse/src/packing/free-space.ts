/** Numbers that describe a space: x, y, z of its nearest corner, then of its farthest. */
export const SPACE = 6;

/** More spaces than ever arise in sensible loads; beyond, further ones are dropped and stay empty. */
const MOST = 1000;

/**
 * The free room of a carton as overlapping maximal cuboids (Lai & Chan 1997), each of which stands wholly on carton or
 * items. A block that is placed cuts those that it meets, and its top becomes the floor of a new one, joined with level
 * tops beside it. So whatever stands within a space's floor is fully supported.
 */
export class FreeSpace {
  readonly data = new Int32Array(MOST * SPACE);
  count = 0;
  readonly #cut = new Int32Array(MOST * SPACE);
  #cuts = 0;

  /** Empties the carton. */
  reset(length: number, width: number, height: number): void {
    this.count = 0;
    this.#cuts = 0;
    this.#add(0, 0, 0, length, width, height);
  }

  /** Puts spaces back that were copied out of `data`. */
  restore(spaces: Int32Array): void {
    this.count = spaces.length / SPACE;
    this.data.set(spaces);
  }

  /** Takes a space away that nothing left to place goes into. */
  drop(index: number): void {
    this.count -= 1;
    if (index < this.count) this.data.copyWithin(index * SPACE, this.count * SPACE, (this.count + 1) * SPACE);
  }

  /** Takes the room of a block away. `ceiling` is that of the space it was put into. */
  take(x1: number, y1: number, z1: number, x2: number, y2: number, z2: number, ceiling: number): void {
    const { data } = this;
    this.#cuts = 0;
    for (let index = this.count - 1; index >= 0; index -= 1) {
      const at = index * SPACE;
      const a = data[at] as number;
      const b = data[at + 1] as number;
      const c = data[at + 2] as number;
      const d = data[at + 3] as number;
      const e = data[at + 4] as number;
      const f = data[at + 5] as number;
      if (a >= x2 || d <= x1 || b >= y2 || e <= y1 || c >= z2 || f <= z1) continue;
      this.drop(index);
      if (a < x1) this.#keep(a, b, c, x1, e, f);
      if (d > x2) this.#keep(x2, b, c, d, e, f);
      if (b < y1) this.#keep(a, b, c, d, y1, f);
      if (e > y2) this.#keep(a, y2, c, d, e, f);
      if (c < z1) this.#keep(a, b, c, d, e, z1);
    }
    for (let cut = 0; cut < this.#cuts; cut += 1) this.#addCut(cut * SPACE);
    if (z2 < ceiling) this.#raise(x1, y1, x2, y2, z2, ceiling);
  }

  #keep(x1: number, y1: number, z1: number, x2: number, y2: number, z2: number): void {
    if (this.#cuts === MOST) return;
    const at = this.#cuts * SPACE;
    const cut = this.#cut;
    cut[at] = x1;
    cut[at + 1] = y1;
    cut[at + 2] = z1;
    cut[at + 3] = x2;
    cut[at + 4] = y2;
    cut[at + 5] = z2;
    this.#cuts += 1;
  }

  #addCut(at: number): void {
    const cut = this.#cut;
    this.#add(
      cut[at] as number,
      cut[at + 1] as number,
      cut[at + 2] as number,
      cut[at + 3] as number,
      cut[at + 4] as number,
      cut[at + 5] as number,
    );
  }

  /** Adds the space on top of a block, and those that it forms with level tops beside it. */
  #raise(x1: number, y1: number, x2: number, y2: number, floor: number, ceiling: number): void {
    const { data } = this;
    this.#cuts = 0;
    this.#keep(x1, y1, floor, x2, y2, ceiling);
    const before = this.count;
    for (let cut = 0; cut < this.#cuts && cut < 8; cut += 1) {
      const own = cut * SPACE;
      const a = this.#cut[own] as number;
      const b = this.#cut[own + 1] as number;
      const d = this.#cut[own + 3] as number;
      const e = this.#cut[own + 4] as number;
      const highest = this.#cut[own + 5] as number;
      for (let index = 0; index < before; index += 1) {
        const at = index * SPACE;
        if (data[at + 2] !== floor) continue;
        const p = data[at] as number;
        const q = data[at + 1] as number;
        const r = data[at + 3] as number;
        const s = data[at + 4] as number;
        const top = Math.min(highest, data[at + 5] as number);
        const left = Math.max(a, p);
        const right = Math.min(d, r);
        const front = Math.max(b, q);
        const back = Math.min(e, s);
        if (left === right && back > front) this.#keep(Math.min(a, p), front, floor, Math.max(d, r), back, top);
        if (front === back && right > left) this.#keep(left, Math.min(b, q), floor, right, Math.max(e, s), top);
      }
    }
    for (let cut = this.#cuts - 1; cut >= 0; cut -= 1) this.#addCut(cut * SPACE);
  }

  /** Adds a space unless it lies within another; those within it go. */
  #add(x1: number, y1: number, z1: number, x2: number, y2: number, z2: number): void {
    const { data } = this;
    for (let index = this.count - 1; index >= 0; index -= 1) {
      const at = index * SPACE;
      const a = data[at] as number;
      const b = data[at + 1] as number;
      const c = data[at + 2] as number;
      const d = data[at + 3] as number;
      const e = data[at + 4] as number;
      const f = data[at + 5] as number;
      // Only spaces on one floor may swallow each other: a floor is what a space is for.
      if (c !== z1) continue;
      if (a <= x1 && b <= y1 && d >= x2 && e >= y2 && f >= z2) return;
      if (a >= x1 && b >= y1 && d <= x2 && e <= y2 && f <= z2) this.drop(index);
    }
    if (this.count === MOST) return;
    const at = this.count * SPACE;
    data[at] = x1;
    data[at + 1] = y1;
    data[at + 2] = z1;
    data[at + 3] = x2;
    data[at + 4] = y2;
    data[at + 5] = z2;
    this.count += 1;
  }
}
