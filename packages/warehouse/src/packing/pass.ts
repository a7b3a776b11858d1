import { type FreeSpace, SPACE } from './free-space.ts';
import { type ItemType, keptApart } from './item-type.ts';
import { LoadLimits } from './load-limits.ts';
import { UNIT, UnitList } from './unit-list.ts';

/** Inner extents of a carton in mm. */
export interface Room {
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** Where a pass likes to put things: how free spaces are compared once they take the same number of units. */
export type Preference = 'snug' | 'low' | 'near-corner' | 'small-space' | 'touching-top';

/** What goes in, in which order: a type and how many of its units at most, one lot after the other. */
export interface Lot {
  readonly type: number;
  readonly quantity: number;
  /** The way to stand that is tried before the others: where it begins among the turns of its type. */
  readonly turn?: number;
}

/** Share of a base that must rest on carton or items, in tenths. */
const SUPPORT_TENTHS = 7;

/**
 * One constructive pass: lot by lot, each time the grid of equal units that takes most of the lot into one space, of
 * equal grids the one that the preference ranks first. A unit may stick out over a floor while enough of its base
 * rests on it. Buffers are kept, so one pass object serves many cartons.
 */
export class Pass {
  /** Units placed by the last run. */
  readonly units = new UnitList();
  readonly #space: FreeSpace;
  readonly #types: readonly ItemType[];
  readonly #limits: LoadLimits | undefined;
  readonly #apart: readonly (readonly boolean[])[] | undefined;
  #room: Room = { length: 0, width: 0, height: 0 };
  #massLeft = 0;
  /** Units of each type that the last run placed. */
  readonly placed: Int32Array;
  /** Spaces looked at since the pass was made: what counted effort counts. */
  looked = 0;
  // The best place found for the grid at hand.
  #at = 0;
  #x = 0;
  #y = 0;
  #turn = 0;
  #along = 0;
  #across = 0;
  #layers = 0;
  // Where a unit that sticks out over its floor would lie.
  #outX = 0;
  #outY = 0;

  /** `space` is a buffer that passes may share as long as they do not run at once. */
  constructor(types: readonly ItemType[], space: FreeSpace) {
    this.#types = types;
    this.#space = space;
    const hasApart = types.some((type) => type.apartFrom.length > 0);
    this.#apart = hasApart ? types.map((one) => types.map((other) => keptApart(one, other))) : undefined;
    this.placed = new Int32Array(types.length);
    const isLimited = types.some((type) => type.maxLoadGrams < Number.POSITIVE_INFINITY);
    this.#limits = isLimited ? new LoadLimits(types, this.units) : undefined;
  }

  /** Fills a room with the lots; returns how many units went in. */
  run(lots: readonly Lot[], room: Room, maxMassGrams: number, preference: Preference): number {
    this.#room = room;
    this.#space.reset(room.length, room.width, room.height);
    this.#limits?.reset();
    this.units.count = 0;
    this.#massLeft = maxMassGrams;
    this.placed.fill(0);
    for (const lot of lots) this.#place(lot, preference);
    return this.units.count;
  }

