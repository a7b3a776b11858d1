import fc from 'fast-check';
import type { Departure } from '../../timetable/departure.ts';
import { DepartureTable } from '../../timetable/departure-table.ts';
import type { Minute } from '../../timetable/minute.ts';
import { Timetable } from '../../timetable/timetable.ts';
import { priceOf } from '../edges.ts';
import { beginOf, compileGround, type GroundLegRecord } from '../ground.ts';
import { type Network, networkOf, type Query, roomOn, type Step } from '../network.ts';
import { missRisk, type Risks } from '../risk.ts';

const PLACES = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'];

const departure = fc
  .record({
    flight: fc.constantFrom('X1', 'X2', 'X3', 'X4', 'X5', 'X6', 'X7', 'X8'),
    pair: fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 2, maxLength: 2 }),
    departs: fc.integer({ min: 0, max: 300 }),
    minutes: fc.integer({ min: 1, max: 120 }),
    capacityGrams: fc.constantFrom(1000, 5000),
    pricePerKg: fc.integer({ min: 0, max: 4 }),
    cutoffMin: fc.integer({ min: 0, max: 40 }),
    minConnectMin: fc.integer({ min: 0, max: 60 }),
    handlingMin: fc.constantFrom(0, 0, 25),
  })
  .map(({ pair, minutes, ...rest }): Departure => {
    const [origin = '', destination = ''] = pair;
    return { ...rest, carrier: 'X', kind: 'unknown', origin, destination, arrives: rest.departs + minutes };
  });

const opens = fc.constantFrom(
  { timeZone: 'UTC', hours: [{ days: ['Thu', 'Fri'] as const, from: '01:00', to: '02:00' }] },
  { timeZone: 'Asia/Tokyo', hours: [{ days: ['Thu'] as const, from: '10:30', to: '10:30' }] },
  { timeZone: 'UTC', hours: [{ days: ['Thu', 'Mon'] as const, from: '00:00', to: '04:00' }] },
  undefined,
);

const groundLeg = fc
  .record({
    pair: fc.uniqueArray(fc.constantFrom(...PLACES, 'depot', 'door'), { minLength: 2, maxLength: 2 }),
    minutes: fc.integer({ min: 1, max: 90 }),
    pricePerKg: fc.integer({ min: 0, max: 2 }),
    opens,
  })
  .map(({ pair, opens: hours, ...rest }): GroundLegRecord => {
    const [from = '', to = ''] = pair;
    const copied = hours && { ...hours, hours: hours.hours.map((one) => ({ ...one, days: [...one.days] })) };
    return {
      ...rest,
      id: `${from}-${to}`,
      kind: 'road-feeder',
      from,
      to,
      currency: 'USD',
      ...(copied && { opens: copied }),
    };
  });

/** Small random networks: flights with and without stops, ground legs with hours, little room, and random reliability. */
export const smallNetwork: fc.Arbitrary<{ network: Network; risks: Risks }> = fc
  .record({
    departures: fc.array(departure, { minLength: 1, maxLength: 12 }),
    legs: fc.array(groundLeg, { maxLength: 3 }),
    sure: fc.array(fc.record({ cancelled: fc.integer({ min: 0, max: 3 }), curve: fc.integer({ min: 0, max: 2 }) }), {
      minLength: 7,
      maxLength: 7,
    }),
  })
  .map(({ departures, legs, sure }) => {
    const table = new DepartureTable('USD');
    for (const code of [...PLACES, 'depot', 'door']) table.places.intern(code);
    for (const one of departures) table.add(one);
    const timetable = Timetable.of(table);
    // Prices are a few units here, not billionths, so that ties are common.
    const ground = compileGround(legs, table.places, (nanos) => nanos / 1e9);
    const of = (fact: 'cancelled' | 'curve') =>
      Int32Array.from({ length: timetable.connectionCount }, (_, index) => sure[index % sure.length]?.[fact] ?? 0);
    const curves = [Int32Array.of(0, 0, 0), Int32Array.of(4, 2, 1), Int32Array.of(5, 1, 0)];
    const risks = { cancelled: of('cancelled'), curveOf: of('curve'), knots: Int32Array.of(0, 20, 60), curves };
    return { network: networkOf(timetable, ground), risks };
  });

/** Questions about them. */
export const smallQuery: fc.Arbitrary<Query> = fc
  .record({
    from: fc.integer({ min: 0, max: 6 }),
    to: fc.integer({ min: 0, max: 6 }),
    readyAt: fc.integer({ min: -20, max: 200 }),
    massGrams: fc.constantFrom(500, 3000),
    handledIn: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
  })
  .map(({ handledIn, ...query }) => ({
    ...query,
    ...(handledIn !== undefined && { landedAt: query.readyAt - handledIn }),
  }));

