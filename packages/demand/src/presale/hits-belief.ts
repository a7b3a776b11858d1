const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));

const SLOPES = range(0, 1.6, 17);
const MIDDLES = range(2, 10, 17);
/** Logarithms of orders on which the chance of hits is held. */
const GRID = range(-1, 14, 61);
const STEP = 0.25;

/** Hits among a creator's past launches. */
export interface PastHits {
  readonly hits: number;
  readonly launches: number;
}

const chance = (slope: number, middle: number, logOrders: number): number =>
  1 / (1 + Math.exp(-slope * (logOrders - middle)));

const logLikelihood = ({ hits, launches }: PastHits, share: number): number =>
  hits * Math.log(Math.max(1e-12, share)) + (launches - hits) * Math.log(Math.max(1e-12, 1 - share));

/**
 * What a creator's past hits have said about orders: each past launch a hit with a chance logistic in log orders. A posterior of
 * slope and middle on a grid, from launches that are over; slopes from none on are thought equally likely before.
 */
export class HitsBelief {
  readonly #log = new Float64Array(SLOPES.length * MIDDLES.length);

  learn(logOrders: number, seen: PastHits): void {
    for (const [row, slope] of SLOPES.entries())
      for (const [column, middle] of MIDDLES.entries()) {
        const at = row * MIDDLES.length + column;
        this.#log[at] = (this.#log[at] as number) + logLikelihood(seen, chance(slope, middle, logOrders));
      }
  }

  /** How likely so many hits are, as a logarithm, for a launch of some log orders. */
  likelihood(seen: PastHits): (logOrders: number) => number {
    const best = Math.max(...this.#log);
    const table = new Float64Array(GRID.length);
    let whole = 0;
    for (const [row, slope] of SLOPES.entries())
      for (const [column, middle] of MIDDLES.entries()) {
        const weight = Math.exp((this.#log[row * MIDDLES.length + column] as number) - best);
        if (weight < 1e-6) continue;
        whole += weight;
        for (const [at, log] of GRID.entries())
          table[at] = (table[at] as number) + weight * Math.exp(logLikelihood(seen, chance(slope, middle, log)));
      }
    const logs = table.map((value) => Math.log(value / whole));
    return (logOrders) => {
      const place = Math.min(GRID.length - 1.001, Math.max(0, (logOrders - (GRID[0] as number)) / STEP));
      const below = Math.floor(place);
      const part = place - below;
      return (logs[below] as number) * (1 - part) + (logs[below + 1] as number) * part;
    };
  }
}
