import type { Dimensions } from '@crossparcel/units';
import { type Goods, orientations } from './goods.ts';

/** One unit in a carton: its corner nearest the origin and its extents along the carton's length, width and height. */
export interface Placement extends Dimensions {
  readonly item: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** How far a carton could be filled. */
export interface Filling {
  readonly placements: readonly Placement[];
  /** Units placed of each goods, in the order of the goods given. */
  readonly placed: readonly number[];
  readonly massGrams: number;
}

/** Free room above a level floor: it reaches up to the carton's top, and all of its floor is carton or items. */
interface Room {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly length: number;
  readonly width: number;
}

/** A grid of equal units that stand in one room. */
interface Block {
  readonly room: number;
  readonly unit: Dimensions;
  readonly along: number;
  readonly across: number;
  readonly layers: number;
}

const volume = ({ lengthMm, widthMm, heightMm }: Dimensions): number => lengthMm * widthMm * heightMm;

/**
 * Fills one carton with as much of the goods as it can: goods by falling volume; each time the block of equal units
 * that takes most of them into one room, of equal blocks the one that leaves the least edge; the room is then cut
 * guillotine-wise into the two beside the block and the one on top (Jylänki 2010 describes the planar case). Every unit
 * is inside, apart from others, wholly supported, and can be lowered in from above in the order given.
 */
export const fillCarton = (goods: readonly Goods[], inner: Dimensions, maxMassGrams: number): Filling => {
  const filler = new Filler(inner, maxMassGrams);
  const placed = goods.map(() => 0);
  const order = goods.map((_, index) => index).sort((a, b) => byFallingVolume(goods, a, b));
  for (const index of order) {
    const one = goods[index];
    if (one) placed[index] = filler.place(one);
  }
  return { placements: filler.placements, placed, massGrams: filler.massGrams };
};

const byFallingVolume = (goods: readonly Goods[], a: number, b: number): number => {
  const [first, second] = [goods[a], goods[b]];
  if (!first || !second) return 0;
  return volume(second.size) - volume(first.size) || (first.id < second.id ? -1 : first.id > second.id ? 1 : a - b);
};

class Filler {
  readonly placements: Placement[] = [];
  massGrams = 0;
  readonly #height: number;
  readonly #maxMassGrams: number;
  readonly #rooms: Room[];

  constructor(inner: Dimensions, maxMassGrams: number) {
    this.#height = inner.heightMm;
    this.#maxMassGrams = maxMassGrams;
    this.#rooms = [{ x: 0, y: 0, z: 0, length: inner.lengthMm, width: inner.widthMm }];
  }

  /** Places as many units as go in; returns how many. */
  place(goods: Goods): number {
    const sizes = orientations(goods);
    const byMass =
      goods.massGrams > 0 ? Math.floor((this.#maxMassGrams - this.massGrams) / goods.massGrams) : goods.quantity;
    const wanted = Math.min(goods.quantity, Math.max(0, byMass));
    let left = wanted;
    while (left > 0) {
      const block = this.#bestBlock(sizes, left);
      if (!block) break;
      left -= this.#put(goods.id, block);
    }
    this.massGrams += (wanted - left) * goods.massGrams;
    return wanted - left;
  }

  #bestBlock(sizes: readonly Dimensions[], wanted: number): Block | undefined {
    let best: Block | undefined;
    let bestCount = 0;
    let bestEdge = Number.POSITIVE_INFINITY;
    for (let index = 0; index < this.#rooms.length; index += 1) {
      const room = this.#rooms[index] as Room;
      for (const unit of sizes) {
        const along = Math.min(wanted, Math.floor(room.length / unit.lengthMm));
        const across = along && Math.min(Math.floor(wanted / along), Math.floor(room.width / unit.widthMm));
        const layers =
          across &&
          Math.min(Math.floor(wanted / (along * across)), Math.floor((this.#height - room.z) / unit.heightMm));
        const count = along * across * layers;
        if (count === 0 || count < bestCount) continue;
        const edge = Math.min(room.length - along * unit.lengthMm, room.width - across * unit.widthMm) + room.z;
        if (count === bestCount && edge >= bestEdge) continue;
        best = { room: index, unit, along, across, layers };
        bestCount = count;
        bestEdge = edge;
      }
    }
    return best;
  }

  #put(item: string, { room: index, unit, along, across, layers }: Block): number {
    const room = this.#rooms[index] as Room;
    for (let layer = 0; layer < layers; layer += 1) {
      for (let row = 0; row < across; row += 1) {
        for (let column = 0; column < along; column += 1) {
          this.placements.push({
            item,
            x: room.x + column * unit.lengthMm,
            y: room.y + row * unit.widthMm,
            z: room.z + layer * unit.heightMm,
            lengthMm: unit.lengthMm,
            widthMm: unit.widthMm,
            heightMm: unit.heightMm,
          });
        }
      }
    }
    this.#cut(index, along * unit.lengthMm, across * unit.widthMm, layers * unit.heightMm);
    return along * across * layers;
  }

  /** Replaces a room by what a block leaves of it, cut so that the larger of the two rooms beside is as large as can be. */
  #cut(index: number, length: number, width: number, height: number): void {
    const { x, y, z, length: roomLength, width: roomWidth } = this.#rooms[index] as Room;
    const besideLength = roomLength - length;
    const besideWidth = roomWidth - width;
    const alongWhole = Math.max(besideLength * roomWidth, length * besideWidth);
    const acrossWhole = Math.max(besideLength * width, roomLength * besideWidth);
    const beside: Room[] =
      alongWhole >= acrossWhole
        ? [
            { x: x + length, y, z, length: besideLength, width: roomWidth },
            { x, y: y + width, z, length, width: besideWidth },
          ]
        : [
            { x: x + length, y, z, length: besideLength, width },
            { x, y: y + width, z, length: roomLength, width: besideWidth },
          ];
    const top: Room = { x, y, z: z + height, length, width };
    const rooms = [...beside, top].filter((room) => room.length > 0 && room.width > 0 && room.z < this.#height);
    this.#rooms.splice(index, 1, ...rooms);
  }
}
