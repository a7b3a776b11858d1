import type { Milestone } from '@crossparcel/trace';
import type { Instant } from '@crossparcel/units';

/** A parcel passes a milestone at a place. */
export interface Passage {
  readonly milestone: Milestone;
  readonly at: Instant;
  readonly place: string;
}

const MS_PER_HOUR = 3_600_000;
/** Least time between two passages. */
const APART_MS = 120_000;

/** A parcel’s way as it grows: whole seconds, each passage later than the one before. */
export class Way {
  readonly passages: Passage[] = [];

  /** The time of the last passage. */
  get last(): Instant {
    return this.passages.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  }

  /** Passes a milestone at an instant, or as soon after the last passage as can be. */
  pass(milestone: Milestone, at: Instant, place: string): void {
    const possible = Math.max(at, this.last + APART_MS);
    this.passages.push({ milestone, at: Math.ceil(possible / 1000) * 1000, place });
  }

  /** Passes a milestone some hours after the last passage. */
  passAfterHours(milestone: Milestone, hours: number, place: string): void {
    this.pass(milestone, this.last + hours * MS_PER_HOUR, place);
  }
}
