import type { PlanRecord } from '@crossparcel/planning';
import { type DayNumber, dayOfInstant, type Instant, MS_PER_DAY, parseDay, weekdayOf } from '@crossparcel/units';
import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';

/** A leg of a plan. */
export type PlannedLeg = PlanRecord['legs'][number];

const MS_PER_HOUR = 3_600_000;
const offsets: Readonly<Record<string, number>> = SAMPLE_ASSUMPTIONS.utcOffsets.value;

/** Milliseconds by which a place is ahead of UTC; an unknown one counts as its country, which is its first two letters. */
const offsetOf = (place: string): number => (offsets[place] ?? offsets[place.slice(0, 2)] ?? 0) * MS_PER_HOUR;

/** A day as a place lives it. */
export interface LocalDay {
  readonly day: DayNumber;
  /** The instant of an hour of the day, 0 to 24 with fractions. */
  atHour(hour: number): Instant;
}

/** The local day of a place by its number or as `YYYY-MM-DD`. Throws a RangeError for a text that names no day. */
export const localDay = (day: DayNumber | string, place: string): LocalDay => {
  const number = typeof day === 'number' ? day : parseDay(day);
  if (number === undefined) throw new RangeError(`not a day: ${day}`);
  return { day: number, atHour: (hour) => number * MS_PER_DAY + hour * MS_PER_HOUR - offsetOf(place) };
};

/** The local day on which an instant falls at a place. */
export const localDayOf = (instant: Instant, place: string): DayNumber => dayOfInstant(instant + offsetOf(place));

/** The leg across the border, if there is one. */
export const linehaulOf = (legs: readonly PlannedLeg[]): PlannedLeg | undefined =>
  legs.find(({ kind }) => kind === 'linehaul');

/** The first day from a given one on which parcels are delivered in a country. */
export const deliveryDayFrom = (day: DayNumber, country: string): DayNumber => {
  const { every, ...countries } = SAMPLE_ASSUMPTIONS.restDays.value;
  const rest: readonly number[] = (countries as Readonly<Record<string, readonly number[]>>)[country] ?? every;
  let open = day;
  while (rest.includes(weekdayOf(open))) open++;
  return open;
};

/**
 * The day on which a leg ends for a quantile (0 to 1): up to its p50 for one half of parcels, up to its p90 for nine of
 * ten, after it for the last tenth.
 */
export const endDayOf = ({ departs, arrives }: PlannedLeg, quantile: number): DayNumber => {
  const [first, p50, p90] = [departs, arrives.p50, arrives.p90].map((text) => parseDay(text) ?? Number.NaN) as [
    number,
    number,
    number,
  ];
  if (quantile < SAMPLE_ASSUMPTIONS.earlyShare.value) return Math.max(Math.min(first + 1, p50), p50 - 1);
  if (quantile < 0.5) return p50;
  if (quantile < 0.9) return p50 + Math.ceil(((quantile - 0.5) / 0.4) * (p90 - p50));
  return p90 + 1 + Math.floor(((quantile - 0.9) / 0.1) * SAMPLE_ASSUMPTIONS.tailDays.value);
};
