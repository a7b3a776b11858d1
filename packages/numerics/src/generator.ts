import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random numbers: the same seed gives the same numbers on every machine (xoroshiro128+). */
export interface Generator {
  /** An integer, both ends possible, all equally likely. */
  integer(from: number, to: number): number;
  /** A number from 0 up to but not including 1. */
  unit(): number;
}

/** A generator for an integer seed. */
export const generatorOf = (seed: number): Generator => {
  const source = xoroshiro128plus(seed | 0);
  return {
    integer: (from, to) => uniformInt(source, from, to),
    unit: () => uniformFloat64(source),
  };
};
