import { parseDay, readInstant } from '@crossparcel/units';
import * as z from 'zod';

const instant = z
  .string()
  .refine((text) => readInstant(text)?.hasOffset === true, 'is no time; write RFC 3339 with an offset');
const day = z.string().refine((text) => parseDay(text) !== undefined, 'is no date; write YYYY-MM-DD');
const airport = z.string().regex(/^[A-Z]{3}$/, 'is no airport; give its IATA code');
/** CSV gives texts where JSON gives numbers. */
const kilograms = z.union([
  z.number().nonnegative(),
  z
    .string()
    .regex(/^\d{1,12}(\.\d+)?$/, 'is no mass; give kilograms as a decimal')
    .transform(Number),
]);

/** When something became known, and who said it. */
const told = { at: instant, source: z.string().optional() };

/**
 * Which departure is meant. Of a flight number alone it is the next one that has not left (`FlightBook` says how it is
 * chosen); `scheduled` is its published departure, `day` the local day of that at `origin`.
 */
const flight = {
  flight: z.string().min(1),
  scheduled: instant.optional(),
  day: day.optional(),
  origin: airport.optional(),
  destination: airport.optional(),
};

const cancelled = z.object({ kind: z.literal('cancelled'), ...told, ...flight });
/**
 * New times of departure or arrival, later or earlier. An arrival alone is an inbound flight that comes late. Without
 * either it is said that the flight will be late, and not how much.
 */
const delayed = z.object({
  kind: z.literal('delayed'),
  ...told,
  ...flight,
  departure: instant.optional(),
  arrival: instant.optional(),
});
/** It has left, at `departure`, and is expected at `arrival`. */
const departed = z.object({ ...delayed.shape, kind: z.literal('departed') });
/** It has landed, at `arrival`. */
const arrived = z.object({ ...delayed.shape, kind: z.literal('arrived') });
/** Room that is ours from now on, what is booked of it counted in. */
const capacity = z.object({ kind: z.literal('capacity'), ...told, ...flight, capacityKg: kilograms });
/** No flight leaves or lands at an airport for some time. */
const airportClosed = z.object({
  kind: z.literal('airport-closed'),
  ...told,
  airport,
  from: instant,
  until: instant,
});
/** A departure as it is published now: new in the timetable, or on other terms than before. */
const published = z.object({
  kind: z.literal('published'),
  ...told,
  flight: z.string().min(1),
  carrier: z.string().min(1),
  origin: airport,
  destination: airport,
  departure: instant,
  arrival: instant,
  capacityKg: kilograms,
  pricePerKg: z.string(),
  currency: z.string(),
  cutoffMin: z.int().nonnegative(),
  minConnectMin: z.int().nonnegative(),
});
/** What an outside source says in words that are not ours, kept as it came; `meaning` where its code is on file. */
const unknown = z.object({
  ...delayed.shape,
  kind: z.literal('unknown'),
  status: z.string(),
  meaning: z.string().optional(),
});

const known = z.discriminatedUnion('kind', [
  cancelled,
  delayed,
  departed,
  arrived,
  capacity,
  airportClosed,
  published,
  unknown,
]);

const arrivesLater = (event: z.infer<typeof known>): boolean => {
  if (!('departure' in event && 'arrival' in event)) return true;
  const [departure, arrival] = [event.departure, event.arrival].map((text) => readInstant(text ?? '')?.instant);
  return departure === undefined || arrival === undefined || departure < arrival;
};

/** Kinds of events, and `unknown` for what a source says in other words. */
export const FLIGHT_EVENT_KINDS = [
  'cancelled',
  'delayed',
  'departed',
  'arrived',
  'capacity',
  'airport-closed',
  'published',
  'unknown',
] as const satisfies readonly z.infer<typeof known>['kind'][];
const isKind = (kind: string): boolean => (FLIGHT_EVENT_KINDS as readonly string[]).includes(kind);

/** Empty fields of CSV are fields that are not there; a kind from outside becomes the status of an unknown event. */
const normalised = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.fromEntries(Object.entries(value).filter(([, field]) => field !== ''));
  const { kind } = given;
  if (typeof kind !== 'string' || isKind(kind)) return given;
  return { ...given, kind: 'unknown', status: given.status ?? kind };
};

/**
 * Schema of one piece of news about flights: what happened, when that became known (`at`), and to which flight. Times are
 * RFC 3339 with an offset. A kind that is not known is kept as `unknown`, with what it said as its `status`.
 */
export const flightEventSchema = z.preprocess(
  normalised,
  known.refine(arrivesLater, { error: 'is not after the departure; give the later of the two', path: ['arrival'] }),
);
export type FlightEvent = z.infer<typeof known>;
/** An event about one flight rather than an airport. */
export type OneFlightEvent = Exclude<FlightEvent, { kind: 'airport-closed' }>;

/** When something became known, as an instant. */
export const toldAt = ({ at }: FlightEvent): number => readInstant(at)?.instant ?? Number.NaN;

/** Events in the order in which they became known; those of one moment keep theirs. */
export const inTimeOrder = (events: readonly FlightEvent[]): FlightEvent[] =>
  events
    .map((event) => ({ event, at: toldAt(event) }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
