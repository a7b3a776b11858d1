import type { Instant } from '@crossparcel/units';

/**
 * A point in time as whole minutes since 1970-01-01T00:00Z. Flights are published to the minute, and minutes fit 32-bit
 * integers for thousands of years, so that a search compares small integers.
 */
export type Minute = number;

const MS_PER_MINUTE = 60_000;

/** The minute in which an instant falls. */
export const minuteOf = (instant: Instant): Minute => Math.floor(instant / MS_PER_MINUTE);

/** The first whole minute at which something that is ready at an instant is there. */
export const readyMinuteOf = (instant: Instant): Minute => Math.ceil(instant / MS_PER_MINUTE);

/** The instant at which a minute begins. */
export const instantOf = (minute: Minute): Instant => minute * MS_PER_MINUTE;