  #place({ type, quantity, turn }: Lot, preference: Preference): void {
    const { massGrams, turns } = this.#types[type] as ItemType;
    const apart = this.#apart?.[type];
    if (apart?.some((isApart, other) => isApart && (this.placed[other] as number) > 0)) return;
    const byMass = massGrams > 0 ? Math.floor(this.#massLeft / massGrams) : quantity;
    // Goods that must not meet their own kind travel one by one.
    let left = Math.min(apart?.[type] ? 1 : quantity, Math.max(0, byMass));
    while (left > 0) {
      const wanted = this.#limits ? 1 : left;
      const isFound =
        (turn !== undefined && this.#find(type, turns, turn, turn + 3, wanted, preference)) ||
        this.#find(type, turns, 0, turns.length, wanted, preference);
      if (!isFound) return;
      const count = this.#put(type, turns, massGrams);
      left -= count;
      this.#massLeft -= count * massGrams;
      this.placed[type] = (this.placed[type] as number) + count;
    }
  }

  /** Finds the best place for units of a type standing in some ways; false when there is none. */
  #find(
    type: number,
    turns: Int32Array,
    fromTurn: number,
    toTurn: number,
    wanted: number,
    preference: Preference,
  ): boolean {
    const { data, count: spaces } = this.#space;
    let bestCount = 0;
    let bestRank = Number.POSITIVE_INFINITY;
    this.looked += spaces;
    for (let at = 0; at < spaces * SPACE; at += SPACE) {
      const spaceLength = (data[at + 3] as number) - (data[at] as number);
      const spaceWidth = (data[at + 4] as number) - (data[at + 1] as number);
      const spaceHeight = (data[at + 5] as number) - (data[at + 2] as number);
      for (let turn = fromTurn; turn < toTurn; turn += 3) {
        const length = turns[turn] as number;
        const width = turns[turn + 1] as number;
        const height = turns[turn + 2] as number;
        if (height > spaceHeight) continue;
        let along = 1;
        let across = 1;
        let layers = 1;
        let x = data[at] as number;
        let y = data[at + 1] as number;
        if (length > spaceLength || width > spaceWidth) {
          if (bestCount > 1 || (data[at + 2] as number) === 0) continue;
          const base = Math.min(length, spaceLength) * Math.min(width, spaceWidth);
          if (base * 10 < length * width * SUPPORT_TENTHS) continue;
          if (!this.#sticksOut(at, length, width, height)) continue;
          x = this.#outX;
          y = this.#outY;
        } else if (wanted > 1) {
          along = Math.min(wanted, Math.floor(spaceLength / length));
          across = Math.min(Math.floor(wanted / along), Math.floor(spaceWidth / width));
          layers = Math.min(Math.floor(wanted / (along * across)), Math.floor(spaceHeight / height));
        }
        const count = along * across * layers;
        if (count < bestCount) continue;
        const rank = this.#rank(preference, at, along * length, across * width, layers * height);
        if (count === bestCount && rank >= bestRank) continue;
        if (this.#limits && !this.#limits.bearersOf(type, x, y, data[at + 2] as number, length, width)) continue;
        bestCount = count;
        bestRank = rank;
        this.#at = at;
        this.#turn = turn;
        this.#along = along;
        this.#across = across;
        this.#layers = layers;
        this.#x = x;
        this.#y = y;
      }
    }
    return bestCount > 0;
  }

  /** Small is better. Each rank is a length or a product of lengths in mm. */
  #rank(preference: Preference, at: number, length: number, width: number, height: number): number {
    const { data } = this.#space;
    const x = data[at] as number;
    const y = data[at + 1] as number;
    const z = data[at + 2] as number;
    const alongLeft = (data[at + 3] as number) - x - length;
    const acrossLeft = (data[at + 4] as number) - y - width;
    const heightLeft = (data[at + 5] as number) - z - height;
    switch (preference) {
      case 'snug':
        return Math.min(Math.abs(alongLeft), Math.abs(acrossLeft)) + z;
      case 'low':
        return (z + height) * 10_000 + Math.min(Math.abs(alongLeft), Math.abs(acrossLeft));
      case 'near-corner':
        return x + length + y + width + z + height;
      case 'small-space':
        return (alongLeft + length) * (acrossLeft + width) * (heightLeft + height);
      case 'touching-top':
        return heightLeft * 10_000 + Math.min(Math.abs(alongLeft), Math.abs(acrossLeft));
    }
  }

  /** Whether a unit wider than its floor has room beside it, laid against one of the floor's edges. */
  #sticksOut(at: number, length: number, width: number, height: number): boolean {
    const { data } = this.#space;
    const x1 = data[at] as number;
    const y1 = data[at + 1] as number;
    const z = data[at + 2] as number;
    const farX = (data[at + 3] as number) - length;
    const farY = (data[at + 4] as number) - width;
    for (let corner = 0; corner < 4; corner += 1) {
      if ((corner & 1 && farX >= x1) || (corner & 2 && farY >= y1)) continue;
      const x = corner & 1 ? farX : x1;
      const y = corner & 2 ? farY : y1;
      if (!this.#isFree(x, y, z, length, width, height)) continue;
      this.#outX = x;
      this.#outY = y;
      return true;
    }
    return false;
  }

  #isFree(x: number, y: number, z: number, length: number, width: number, height: number): boolean {
    const { length: roomLength, width: roomWidth } = this.#room;
    if (x < 0 || y < 0 || x + length > roomLength || y + width > roomWidth) return false;
    const { data, count } = this.units;
    for (let at = 0; at < count * UNIT; at += UNIT) {
      const left = data[at + 1] as number;
      const front = data[at + 2] as number;
      const bottom = data[at + 3] as number;
      if (left >= x + length || left + (data[at + 4] as number) <= x) continue;
      if (front >= y + width || front + (data[at + 5] as number) <= y) continue;
      if (bottom < z + height && bottom + (data[at + 6] as number) > z) return false;
    }
    return true;
  }

  /** Where the free room over the found place ends: a unit that sticks out may do so under another that does. */
  #lowestOver(x2: number, y2: number, z2: number): number {
    const { data } = this.#space;
    if (x2 <= (data[this.#at + 3] as number) && y2 <= (data[this.#at + 4] as number) && this.#isOnFloor())
      return this.#room.height;
    let lowest = this.#room.height;
    const { data: units, count } = this.units;
    for (let at = 0; at < count * UNIT; at += UNIT) {
      const bottom = units[at + 3] as number;
      const left = units[at + 1] as number;
      const front = units[at + 2] as number;
      if (bottom < z2 || bottom >= lowest || left >= x2 || front >= y2) continue;
      if (left + (units[at + 4] as number) > this.#x && front + (units[at + 5] as number) > this.#y) lowest = bottom;
    }
    return lowest;
  }

  /** Whether the found place begins within its space's floor. */
  #isOnFloor(): boolean {
    const { data } = this.#space;
    return this.#x >= (data[this.#at] as number) && this.#y >= (data[this.#at + 1] as number);
  }

  /** Puts the grid that was found there; returns its units. */
  #put(type: number, turns: Int32Array, massGrams: number): number {
    const along = this.#along;
    const across = this.#across;
    const layers = this.#layers;
    const length = turns[this.#turn] as number;
    const width = turns[this.#turn + 1] as number;
    const height = turns[this.#turn + 2] as number;
    const z = this.#space.data[this.#at + 2] as number;
    const [x2, y2, z2] = [this.#x + along * length, this.#y + across * width, z + layers * height];
    const ceiling = Math.min(this.#space.data[this.#at + 5] as number, this.#lowestOver(x2, y2, z2));
    if (this.#limits) {
      const bearers = this.#limits.bearersOf(type, this.#x, this.#y, z, length, width);
      this.#limits.place(massGrams, bearers ?? []);
    }
    this.units.pushGrid(type, [this.#x, this.#y, z], [length, width, height], [along, across, layers]);
    this.#space.take(this.#x, this.#y, z, x2, y2, z2, ceiling);
    return along * across * layers;
  }
}
