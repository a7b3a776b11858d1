import type { ItemType } from './item-type.ts';
import type { Room } from './pass.ts';

/** Grids listed for one type at most; of more, the largest are kept. */
const MOST_OF_A_TYPE = 3_000;

/** A grid of equal units that stand alike. */
export interface Block {
  readonly type: number;
  readonly count: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly volume: number;
  readonly unit: readonly [number, number, number];
  readonly grid: readonly [number, number, number];
}

/** All grids of some units that go into a room, the largest first within each type. */
export const blocksOf = (types: readonly ItemType[], counts: ArrayLike<number>, room: Room): Block[][] =>
  types.map((type, index) => {
    const blocks: Block[] = [];
    const { turns } = type;
    for (let turn = 0; turn < turns.length; turn += 3) {
      const unit = [turns[turn] as number, turns[turn + 1] as number, turns[turn + 2] as number] as const;
      addGrids(blocks, index, type.volume, unit, counts[index] as number, room);
    }
    return blocks.sort((a, b) => b.volume - a.volume).slice(0, MOST_OF_A_TYPE);
  });

const addGrids = (
  blocks: Block[],
  type: number,
  unitVolume: number,
  unit: readonly [number, number, number],
  most: number,
  room: Room,
): void => {
  const [length, width, height] = unit;
  for (let along = 1; along <= most && along * length <= room.length; along += 1)
    for (let across = 1; along * across <= most && across * width <= room.width; across += 1)
      for (let layers = 1; along * across * layers <= most && layers * height <= room.height; layers += 1) {
        const count = along * across * layers;
        blocks.push({
          type,
          count,
          length: along * length,
          width: across * width,
          height: layers * height,
          volume: count * unitVolume,
          unit,
          grid: [along, across, layers],
        });
      }
};

/** For each length up to a limit, the longest row of units that is no longer: what of it can be used at all. */
export const usableLengths = (lengths: Iterable<number>, limit: number): Int32Array => {
  const reachable = new Uint8Array(limit + 1);
  reachable[0] = 1;
  for (const length of new Set(lengths))
    for (let at = length; at <= limit; at += 1) if (reachable[at - length]) reachable[at] = 1;
  const usable = new Int32Array(limit + 1);
  for (let at = 1; at <= limit; at += 1) usable[at] = reachable[at] ? at : (usable[at - 1] as number);
  return usable;
};
