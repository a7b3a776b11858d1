import { eventOf, type IdentifiedEvent, identified, type ParcelState, timelineOf } from '@crossparcel/trace';
import { formatInstant, type Instant, readInstant } from '@crossparcel/units';
import * as z from 'zod';
import type { TrackEvent } from './carrier.ts';

/**
 * The events of a track as EPCIS events of that parcel, those without a time or with a status that is not known left out. An
 * event that comes twice is one event.
 */
export const epcisOf = (parcel: string, events: readonly TrackEvent[]): IdentifiedEvent[] =>
  events.flatMap(({ at, milestone }) => {
    if (at === undefined || milestone === 'other') return [];
    const sighting = { milestone, eventTime: formatInstant(at), eventTimeZoneOffset: '+00:00', parcels: [parcel] };
    return [identified(eventOf(sighting))];
  });

/** The state that events lead to, whatever order they came in; a delivered parcel does not travel on. */
export const stateOf = (events: readonly TrackEvent[]): ParcelState => timelineOf(epcisOf('parcel', events)).state;

/** Events oldest first, those without a time at the end. */
export const oldestFirst = (events: readonly TrackEvent[]): TrackEvent[] =>
  events.toSorted((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY) || 0);

/** A carrier's time, which may be missing, lack its offset, have too many digits, or be none at all. */
export const readTime = (text: string | null | undefined): { at?: Instant; hasOffset: boolean } => {
  // Nine digits of a second are what RFC 3339 readers take; carriers have sent more.
  const read = readInstant((text ?? '').replace(/(\.\d{9})\d+/, '$1').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return read ? { at: read.instant, hasOffset: read.hasOffset } : { hasOffset: false };
};

/** The members of a place that are there: carriers send null and empty texts for what they do not know. */
export const placeOf = (place: Record<'city' | 'subdivision' | 'postcode' | 'country', string | null | undefined>) => {
  const known = Object.entries(place).filter(([, value]) => value);
  return known.length === 0 ? {} : { place: Object.fromEntries(known) as Record<string, string> };
};

const absent = z.string().nullish();

/** A place as interfaces for American mail write it. */
export const zipPlaceSchema = z.object({ city: absent, state: absent, zip: absent, country: absent }).nullish();

/** The members of such a place that are there. */
export const placeOfZip = (place: z.infer<typeof zipPlaceSchema>) =>
  placeOf({ city: place?.city, subdivision: place?.state, postcode: place?.zip, country: place?.country });
