/** A line through logarithms of views, and the noise about it. */
export interface ReachLine {
  readonly slope: number;
  readonly offset: number;
  readonly noise: number;
}

/** Before any launch: reach grows less than in step with views, and is known within a factor of some ten. */
const BEFORE = { slope: 0.6, slopeSpread: 0.25, level: 13.5, levelSpread: 1.5, at: 14, cases: 4, noise: 0.9 };

/**
 * What a creator's stated reach has said about views: log reach as a line through log views, by conjugate Bayesian regression
 * (normal and inverse gamma; Gelman et al., Bayesian Data Analysis, ch. 14) from launches that are over.
 */
export class ReachBelief {
  // Sums of precision-weighted products of (1, x − at), per unit of noise.
  #p00 = BEFORE.noise / BEFORE.levelSpread ** 2;
  #p01 = 0;
  #p11 = BEFORE.noise / BEFORE.slopeSpread ** 2;
  #q0 = this.#p00 * BEFORE.level;
  #q1 = this.#p11 * BEFORE.slope;
  #squares = this.#p00 * BEFORE.level ** 2 + this.#p11 * BEFORE.slope ** 2;
  #cases: number = BEFORE.cases;
  readonly #scale = BEFORE.cases * BEFORE.noise;

  learn(logViews: number, logReach: number): void {
    const x = logViews - BEFORE.at;
    this.#p00 += 1;
    this.#p01 += x;
    this.#p11 += x * x;
    this.#q0 += logReach;
    this.#q1 += x * logReach;
    this.#squares += logReach * logReach;
    this.#cases += 1;
  }

  /** The line to go by for a launch whose views are thought to be around some value. */
  line(around: number): ReachLine {
    const determinant = this.#p00 * this.#p11 - this.#p01 * this.#p01;
    const level = (this.#p11 * this.#q0 - this.#p01 * this.#q1) / determinant;
    const slope = (this.#p00 * this.#q1 - this.#p01 * this.#q0) / determinant;
    const rest = Math.max(0, this.#squares - level * this.#q0 - slope * this.#q1);
    const noise = (this.#scale + rest) / Math.max(1, this.#cases - 2);
    const x = around - BEFORE.at;
    const unsure = (this.#p11 - 2 * this.#p01 * x + this.#p00 * x * x) / determinant;
    return { slope, offset: level - slope * BEFORE.at, noise: noise * (1 + unsure) };
  }
}
