/**
 * All ways to take some of the units of a cargo, numbered: the number of a take is its counts written in a mixed radix,
 * so that a part of a take always has a smaller number than the take.
 */
export class CountSpace {
  /** How many takes there are, the empty one included. */
  readonly size: number;
  readonly counts: Int32Array;
  readonly strides: Int32Array;

  /** Throws a RangeError when there are more than 2³¹ takes; ask `sizeOf` first. */
  constructor(counts: Int32Array) {
    this.counts = counts;
    this.strides = new Int32Array(counts.length);
    let size = 1;
    // The first type gets the largest stride: it leads.
    for (let type = counts.length - 1; type >= 0; type -= 1) {
      this.strides[type] = size;
      size *= (counts[type] as number) + 1;
    }
    if (size > 2 ** 31) throw new RangeError(`too many takes: ${size}`);
    this.size = size;
  }

  /** How many takes some counts have. */
  static sizeOf(counts: Int32Array): number {
    return counts.reduce((size, count) => size * (count + 1), 1);
  }

  /** How many pairs of a take and a part of it there are: what dynamic programming over takes has to look at. */
  static pairsOf(counts: Int32Array): number {
    return counts.reduce((pairs, count) => (pairs * (count + 1) * (count + 2)) / 2, 1);
  }

  /** The counts of a take. */
  countsOf(take: number): Int32Array {
    let rest = take;
    return this.strides.map((stride) => {
      const count = Math.floor(rest / stride);
      rest -= count * stride;
      return count;
    });
  }
}
