/** A value and its probability. */
export interface Mass {
  readonly value: number;
  readonly probability: number;
}

const TOLERANCE = 1e-9;

/** A distribution on finitely many integers, values ascending and distinct, probabilities adding up to one. */
export class DiscreteDistribution {
  readonly masses: readonly Mass[];

  /** Throws a RangeError unless the masses are non-negative, on integers, and add up to one (within 1e-9). */
  constructor(masses: Iterable<Mass>) {
    const byValue = new Map<number, number>();
    let sum = 0;
    for (const { value, probability } of masses) {
      if (!Number.isInteger(value) || !(probability >= 0)) {
        throw new RangeError(`not a probability on an integer: ${value}: ${probability}`);
      }
      sum += probability;
      if (probability > 0) byValue.set(value, (byValue.get(value) ?? 0) + probability);
    }
    if (Math.abs(sum - 1) > TOLERANCE) throw new RangeError(`probabilities add up to ${sum}, not to 1`);
    this.masses = [...byValue]
      .map(([value, probability]) => ({ value, probability }))
      .sort((a, b) => a.value - b.value);
  }

  /** The mean. */
  get mean(): number {
    return this.expectation((value) => value);
  }

  /** The mean of a function of the value. */
  expectation(of: (value: number) => number): number {
    let sum = 0;
    for (const { value, probability } of this.masses) sum += probability * of(value);
    return sum;
  }

  /** The smallest value that is not exceeded with at least the given probability (0 < level ≤ 1). */
  quantile(level: number): number {
    let below = 0;
    for (const { value, probability } of this.masses) {
      below += probability;
      if (below >= level - TOLERANCE) return value;
    }
    return this.masses.at(-1)?.value ?? Number.NaN;
  }

  /** The probability of at most a value. */
  atMost(limit: number): number {
    let below = 0;
    for (const { value, probability } of this.masses) {
      if (value > limit) break;
      below += probability;
    }
    return below;
  }

  /** The distribution of the first value followed by a second whose distribution depends on it. */
  followedBy(next: (value: number) => DiscreteDistribution): DiscreteDistribution {
    const masses: Mass[] = [];
    for (const first of this.masses) {
      for (const second of next(first.value).masses) {
        masses.push({ value: second.value, probability: first.probability * second.probability });
      }
    }
    return new DiscreteDistribution(masses);
  }

  /** The distribution of the largest of several independent values, at least one. */
  static maximum(several: readonly DiscreteDistribution[]): DiscreteDistribution {
    const [only] = several;
    if (!only) throw new RangeError('no maximum of no distributions');
    if (several.length === 1) return only;
    const values = [...new Set(several.flatMap((one) => one.masses.map((mass) => mass.value)))].sort((a, b) => a - b);
    let below = 0;
    const masses = values.map((value) => {
      const upTo = several.reduce((product, one) => product * one.atMost(value), 1);
      const probability = Math.max(0, upTo - below);
      below = upTo;
      return { value, probability };
    });
    return new DiscreteDistribution(masses);
  }
}
