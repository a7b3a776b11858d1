import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { type EpcisEvent, eventSchema, namesOf } from '../epcis/event.ts';
import { type IdentifiedEvent, identified } from '../epcis/identity.ts';
import { eventOf, MILESTONE_NAMES, MILESTONES, type Milestone, milestoneOf } from '../epcis/milestone.ts';
import { timelineOf } from './timeline.ts';

const parcel = 'urn:uuid:6f1d7a52-6a3d-4b0e-9a63-1a0a3f0f9a11';
const at = (hour: number) => new Date(Date.parse('2026-11-22T00:00:00Z') + hour * 3_600_000).toISOString();
const sighting = (milestone: Milestone, hour: number, more: Partial<EpcisEvent> = {}): IdentifiedEvent =>
  identified({
    ...eventOf({
      milestone,
      eventTime: at(hour),
      eventTimeZoneOffset: '+00:00',
      parcels: [parcel],
      ...(milestone.endsWith('bagged') ? { parent: 'urn:x:bag' } : {}),
    }),
    ...more,
  } as EpcisEvent);
const voided = (event: IdentifiedEvent): IdentifiedEvent => ({
  ...event,
  errorDeclaration: { declarationTime: at(99), reason: 'did_not_occur' },
});

describe('milestones', () => {
  it('are each said by an event of their own, which fits the schema and is read back', () => {
    for (const name of MILESTONE_NAMES) {
      const event = eventOf({
        milestone: name,
        eventTime: at(1),
        eventTimeZoneOffset: '+08:00',
        parcels: [parcel],
        parent: 'urn:x:bag',
        readPoint: 'urn:x:hub',
      });
      expect(eventSchema.safeParse(event).error?.issues ?? []).toEqual([]);
      expect(milestoneOf(event)).toBe(name);
      expect(namesOf(event)).toContain(parcel);
    }
  });

  it('are understood in the long forms of the vocabulary too', () => {
    const event = sighting('departed', 1);
    expect(
      milestoneOf({
        ...event,
        bizStep: 'https://ref.gs1.org/cbv/BizStep-departing',
        disposition: 'urn:epcglobal:cbv:disp:in_transit',
      }),
    ).toBe('departed');
    expect(milestoneOf({ ...event, bizStep: 'sampling' })).toBeUndefined();
  });
});

describe('the identity of an event', () => {
  it('is its own id, or its content without the time of recording', () => {
    const event = eventOf({
      milestone: 'departed',
      eventTime: at(1),
      eventTimeZoneOffset: '+00:00',
      parcels: [parcel],
    });
    const turned = Object.fromEntries(Object.entries(event).reverse()) as EpcisEvent;
    expect(identified(turned).eventID).toBe(identified(event).eventID);
    expect(identified({ ...event, recordTime: at(5) } as EpcisEvent)).toEqual(identified(event));
    expect(identified({ ...event, eventTime: at(2) } as EpcisEvent).eventID).not.toBe(identified(event).eventID);
    expect(identified({ ...event, eventID: 'urn:x:1' } as EpcisEvent).eventID).toBe('urn:x:1');
  });

  it.each([
    ['an eventTime without offset', { eventTime: '2026-11-22T08:00:00' }],
    ['an offset that is none', { eventTimeZoneOffset: '8' }],
    ['an action that is none', { action: 'MOVE' }],
    ['an EPC that is no URI', { epcList: ['parcel 1'] }],
    ['no EPC', { epcList: [] }],
    ['another type', { type: 'TransformationEvent' }],
  ])('is not given to an event with %s', (_, change) => {
    const event = eventOf({
      milestone: 'departed',
      eventTime: at(1),
      eventTimeZoneOffset: '+00:00',
      parcels: [parcel],
    });
    expect(eventSchema.safeParse({ ...event, ...change }).success).toBe(false);
  });
});

describe('a parcel’s timeline', () => {
  it('follows the parcel to the door', () => {
    const way = (
      [
        'announced',
        'collected',
        'bagged',
        'departed',
        'arrived',
        'import-presented',
        'import-released',
        'out-for-delivery',
        'delivered',
      ] as const
    ).map((name, hour) => sighting(name, hour));
    const { state, since, steps } = timelineOf(way);
    expect(state).toBe('delivered');
    expect(since).toBe(Date.parse(at(8)));
    expect(steps.map((step) => step.milestone)).toEqual(way.map((event) => milestoneOf(event)));
  });

  it('does not send a delivered parcel travelling again, but back', () => {
    const delivered = [sighting('departed', 1), sighting('delivered', 5)];
    const late = sighting('arrived', 6);
    expect(timelineOf([...delivered, late])).toMatchObject({ state: 'delivered', since: Date.parse(at(5)) });
    expect(timelineOf([...delivered, late]).steps.at(-1)).toMatchObject({ milestone: 'arrived', isOverruled: true });
    expect(timelineOf([...delivered, sighting('returning', 7)]).state).toBe('returning');
    expect(
      timelineOf([...delivered, sighting('returning', 7), sighting('returned', 8), sighting('departed', 9)]).state,
    ).toBe('returned');
  });

  it('does not count what an error declaration took back', () => {
    const wrong = sighting('delivered', 5);
    const { state, steps } = timelineOf([sighting('departed', 1), wrong, voided(wrong), sighting('arrived', 6)]);
    expect(state).toBe('moving');
    expect(steps.find((step) => step.eventID === wrong.eventID)).toMatchObject({ isVoid: true });
  });

  it('keeps events that say no milestone', () => {
    expect(timelineOf([sighting('departed', 1, { bizStep: 'sampling' })]).steps[0]?.milestone).toBe('other');
  });

  it('is the same for a set of events, however they come and how often', () => {
    const events = fc.array(
      fc
        .tuple(fc.constantFrom(...MILESTONE_NAMES), fc.integer({ min: 0, max: 6 }), fc.boolean())
        .map(([name, hour, isWrong]) => {
          const event = sighting(name, hour);
          return isWrong ? [event, voided(event)] : [event];
        }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(
        events.map((list) => list.flat()),
        fc.infiniteStream(fc.nat()),
        (set, numbers) => {
          const expected = canonicalJson(timelineOf(set));
          const shuffled = [...set, ...set.filter((_, index) => index % 2 === 0)]
            .map((event) => ({ event, key: numbers.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ event }) => event);
          expect(canonicalJson(timelineOf(shuffled))).toBe(expected);
        },
      ),
    );
  });

  it('names a state of its vocabulary for every milestone', () => {
    for (const name of MILESTONE_NAMES) expect(timelineOf([sighting(name, 1)]).state).toBe(MILESTONES[name].state);
  });
});
