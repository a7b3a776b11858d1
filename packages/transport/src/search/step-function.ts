import type { Minute } from '../timetable/minute.ts';

/** Be there by one time, arrive at another. */
export interface Start {
  readonly by: Minute;
  readonly arrives: Minute;
}

/** When goods arrive that are somewhere by a time: starts of which none is both later and arrives earlier than another. */
export class StepFunction {
  /** The latest first, because a profile is made from the last departure backwards. */
  readonly #starts: Start[] = [];

  /** All starts, the earliest first. */
  get starts(): readonly Start[] {
    return this.#starts.toReversed();
  }

  /** When goods arrive that are there at a time; infinite when they are too late. */
  at(time: Minute): Minute {
    return this.#starts[this.#after(time) - 1]?.arrives ?? Number.POSITIVE_INFINITY;
  }

  /** Adds a start; false when another is at least as good. */
  add(start: Start): boolean {
    let place = this.#after(start.by);
    if ((this.#starts[place - 1]?.arrives ?? Number.POSITIVE_INFINITY) <= start.arrives) return false;
    let beaten = 0;
    while ((this.#starts[place + beaten]?.arrives ?? Number.NEGATIVE_INFINITY) >= start.arrives) beaten += 1;
    if (this.#starts[place - 1]?.by === start.by) {
      place -= 1;
      beaten += 1;
    }
    this.#starts.splice(place, beaten, start);
    return true;
  }

  /** The position after the last start that is not before a time. */
  #after(time: Minute): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] as Start).by >= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
