import type { Block } from './block-list.ts';
import { type FreeSpace, SPACE } from './free-space.ts';

/** A block that was placed, after those before it. */
export interface Step {
  readonly block: Block;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly before: Step | undefined;
}

/** A loading in the making, worked on in place. */
export interface LoadingState {
  readonly space: FreeSpace;
  readonly left: Int32Array;
  massLeft: number;
  volume: number;
  last: Step | undefined;
}

/** A state put away. */
export interface KeptState {
  readonly spaces: Int32Array;
  readonly left: Int32Array;
  readonly massLeft: number;
  readonly volume: number;
  readonly last: Step | undefined;
  /** Volume that a greedy completion reaches. */
  readonly promise: number;
}

/** Puts a state away, with the volume that a completion of it reaches. */
export const keep = ({ space, left, massLeft, volume, last }: LoadingState, promise: number): KeptState => ({
  spaces: space.data.slice(0, space.count * SPACE),
  left: left.slice(),
  massLeft,
  volume,
  last,
  promise,
});

/** Goes on from a state that was put away. */
export const restore = (state: LoadingState, kept: KeptState): void => {
  state.space.restore(kept.spaces);
  state.left.set(kept.left);
  state.massLeft = kept.massLeft;
  state.volume = kept.volume;
  state.last = kept.last;
};
