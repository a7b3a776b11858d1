import type { PriorPoints } from './launch-prior.ts';
import { type Tilted, tiltByCount } from './tilted-normal.ts';

/** How far below the best the logarithm of a weight still counts. */
const UNLIKELY = 25;
/** A count that has nothing to do with its rate is any of so many powers of e. */
const STRAY_RANGE = 12;

/** A value seen with noise (a variance) on a multiple of a coordinate. */
interface Reading {
  readonly factor: number;
  readonly offset: number;
  readonly value: number;
  readonly noise: number;
}

/**
 * A mixture of normals, one around each past launch, on the logarithms of orders by region, of views, and (last) of the share
 * of orders that is pre-ordered. Each observation updates every member and its weight (Alspach and Sorenson 1972).
 */
export class GaussianSum {
  readonly points: PriorPoints;
  readonly size: number;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
  readonly logWeights: Float64Array;
  /** Members that still count, by index. */
  members: readonly number[];
  readonly #cross: Float64Array;
  readonly #tilted: Tilted = { logEvidence: 0, mean: 0, variance: 0 };

  private constructor(points: PriorPoints, size: number, from?: GaussianSum) {
    const { count } = points;
    this.points = points;
    this.size = size;
    this.means = from ? from.means.slice() : new Float64Array(count * size);
    this.covariances = from ? from.covariances.slice() : new Float64Array(count * size * size);
    this.logWeights = from ? from.logWeights.slice() : new Float64Array(count);
    this.members = from ? from.members : Array.from({ length: count }, (_, at) => at);
    this.#cross = new Float64Array(size);
  }

  /** The prior; the share of pre-orders is to be given by `withShare`. */
  static of(points: PriorPoints): GaussianSum {
    const { count, centres, kernel } = points;
    const views = points.regions.length;
    const size = views + 2;
    const sum = new GaussianSum(points, size);
    const common = kernel.size ** 2;
    for (let at = 0; at < count; at += 1) {
      for (let row = 0; row <= views; row += 1) {
        sum.means[at * size + row] = centres[at * (views + 1) + row] as number;
        for (let column = 0; column <= views; column += 1) {
          const orders = row < views && column < views ? kernel.appeal ** 2 : 0;
          const own = row === column ? (row < views ? kernel.region ** 2 : kernel.views ** 2) : 0;
          sum.covariances[(at * size + row) * size + column] = common + orders + own;
        }
      }
    }
    return sum;
  }

  /** Leaves out members that have become too unlikely to count. */
  prune(): void {
    const best = this.members.reduce((most, at) => Math.max(most, this.logWeights[at] as number), -Infinity);
    this.members = this.members.filter((at) => (this.logWeights[at] as number) > best - UNLIKELY);
  }

  /** A copy in which the logarithm of the share pre-ordered is a normal of its own. */
  withShare(mean: number, variance: number): GaussianSum {
    const copy = new GaussianSum(this.points, this.size, this);
    const last = this.size - 1;
    for (const at of copy.members) {
      copy.means[at * this.size + last] = mean;
      copy.covariances[(at * this.size + last) * this.size + last] = variance;
    }
    return copy;
  }

  /** Sees `value` = factor · coordinate + offset + noise. */
  observe(coordinate: number, seen: Reading): void {
    for (const at of this.members) this.#observe(at, coordinate, seen);
  }

  /** Sees `value` = coordinate + offset + noise, offset and noise those of each member. */
  observeEach(coordinate: number, value: number, of: (at: number) => { offset: number; noise: number }): void {
    for (const at of this.members) {
      const { offset, noise } = of(at);
      this.#observe(at, coordinate, { factor: 1, offset, value, noise });
    }
  }

  /**
   * Sees a Poisson count at the rate exp(sum of one or two coordinates + offset of the member + noise). With the probability
   * `stray` it has nothing to do with the rate.
   */
  observeCount(
    [first, second]: readonly [number, number],
    {
      count,
      noise,
      offsets,
      stray = 0,
    }: { count: number; noise: number; offsets: (at: number) => number; stray?: number },
  ): void {
    const tilted = this.#tilted;
    const anything = stray / (STRAY_RANGE * (count + 1));
    for (const at of this.members) {
      const { mean, variance } = this.#along(at, first, second, 1);
      const offset = offsets(at);
      tiltByCount(mean + offset, variance + noise, count, tilted);
      const told = (1 - stray) * Math.exp(tilted.logEvidence);
      const sure = stray > 0 ? told / (told + anything) : 1;
      this.logWeights[at] =
        (this.logWeights[at] as number) + (stray > 0 ? Math.log(told + anything) : tilted.logEvidence);
      // What the noise takes up of the shift and of the narrowing is its part of the variance.
      const part = variance / (variance + noise);
      const shift = part * (tilted.mean - mean - offset);
      const after = variance + part * part * (tilted.variance - variance - noise);
      this.#move(at, variance, sure * shift, variance + sure * (after - variance) + sure * (1 - sure) * shift * shift);
    }
  }

  #observe(at: number, coordinate: number, { factor, offset, value, noise }: Reading): void {
    const { mean, variance } = this.#along(at, coordinate, -1, factor);
    const spread = variance + noise;
    const miss = value - mean - offset;
    this.logWeights[at] = (this.logWeights[at] as number) - 0.5 * ((miss * miss) / spread + Math.log(spread));
    const gain = variance / spread;
    this.#move(at, variance, gain * miss, variance * (1 - gain));
  }

  readonly #line = { mean: 0, variance: 0 };

  /** Mean and variance of a sum of coordinates; its covariances with all coordinates are left in `#cross`. */
  #along(at: number, first: number, second: number, factor: number): { mean: number; variance: number } {
    const { size, means, covariances } = this;
    const [base, cross] = [at * size, this.#cross];
    for (let row = 0; row < size; row += 1) {
      const start = (base + row) * size;
      const both = (covariances[start + first] as number) + (second < 0 ? 0 : (covariances[start + second] as number));
      cross[row] = factor * both;
    }
    const line = this.#line;
    line.mean = factor * ((means[base + first] as number) + (second < 0 ? 0 : (means[base + second] as number)));
    line.variance = factor * ((cross[first] as number) + (second < 0 ? 0 : (cross[second] as number)));
    return line;
  }

  /** Moves a member so that the sum last looked along shifts and narrows as given. */
  #move(at: number, variance: number, shift: number, after: number): void {
    const { size, means, covariances } = this;
    const cross = this.#cross;
    const [base, narrower] = [at * size, (after - variance) / (variance * variance)];
    for (let row = 0; row < size; row += 1) {
      const own = cross[row] as number;
      means[base + row] = (means[base + row] as number) + (own / variance) * shift;
      const start = (base + row) * size;
      for (let column = 0; column < size; column += 1)
        covariances[start + column] =
          (covariances[start + column] as number) + own * (cross[column] as number) * narrower;
    }
  }
}