/** What an itinerary comes to. */
export interface Walked {
  readonly arrives: Minute;
  readonly pricePerKg: number;
  readonly risk: number;
  readonly legs: number;
}

interface Standing extends Walked {
  readonly place: number;
  /** The earliest time for goods to leave by road, or be had. */
  readonly free: Minute;
  /** How late the flight is that brought the goods; undefined when they came by road or were there. */
  readonly curve: number | undefined;
}

const board = ({ timetable }: Network, risks: Risks, goods: Standing, connection: number): Standing | undefined => {
  const { table, state } = timetable;
  const legs = timetable.legsOf(connection);
  const [first, last] = [legs[0] ?? 0, legs.at(-1) ?? 0];
  const notice = goods.curve === undefined ? table.cutoffMin[first] : table.changeMin[first];
  const slack = (state.departs[first] ?? 0) - (notice ?? 0) - goods.arrives;
  if (table.origin[first] !== goods.place || slack < 0) return undefined;
  const missed = goods.curve === undefined ? 0 : missRisk(risks, goods.curve, slack);
  return {
    place: table.destination[last] ?? 0,
    curve: risks.curveOf[connection] ?? 0,
    arrives: state.arrives[last] ?? 0,
    free: (state.arrives[last] ?? 0) + timetable.handlingMin(connection),
    pricePerKg: goods.pricePerKg + priceOf(timetable, connection),
    risk: goods.risk + missed + (risks.cancelled[connection] ?? 0),
    legs: goods.legs + legs.length,
  };
};

/** Follows one step; undefined when the goods are not there in time for it. */
const follow = (network: Network, risks: Risks, goods: Standing, step: Step): Standing | undefined => {
  if (step.kind === 'flight') return board(network, risks, goods, step.connection);
  const { leg } = step;
  if (leg.from !== goods.place || beginOf(leg, goods.free) !== step.begins) return undefined;
  const { pricePerKg } = leg;
  return {
    ...goods,
    place: leg.to,
    curve: undefined,
    arrives: step.begins + leg.minutes,
    free: step.begins + leg.minutes,
    pricePerKg: goods.pricePerKg + pricePerKg,
  };
};

const startOf = ({ from, readyAt, landedAt }: Query): Standing => {
  const curve = landedAt === undefined ? undefined : 0;
  return { place: from, curve, arrives: landedAt ?? readyAt, free: readyAt, pricePerKg: 0, risk: 0, legs: 0 };
};

/** What an itinerary comes to when it is walked step by step; undefined when it cannot be. */
export const walk = (network: Network, risks: Risks, query: Query, steps: readonly Step[]): Walked | undefined => {
  let goods: Standing | undefined = startOf(query);
  for (const step of steps) goods = goods && follow(network, risks, goods, step);
  return goods?.place === query.to ? { ...goods, arrives: goods.free } : undefined;
};

/** Every way there is to the destination, by trying all. Not every one is sensible, but none that is sensible is missing. */
export const everyWay = (network: Network, risks: Risks, query: Query, maxLegs: number, until: Minute): Walked[] => {
  const { timetable, ground } = network;
  const flights = Array.from(timetable.connections.numbers).filter(
    (connection) => roomOn(network, connection) >= query.massGrams,
  );
  const found: Walked[] = [];
  const explore = (goods: Standing, roadLegs: number) => {
    if (goods.arrives > until || goods.legs > maxLegs) return;
    if (goods.place === query.to && goods.free <= until) found.push({ ...goods, arrives: goods.free });
    for (const connection of flights) {
      const next = board(network, risks, goods, connection);
      if (next) explore(next, 0);
    }
    if (roadLegs > 3) return;
    for (const leg of ground.outOf(goods.place)) {
      const next = follow(network, risks, goods, { kind: 'ground', leg, begins: beginOf(leg, goods.free) });
      if (next) explore(next, roadLegs + 1);
    }
  };
  explore(startOf(query), 0);
  return found;
};

/** The best of several ways: those that no other beats in arrival, price and risk at once, each once, in that order. */
export const undominated = (ways: readonly Walked[]): string[] => {
  const beats = (a: Walked, b: Walked) => a.arrives <= b.arrives && a.pricePerKg <= b.pricePerKg && a.risk <= b.risk;
  const text = ({ arrives, pricePerKg, risk }: Walked) => `${arrives} ${pricePerKg} ${risk}`;
  const kept = ways.filter((way) => ways.every((other) => !beats(other, way) || beats(way, other)));
  kept.sort((a, b) => a.arrives - b.arrives || a.pricePerKg - b.pricePerKg || a.risk - b.risk);
  return [...new Set(kept.map(text))];
};
