/** Shares of what may at most be staked, held side by side. */
const STAKES = [0.1, 0.25, 0.5, 0.75, 0.95];

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Watches values up to 1, one a period, for their mean having risen above a bound at any time: money is bet on it anew in each period,
 * and all stakes ever begun are kept (the Shiryaev-Roberts e-detector of Shin, Ramdas and Rinaldo 2024). While each value is
 * expected to be at most `bound` given what came before, whatever the distribution, `evidence` takes `n` periods or more on
 * average to reach `n`. `least` is the smallest value that can occur.
 */
export class RiseDetector {
  readonly #bound: number;
  readonly #stakes: readonly number[];
  #capitals: number[];

  constructor({ bound, least }: { bound: number; least: number }) {
    this.#bound = bound;
    this.#stakes = STAKES.map((share) => share / (bound - least));
    this.#capitals = STAKES.map(() => 0);
  }

  /** Takes the next value, and gives the evidence so far. */
  observe(value: number): number {
    const gain = value - this.#bound;
    this.#capitals = this.#capitals.map(
      (capital, place) => (capital + 1) * (1 + (this.#stakes[place] as number) * gain),
    );
    return this.evidence;
  }

  get evidence(): number {
    return meanOf(this.#capitals);
  }
}

const GRID = 200;

/** Whether bets against a mean would by now have won 1/`risk` times their stake. */
const isRuledOut = (values: readonly number[], mean: number, risk: number): boolean => {
  const capital = (sign: 1 | -1): number => {
    const room = sign > 0 ? mean : 1 - mean;
    if (room <= 0) return values.some((value) => value !== mean) ? Number.POSITIVE_INFINITY : 1;
    return meanOf(
      STAKES.map((share) => values.reduce((money, value) => money * (1 + (share / room) * sign * (value - mean)), 1)),
    );
  };
  return (capital(1) + capital(-1)) / 2 >= 1 / risk;
};

/**
 * Between what bounds the mean of values within 0 and 1 lies with a confidence of 1 - `risk`, however often it is looked at and
 * whatever the distribution: the means that betting does not rule out (Waudby-Smith and Ramdas 2024), on a grid of 0.005.
 */
export const meanBounds = (values: readonly number[], risk: number): { low: number; high: number } => {
  const left = Array.from({ length: GRID + 1 }, (_, at) => at / GRID).filter((mean) => !isRuledOut(values, mean, risk));
  const centre = values.length === 0 ? 0.5 : meanOf(values);
  return { low: left[0] ?? centre, high: left.at(-1) ?? centre };
};
