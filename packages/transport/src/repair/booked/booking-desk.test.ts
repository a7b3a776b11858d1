import { formatInstant, readInstant } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlightEvent } from '../../events/flight-event.ts';
import { GroundNetwork } from '../../search/ground.ts';
import { networkOf } from '../../search/network.ts';
import type { RouteAnswer, RouteRequest } from '../../search/route-request.ts';
import { Router } from '../../search/router.ts';
import type { Departure } from '../../timetable/departure.ts';
import { DepartureTable } from '../../timetable/departure-table.ts';
import { instantOf } from '../../timetable/minute.ts';
import { Timetable } from '../../timetable/timetable.ts';
import { BookingDesk } from './booking-desk.ts';
import type { Rerouted } from './record.ts';
import { summaryOf } from './summary.ts';
import type { RepairTerms } from './terms.ts';

const NANO = 1e9;
const text = (minute: number): string => formatInstant(instantOf(minute));
const minuteOf = (time: string): number => (readInstant(time)?.instant ?? Number.NaN) / 60_000;

const terms: RepairTerms = {
  rebookPerKg: 0.02 * NANO,
  offloadPerKg: 0.15 * NANO,
  offloadMinutes: 240,
  returnMinutes: 180,
  lateFeePerKg: 0.4 * NANO,
  latePerKgDay: 0.6 * NANO,
};

const flight = (name: string, origin: string, destination: string, departs: number, more: Partial<Departure> = {}) => ({
  flight: name,
  carrier: name.slice(0, 2),
  kind: 'freighter' as const,
  origin,
  destination,
  departs,
  arrives: departs + 600,
  capacityGrams: 1_000_000,
  pricePerKg: 3 * NANO,
  cutoffMin: 240,
  minConnectMin: 120,
  handlingMin: 0,
  ...more,
});

const request = (id: string, more: Partial<RouteRequest> = {}): RouteRequest => ({
  id,
  origin: 'HKG',
  destination: 'ORD',
  readyAt: text(0),
  dueAt: text(3000),
  massGrams: 500_000,
  ...more,
});

const noGround = new GroundNetwork([]);

/** Requests routed over flights, at a desk that waits for news. */
const desk = (flights: readonly Departure[], requests: readonly RouteRequest[]) => {
  const table = new DepartureTable('USD');
  for (const one of flights) table.add(one);
  const timetable = Timetable.of(table);
  const router = new Router(networkOf(timetable), { knowsPlace: () => true, preference: 'cheapest' });
  const made = new BookingDesk(timetable, noGround, terms);
  const plan: RouteAnswer[] = [];
  for (const one of requests) {
    const answer = router.answer(one);
    if (!answer.ok) throw new Error(answer.error.what);
    plan.push(answer.value);
    expect(made.book(one, answer.value).ok).toBe(true);
  }
  return { desk: made, plan };
};

const hear = (at: BookingDesk, event: object): Rerouted[] => {
  const heard = at.hear(event as FlightEvent);
  if (!heard.ok) throw new Error(`${heard.error.field}: ${heard.error.what}`);
  return heard.value;
};

const flown = ({ legs }: RouteAnswer) => legs.map((leg) => ('flight' in leg ? leg.flight : leg.ground));

