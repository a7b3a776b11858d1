/** How numbers stand between two instants: counters grow evenly between readings, events add up one by one. */
type Between = 'even' | 'steps';

/** A cumulative count by seconds since the start, from 0 at 0; after the last instant it stands still. */
export class CountHistory {
  readonly #times: number[] = [];
  readonly #totals: number[] = [];
  readonly #between: Between;

  constructor(between: Between, readings: Iterable<readonly [number, number]> = []) {
    this.#between = between;
    for (const [time, total] of readings) this.push(time, total);
  }

  /** Adds the total at an instant that is not before the last one. */
  push(time: number, total: number): void {
    this.#times.push(time);
    this.#totals.push(total);
  }

  get length(): number {
    return this.#times.length;
  }

  /** The last instant; 0 when there is none. */
  get lastTime(): number {
    return this.#times.at(-1) ?? 0;
  }

  /** The total at the last instant. */
  get last(): number {
    return this.#totals.at(-1) ?? 0;
  }

  /** The instant and total at a place in order; a negative place counts from the end. */
  entry(place: number): readonly [number, number] | undefined {
    const time = this.#times.at(place);
    return time === undefined ? undefined : [time, this.#totals.at(place) as number];
  }

  /** The total at an instant. */
  at(time: number): number {
    const after = this.#after(time);
    const [from, low] = after === 0 ? [0, 0] : [this.#times[after - 1] as number, this.#totals[after - 1] as number];
    if (after === this.#times.length || this.#between === 'steps') return low;
    const [to, high] = [this.#times[after] as number, this.#totals[after] as number];
    return low + ((high - low) * (time - from)) / (to - from);
  }

  /** What was added in the seconds up to an instant. */
  gain(time: number, seconds: number): number {
    return this.at(time) - this.at(time - seconds);
  }

  /** The last instant before another at which the total rose; 0 when it never did. */
  lastRise(): number {
    for (let place = this.#times.length - 1; place > 0; place -= 1)
      if ((this.#totals[place] as number) > (this.#totals[place - 1] as number)) return this.#times[place] as number;
    return this.last > 0 ? (this.#times[0] ?? 0) : 0;
  }

  /** How many instants are at or before a time. */
  #after(time: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
