import { canonicalJson } from '../canonical-json.ts';
import { toBase64, utf8 } from '../ledger/bytes.ts';
import { digest } from '../ledger/hash.ts';
import type { EpcisEvent } from './event.ts';

/** An event as it is stored: with an id, and without the time at which somebody recorded it. */
export type IdentifiedEvent = EpcisEvent & { readonly eventID: string };

/**
 * Gives an event its id. One that brings its own keeps it. Another is named by its content (RFC 6920, SHA-256 of the
 * canonical JSON), so that the same sighting sent twice is one event. `recordTime` is the recorder's, not the event's,
 * and is left out.
 */
export const identified = (event: EpcisEvent): IdentifiedEvent => {
  const { recordTime: _, ...content } = event;
  if (typeof content.eventID === 'string') return content as IdentifiedEvent;
  const hash = toBase64(digest(utf8(canonicalJson(content))));
  const name = hash.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return { ...content, eventID: `ni:///sha-256;${name}` } as IdentifiedEvent;
};
