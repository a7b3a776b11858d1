import { type Block, blocksOf, usableLengths } from './block-list.ts';
import type { Filling } from './fitter.ts';
import { FreeSpace, SPACE } from './free-space.ts';
import type { ItemType } from './item-type.ts';
import { type KeptState, keep, type LoadingState, restore, type Step } from './loading-state.ts';
import type { Room } from './pass.ts';
import { UnitList } from './unit-list.ts';

/** Placing a block costs about as much time as weighing so many. */
const PLACING = 50;

/** How hard an unusable rest counts against a block: the share of the room that stays usable is raised to this. */
const REST_WEIGHT = 2;

/**
 * Fills one container with as much volume as it can: beam search over blocks of equal units, each state judged by what a
 * greedy completion of it reaches (the beam search of Araya & Riff 2014; spaces and supports as in `FreeSpace`). The beam
 * is widened until the counted work is done.
 */
export class Loader {
  readonly #types: readonly ItemType[];
  readonly #room: Room;
  readonly #blocks: readonly (readonly Block[])[];
  readonly #usable: readonly [Int32Array, Int32Array];
  readonly #state: LoadingState;
  #best: { volume: number; last: Step | undefined } = { volume: 0, last: undefined };
  /** Whether the last search left anything out: else a wider one finds the same. */
  #isCut = false;
  /** Blocks weighed so far, placed ones counted as several. */
  #weighed = 0;