describe('bookings under news of flights', () => {
  it('moves goods of a cancelled flight to the next, free of charge', () => {
    const { desk: at } = desk([flight('CX1', 'HKG', 'ORD', 600), flight('CX2', 'HKG', 'ORD', 1200)], [request('A')]);
    const [told] = hear(at, { at: text(100), flight: 'CX1', kind: 'cancelled' });
    expect(told).toMatchObject({
      id: 'A',
      status: 'planned',
      reason: 'CX1 is cancelled',
      fees: '0.00',
      cost: '1500.00',
    });
    expect(flown(told as Rerouted)).toEqual(['CX2']);
  });

  it('brings tendered goods back first, so that the flight in between is missed', () => {
    const flights = [600, 800, 1200].map((departs, index) => flight(`CX${index + 1}`, 'HKG', 'ORD', departs));
    const { desk: at } = desk(flights, [request('A')]);
    // Tendered at 360; back at 400 + 180 = 580, after the tender time of CX2 at 560.
    const [told] = hear(at, { at: text(400), flight: 'CX1', kind: 'cancelled' });
    expect(flown(told as Rerouted)).toEqual(['CX3']);
  });

  it('leaves a late flight alone while the goods are on time, and only tells its times', () => {
    const { desk: at } = desk([flight('CX1', 'HKG', 'ORD', 600), flight('CX2', 'HKG', 'ORD', 700)], [request('A')]);
    const [told] = hear(at, { at: text(100), flight: 'CX1', kind: 'delayed', departure: text(900) });
    expect(told).toMatchObject({ status: 'planned', reason: 'times changed', arrivesAt: text(1500) });
    expect(flown(told as Rerouted)).toEqual(['CX1']);
  });

  it('changes a booking that became late only when that saves more than its fee', () => {
    const late = { at: text(100), flight: 'CX1', kind: 'delayed', departure: text(2500) };
    const dear = desk(
      [flight('CX1', 'HKG', 'ORD', 600), flight('CX2', 'HKG', 'ORD', 700, { pricePerKg: 5 * NANO })],
      [request('A')],
    ).desk;
    expect(hear(dear, late)[0]).toMatchObject({
      status: 'late',
      reason: 'it would come 100 min late, and no other way pays',
    });
    const cheap = desk(
      [flight('CX1', 'HKG', 'ORD', 600), flight('CX2', 'HKG', 'ORD', 700, { pricePerKg: 3.4 * NANO })],
      [request('A')],
    ).desk;
    const [told] = hear(cheap, late);
    expect(told).toMatchObject({ status: 'planned', fees: '10.00' });
    expect(flown(told as Rerouted)).toEqual(['CX2']);
  });

  it('goes on from where the goods are: after the flight that they are on', () => {
    const flights = [
      flight('CX1', 'HKG', 'ANC', 600),
      flight('CX2', 'ANC', 'ORD', 1450),
      flight('CX3', 'ANC', 'ORD', 1700),
      flight('CX9', 'HKG', 'ORD', 2000, { pricePerKg: 9 * NANO }),
    ];
    const { desk: at } = desk(flights, [request('A')]);
    const [told] = hear(at, { at: text(900), flight: 'CX1', kind: 'delayed', arrival: text(1300) });
    expect(flown(told as Rerouted)).toEqual(['CX1', 'CX3']);
    // Landing later still it makes its connection to the minute, and not a minute less.
    expect(hear(at, { at: text(950), flight: 'CX1', kind: 'delayed', arrival: text(1460) })[0]?.status).toBe('planned');
    expect(hear(at, { at: text(960), flight: 'CX1', kind: 'delayed', arrival: text(1461) })[0]?.status).toBe(
      'unroutable',
    );
  });

  it('keeps a first flight that still works when the second is cancelled', () => {
    const flights = [
      flight('CX1', 'HKG', 'ANC', 600),
      flight('CX2', 'ANC', 'ORD', 1450),
      flight('CX3', 'ANC', 'ORD', 1700),
    ];
    const { desk: at } = desk(flights, [request('A')]);
    // Tendered for CX1 already, which leaves soon: nothing has to come back.
    const [told] = hear(at, { at: text(500), flight: 'CX2', kind: 'cancelled' });
    expect(flown(told as Rerouted)).toEqual(['CX1', 'CX3']);
    expect(told).toMatchObject({ fees: '0.00', status: 'planned' });
  });

  it('takes off a flight with less room those whose move costs least', () => {
    const flights = [flight('CX1', 'HKG', 'ORD', 600), flight('CX2', 'HKG', 'ORD', 2000, { pricePerKg: 3.1 * NANO })];
    const { desk: at } = desk(flights, [request('A', { dueAt: text(1300) }), request('B')]);
    const told = hear(at, { at: text(100), flight: 'CX1', kind: 'capacity', capacityKg: 600 });
    expect(told.map((one) => [one.id, ...flown(one)])).toEqual([['B', 'CX2']]);
  });

  it('gives room that comes free to goods that had none', () => {
    const flights = [flight('CX1', 'HKG', 'ORD', 600, { capacityGrams: 500_000 })];
    const { desk: at, plan } = desk(flights, [request('A'), request('B')]);
    expect(plan.map(({ status }) => status)).toEqual(['planned', 'unroutable']);
    const told = hear(at, { at: text(100), flight: 'CX1', kind: 'capacity', capacityKg: 1000 });
    expect(told.map(({ id, status }) => [id, status])).toEqual([['B', 'planned']]);
  });

  it('lets a flight with stops leave no stop before it has landed there', () => {
    const flights = [flight('CX1', 'HKG', 'ANC', 600), flight('CX1', 'ANC', 'ORD', 1260)];
    const { desk: at } = desk(flights, [request('A')]);
    const [told] = hear(at, { at: text(100), flight: 'CX1', origin: 'HKG', kind: 'delayed', departure: text(800) });
    expect(told).toMatchObject({ status: 'planned', arrivesAt: text(2000) });
  });

  it('refuses a plan that the timetable cannot carry, and events out of order, by field', () => {
    const { desk: at, plan } = desk([flight('CX1', 'HKG', 'ORD', 600)], [request('A'), request('B')]);
    const [first] = plan as [RouteAnswer];
    const book = (id: string, told: object) => at.book(request(id), { ...first, ...told });
    expect(book('C', {})).toMatchObject({ ok: false, error: { code: 'no-room', field: 'legs[0].flight' } });
    expect(book('A', {})).toMatchObject({ ok: false, error: { code: 'taken-twice', field: 'id' } });
    const legs = [{ ...first.legs[0], flight: 'CX8' }];
    expect(book('D', { legs })).toMatchObject({ ok: false, error: { code: 'unknown-leg', field: 'legs[0].flight' } });
    hear(at, { at: text(100), flight: 'CX1', kind: 'delayed', departure: text(700) });
    const early = at.hear({ at: text(90), flight: 'CX1', kind: 'cancelled' });
    expect(early).toMatchObject({ ok: false, error: { code: 'not-in-order', field: 'at' } });
  });

  const places = ['HKG', 'ANC', 'ICN', 'ORD'];
  const anyFlight = fc
    .record({
      pair: fc.constantFrom(
        ['HKG', 'ANC'],
        ['HKG', 'ICN'],
        ['ANC', 'ORD'],
        ['ICN', 'ORD'],
        ['HKG', 'ORD'],
        ['ICN', 'ANC'],
      ),
      departs: fc.integer({ min: 100, max: 4000 }),
      minutes: fc.integer({ min: 100, max: 900 }),
      capacityGrams: fc.integer({ min: 1, max: 4 }).map((half) => half * 500_000),
      pricePerKg: fc.integer({ min: 1, max: 6 }).map((usd) => usd * NANO),
    })
    .map(({ pair: [origin = '', destination = ''], minutes, ...rest }) => ({
      origin,
      destination,
      arrives: rest.departs + minutes,
      ...rest,
    }));
  const anyEvent = fc.record({
    at: fc.integer({ min: 0, max: 4500 }),
    flight: fc.nat(),
    kind: fc.constantFrom('cancelled', 'delayed', 'capacity'),
    later: fc.integer({ min: 10, max: 900 }),
    capacityKg: fc.integer({ min: 0, max: 2000 }),
  });

  it('never books above room or after the time of tender, tells only ways that can be flown, and costs no less than the bound', () => {
    fc.assert(
      fc.property(
        fc.array(anyFlight, { minLength: 3, maxLength: 14 }),
        fc.array(fc.record({ readyAt: fc.integer({ min: 0, max: 2500 }), due: fc.integer({ min: 600, max: 4000 }) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.array(anyEvent, { minLength: 1, maxLength: 8 }),
        (somewhere, wanted, news) => {
          const flights = somewhere.map((one, index) =>
            flight(`X${index}`, one.origin, one.destination, one.departs, one),
          );
          const requests = wanted.map(({ readyAt, due }, index) =>
            request(`R${index}`, { readyAt: text(readyAt), dueAt: text(readyAt + due) }),
          );
          const { desk: at, plan } = desk(flights, requests);
          const known = new Map(plan.map((answer) => [answer.id, flown(answer)]));
          // News of a flight comes before it leaves: what is told afterwards of its departure contradicts what was seen.
          const events = news.map((event) => {
            const one = flights[event.flight % flights.length] as Departure;
            return { ...event, one, minute: Math.min(event.at, one.departs - 1) };
          });
          for (const { minute, one, kind, later, capacityKg } of events.sort((a, b) => a.minute - b.minute)) {
            const told = at.hear({
              at: text(minute),
              flight: one.flight,
              scheduled: text(one.departs),
              kind,
              ...(kind === 'delayed' && { departure: text(one.departs + later) }),
              ...(kind === 'capacity' && { capacityKg }),
            } as FlightEvent);
            if (!told.ok) continue;
            for (const answer of told.value) {
              checkAnswer(answer);
              const before = known.get(answer.id) ?? [];
              const chosen = answer.legs.filter((leg) => 'flight' in leg && !before.includes(leg.flight));
              for (const leg of chosen)
                expect(minuteOf('flight' in leg ? (leg.tenderBy ?? '') : '')).toBeGreaterThanOrEqual(minute);
              known.set(answer.id, flown(answer));
            }
            for (const departure of flights.keys()) {
              const hasLeft = (at.timetable.state.departs[departure] as number) <= minute;
              if (!hasLeft) expect(at.loads.overBy(departure)).toBeLessThanOrEqual(0);
            }
          }
          const { cost, bound, unroutable, onTime, late } = summaryOf(at);
          expect(onTime + late + unroutable).toBe(requests.length);
          if (unroutable === 0) expect(Number(bound)).toBeLessThanOrEqual(Number(cost));
        },
      ),
      { numRuns: 300 },
    );
  });

  const checkAnswer = ({ status, legs, arrivesAt }: Rerouted) => {
    let place = 'HKG';
    let there = 0;
    for (const leg of legs) {
      if (!('flight' in leg)) throw new Error('no road was given');
      expect(leg.origin).toBe(place);
      const departs = minuteOf(leg.departure);
      expect(departs - 240).toBeGreaterThanOrEqual(there);
      [place, there] = [leg.destination, minuteOf(leg.arrival)];
    }
    expect(places).toContain(place);
    if (status === 'unroutable') return;
    expect(place).toBe('ORD');
    expect(minuteOf(arrivesAt ?? '')).toBe(there);
  };
});
