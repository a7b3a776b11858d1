import { type Instant, readInstant } from '@crossparcel/units';
import type { IdentifiedEvent } from '../epcis/identity.ts';
import { MILESTONES, type Milestone, milestoneOf, type ParcelState } from '../epcis/milestone.ts';

/** One step of a parcel's way. */
export interface TimelineStep {
  readonly eventID: string;
  /** When it happened, as the event says, and the offset of the place from UTC. */
  readonly at: Instant;
  readonly offset: string;
  readonly milestone: Milestone | 'other';
  readonly readPoint?: string;
  /** An error declaration has taken it back. */
  readonly isVoid: boolean;
  /** It tells of something earlier than what ended the parcel's way, but was said to happen later: shown, not counted. */
  readonly isOverruled: boolean;
}

/** Where a parcel is and how it came there. */
export interface Timeline {
  readonly state: ParcelState;
  /** When it came into this state; undefined before anything happened. */
  readonly since: Instant | undefined;
  readonly steps: readonly TimelineStep[];
}

const timeOf = (event: IdentifiedEvent): Instant => readInstant(event.eventTime)?.instant ?? Number.NaN;

const RETURN: ReadonlySet<ParcelState> = new Set(['returning', 'returned']);

/** Only a return leads away from a delivery, and nothing leads away from a return that has ended. */
const canFollow = (state: ParcelState, next: ParcelState): boolean => {
  if (state === next) return true;
  if (state === 'delivered') return RETURN.has(next);
  return state !== 'returned';
};

/**
 * The timeline of a parcel from the set of its events. It depends on what is in the set and on nothing else: not on the
 * order in which events came, nor on how often. Events are put in the order of their times (ties by id); one that an
 * error declaration with the same id takes back is shown as void and not counted; one that would move a delivered parcel
 * on its way again is shown as overruled.
 */
export const timelineOf = (events: Iterable<IdentifiedEvent>): Timeline => {
  const originals = new Map<string, IdentifiedEvent>();
  const taken = new Set<string>();
  for (const event of events) {
    if (event.errorDeclaration) taken.add(event.eventID);
    else originals.set(event.eventID, event);
  }
  const inOrder = [...originals.values()].sort(
    (a, b) => timeOf(a) - timeOf(b) || (a.eventID < b.eventID ? -1 : a.eventID > b.eventID ? 1 : 0),
  );
  let state: ParcelState = 'announced';
  let since: Instant | undefined;
  const steps = inOrder.map((event): TimelineStep => {
    const milestone = milestoneOf(event);
    const isVoid = taken.has(event.eventID);
    const next = milestone && !isVoid ? MILESTONES[milestone].state : undefined;
    const isOverruled = next !== undefined && !canFollow(state, next);
    if (next !== undefined && !isOverruled) {
      if (next !== state || since === undefined) since = timeOf(event);
      state = next;
    }
    return {
      eventID: event.eventID,
      at: timeOf(event),
      offset: event.eventTimeZoneOffset,
      milestone: milestone ?? 'other',
      ...(event.readPoint === undefined ? {} : { readPoint: event.readPoint.id }),
      isVoid,
      isOverruled,
    };
  });
  return { state, since, steps };
};