  constructor(types: readonly ItemType[], counts: Int32Array, room: Room) {
    this.#types = types;
    this.#room = room;
    this.#state = {
      space: new FreeSpace(),
      left: new Int32Array(types.length),
      massLeft: 0,
      volume: 0,
      last: undefined,
    };
    this.#blocks = blocksOf(types, counts, room);
    const flat = types.flatMap(({ turns }, type) => (counts[type] ? [...turns].filter((_, at) => at % 3 !== 2) : []));
    const upright = types.flatMap(({ turns }, type) =>
      counts[type] ? [...turns].filter((_, at) => at % 3 === 2) : [],
    );
    this.#usable = [usableLengths(flat, Math.max(room.length, room.width)), usableLengths(upright, room.height)];
  }

  /** The fullest loading found within some work, counted in blocks weighed. */
  load(counts: Int32Array, maxMassGrams: number, work: number, stop: () => boolean): Filling {
    const total = counts.reduce((sum, count, type) => sum + count * (this.#types[type] as ItemType).volume, 0);
    const most = Math.min(total, this.#usableVolume());
    for (let width = 1; this.#weighed < work && this.#best.volume < most; width = Math.ceil(width * 1.5))
      if (!this.#search(counts, maxMassGrams, width, work, stop) || !this.#isCut) break;
    return this.#filling(counts);
  }

  /** Volume of the room that rows of units can reach at all: loadings can be pushed together into that. */
  #usableVolume(): number {
    const { length, width, height } = this.#room;
    const [flat, upright] = this.#usable;
    return (flat[length] as number) * (flat[width] as number) * (upright[height] as number);
  }

  /** One beam search of some width; false when it was stopped. */
  #search(counts: Int32Array, maxMassGrams: number, width: number, work: number, stop: () => boolean): boolean {
    const state = this.#state;
    state.space.reset(this.#room.length, this.#room.width, this.#room.height);
    state.left.set(counts);
    state.massLeft = maxMassGrams;
    state.volume = 0;
    state.last = undefined;
    let states = [keep(state, 0)];
    this.#isCut = false;
    while (states.length > 0) {
      const children: KeptState[] = [];
      for (const kept of states) {
        if (stop()) return false;
        if (this.#weighed >= work && this.#best.last) return true;
        this.#expand(kept, width, children);
      }
      children.sort((a, b) => b.promise - a.promise);
      const promises = new Set<number>();
      states = [];
      for (const child of children) {
        // States of one promise are mostly the same loading in another order.
        if (promises.has(child.promise)) continue;
        promises.add(child.promise);
        if (states.length < width) states.push(child);
        else this.#isCut = true;
      }
    }
    return true;
  }

  #expand(kept: KeptState, width: number, children: KeptState[]): void {
    const state = this.#state;
    restore(state, kept);
    for (;;) {
      const at = this.#nextSpace(state.space);
      if (at < 0) return;
      const most = Math.max(2, width);
      const blocks = this.#rank(state, at, most + 1);
      if (blocks.length > most) {
        this.#isCut = true;
        blocks.pop();
      }
      if (blocks.length === 0) {
        state.space.drop(at / SPACE);
        continue;
      }
      const parent = keep(state, 0);
      for (const block of blocks) {
        restore(state, parent);
        this.#place(state, at, block);
        const child = keep(state, 0);
        children.push({ ...child, promise: this.#complete(state) });
      }
      return;
    }
  }

  /** The space whose nearest corner is nearest to a corner of the container; the fullest-looking corner is filled first. */
  #nextSpace({ data, count }: FreeSpace): number {
    let best = -1;
    let nearest = Number.POSITIVE_INFINITY;
    let largest = 0;
    for (let at = 0; at < count * SPACE; at += SPACE) {
      const x1 = data[at] as number;
      const y1 = data[at + 1] as number;
      const z1 = data[at + 2] as number;
      const x2 = data[at + 3] as number;
      const y2 = data[at + 4] as number;
      const distance = Math.min(x1, this.#room.length - x2) + Math.min(y1, this.#room.width - y2) + z1;
      if (distance > nearest) continue;
      const volume = (x2 - x1) * (y2 - y1) * ((data[at + 5] as number) - z1);
      if (distance === nearest && volume <= largest) continue;
      best = at;
      nearest = distance;
      largest = volume;
    }
    return best;
  }

  /** The best blocks for a space, best first. */
  #rank(state: LoadingState, at: number, most: number): Block[] {
    const { data } = state.space;
    const length = (data[at + 3] as number) - (data[at] as number);
    const width = (data[at + 4] as number) - (data[at + 1] as number);
    const height = (data[at + 5] as number) - (data[at + 2] as number);
    const [flat, upright] = this.#usable;
    const best: Block[] = [];
    const scores: number[] = [];
    for (let type = 0; type < this.#blocks.length; type += 1) {
      const left = state.left[type] as number;
      if (left === 0) continue;
      const massGrams = (this.#types[type] as ItemType).massGrams;
      const blocks = this.#blocks[type] as readonly Block[];
      for (let index = 0; index < blocks.length; index += 1) {
        const block = blocks[index] as Block;
        this.#weighed += 1;
        if (scores.length === most && block.volume <= (scores[most - 1] as number)) break;
        if (block.count > left || block.length > length || block.width > width || block.height > height) continue;
        if (block.count * massGrams > state.massLeft) continue;
        const share =
          ((block.length + (flat[length - block.length] as number)) / length) *
          ((block.width + (flat[width - block.width] as number)) / width) *
          ((block.height + (upright[height - block.height] as number)) / height);
        const score = block.volume * share ** REST_WEIGHT;
        if (scores.length === most && score <= (scores[most - 1] as number)) continue;
        let place = Math.min(scores.length, most - 1);
        while (place > 0 && (scores[place - 1] as number) < score) {
          scores[place] = scores[place - 1] as number;
          best[place] = best[place - 1] as Block;
          place -= 1;
        }
        scores[place] = score;
        best[place] = block;
      }
    }
    return best;
  }

  /** Puts a block into the corner of a space that is nearest to a side of the container. */
  #place(state: LoadingState, at: number, block: Block): void {
    this.#weighed += PLACING;
    const { data } = state.space;
    const x1 = data[at] as number;
    const y1 = data[at + 1] as number;
    const z = data[at + 2] as number;
    const x2 = data[at + 3] as number;
    const y2 = data[at + 4] as number;
    const x = x1 <= this.#room.length - x2 ? x1 : x2 - block.length;
    const y = y1 <= this.#room.width - y2 ? y1 : y2 - block.width;
    const ceiling = data[at + 5] as number;
    state.space.take(x, y, z, x + block.length, y + block.width, z + block.height, ceiling);
    state.left[block.type] = (state.left[block.type] as number) - block.count;
    state.massLeft -= block.count * (this.#types[block.type] as ItemType).massGrams;
    state.volume += block.volume;
    state.last = { block, x, y, z, before: state.last };
  }

  /** Completes a state greedily; returns the volume reached and keeps the loading when it is the fullest so far. */
  #complete(state: LoadingState): number {
    for (let at = this.#nextSpace(state.space); at >= 0; at = this.#nextSpace(state.space)) {
      const [block] = this.#rank(state, at, 1);
      if (block) this.#place(state, at, block);
      else state.space.drop(at / SPACE);
    }
    if (state.volume > this.#best.volume) this.#best = { volume: state.volume, last: state.last };
    return state.volume;
  }

  #filling(counts: Int32Array): Filling {
    const units = new UnitList();
    const placed = new Int32Array(counts.length);
    for (let step = this.#best.last; step; step = step.before) {
      const { block, x, y, z } = step;
      units.pushGrid(block.type, [x, y, z], block.unit, block.grid);
      placed[block.type] = (placed[block.type] as number) + block.count;
    }
    return { counts: placed, layout: units.loadingOrder() };
  }
}
