/**
 * A distribution given by its quantiles at some levels: linear between them, from 0 below the lowest (the values are
 * amounts, which are never negative), and above the highest with the exponential tail through the two highest.
 */
export class QuantileCurve {
  readonly levels: readonly number[];
  readonly values: readonly number[];

  /** Levels ascend within (0, 1). Throws a RangeError unless there are at least two, with a value each. */
  constructor(levels: readonly number[], values: readonly number[]) {
    if (levels.length < 2 || levels.length !== values.length)
      throw new RangeError('a quantile curve needs a value for each of two levels or more');
    this.levels = levels;
    this.values = values;
  }

  /** The quantile at a level within (0, 1). */
  at(level: number): number {
    const { levels, values } = this;
    const above = levels.findIndex((one) => one >= level);
    const [first = 0, firstValue = 0] = [levels[0], values[0]];
    if (above === 0) return firstValue * (level / first);
    if (above < 0) return this.#tail(level);
    const [low = 0, high = 0, from = 0, to = 0] = [levels[above - 1], levels[above], values[above - 1], values[above]];
    return from + ((to - from) * (level - low)) / (high - low);
  }

  #tail(level: number): number {
    const [low = 0, high = 0] = this.levels.slice(-2);
    const [from = 0, to = 0] = this.values.slice(-2);
    return to + ((to - from) * Math.log((1 - high) / (1 - level))) / Math.log((1 - low) / (1 - high));
  }
}

/** Puts values into ascending order, lowest at `floor`: quantiles that were estimated apart may cross. */
export const ascending = (values: readonly number[], floor = 0): number[] =>
  values.map((value) => Math.max(floor, value)).sort((one, other) => one - other);
