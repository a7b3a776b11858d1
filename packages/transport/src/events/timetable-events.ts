import { formatInstant, type Instant } from '@crossparcel/units';
import type { DepartureTable } from '../timetable/departure-table.ts';
import { instantOf, type Minute } from '../timetable/minute.ts';
import type { FlightEvent } from './flight-event.ts';

const NANOS = 1_000_000_000;

const text = (minute: Minute): string => formatInstant(instantOf(minute));

const decimal = (nanos: number): string => {
  const fraction = String(nanos % NANOS)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${Math.floor(nanos / NANOS)}${fraction && `.${fraction}`}`;
};

type Published = Extract<FlightEvent, { kind: 'published' }>;

/** A row of a table with what an event needs of it. */
interface Row {
  readonly departs: Minute;
  readonly arrives: Minute;
  readonly event: Published;
  /** Price and cut-offs, to compare. */
  readonly terms: string;
}

const rowOf = (table: DepartureTable, index: number, at: string): Row => {
  const departs = table.departs[index] as number;
  const arrives = table.arrives[index] as number;
  const pricePerKg = decimal(table.pricePerKg[index] as number);
  const cutoffMin = table.cutoffMin[index] as number;
  const minConnectMin = table.changeMin[index] as number;
  const { currency } = table;
  return {
    departs,
    arrives,
    terms: [pricePerKg, currency, cutoffMin, minConnectMin].join(' '),
    event: {
      kind: 'published',
      at,
      flight: table.flights.at(table.flight[index] as number),
      carrier: table.carriers.at(table.carrier[index] as number),
      origin: table.places.at(table.origin[index] as number),
      destination: table.places.at(table.destination[index] as number),
      departure: text(departs),
      arrival: text(arrives),
      capacityKg: (table.capacityGrams[index] as number) / 1000,
      pricePerKg,
      currency,
      cutoffMin,
      minConnectMin,
    },
  };
};

/** Departures by the leg that they fly: number, carrier, from where to where. */
const rowsByLeg = (table: DepartureTable | undefined, at: string): Map<string, Row[]> => {
  const rows = Array.from({ length: table?.length ?? 0 }, (_, index) => rowOf(table as DepartureTable, index, at));
  return Map.groupBy(rows, ({ event }) => [event.flight, event.carrier, event.origin, event.destination].join(' '));
};

/** One departure before and after; one side is missing where it is new or gone. */
interface Pair {
  readonly before?: Row | undefined;
  readonly after?: Row | undefined;
}

/** Pairs those that leave at the same minute, then the nearest ones within some minutes; the rest stay alone. */
const pairsOf = (before: readonly Row[], after: readonly Row[], withinMin: number): Pair[] => {
  const byMinute = new Map(after.map((row) => [row.departs, row]));
  const same = before.flatMap((row) => {
    const other = byMinute.get(row.departs);
    return other ? [{ before: row, after: other }] : [];
  });
  const paired = new Set<Row>(same.flatMap((pair) => [pair.before, pair.after]));
  const [gone, fresh] = [before, after].map((rows) => rows.filter((row) => !paired.has(row))) as [Row[], Row[]];
  const away = (pair: { before: Row; after: Row }) => Math.abs(pair.before.departs - pair.after.departs);
  const candidates = gone
    .flatMap((one) => fresh.map((other) => ({ before: one, after: other })))
    .filter((pair) => away(pair) <= withinMin)
    .sort((a, b) => away(a) - away(b) || a.before.departs - b.before.departs || a.after.departs - b.after.departs);
  const moved = candidates.filter((pair) => {
    if (paired.has(pair.before) || paired.has(pair.after)) return false;
    paired.add(pair.before).add(pair.after);
    return true;
  });
  const alone = (rows: readonly Row[]) => rows.filter((row) => !paired.has(row));
  return [
    ...same,
    ...moved,
    ...alone(gone).map((row) => ({ before: row })),
    ...alone(fresh).map((row) => ({ after: row })),
  ];
};

const eventsOf = ({ before, after }: Pair, at: string): FlightEvent[] => {
  if (!before) return after ? [after.event] : [];
  const { flight, origin, destination } = before.event;
  const which = { at, flight, scheduled: text(before.departs), origin, destination };
  if (!after) return [{ kind: 'cancelled', ...which }];
  const events: FlightEvent[] = [];
  const { departure, arrival, capacityKg } = after.event;
  if (before.departs !== after.departs || before.arrives !== after.arrives)
    events.push({ kind: 'delayed', ...which, departure, arrival });
  if (before.event.capacityKg !== capacityKg) events.push({ kind: 'capacity', ...which, capacityKg });
  if (before.terms !== after.terms) events.push(after.event);
  return events;
};

/**
 * What became known when one timetable took the place of another: departures gone are cancelled, those that the same leg
 * leaves at another time up to `sameWithinMin` minutes away are retimed (`delayed`, earlier ones too), other room is
 * `capacity`; departures that are new, or whose price or cut-offs are others, are `published`. Without a timetable before,
 * all are. In order of departure. Cut-off and minimum connection are compared as they bind: the longer one for goods off
 * another flight. Kinds of aircraft and times of handling are not compared.
 */
export const timetableEvents = (
  before: DepartureTable | undefined,
  after: DepartureTable | undefined,
  at: Instant,
  sameWithinMin: number,
): FlightEvent[] => {
  const told = formatInstant(at);
  const [old, young] = [rowsByLeg(before, told), rowsByLeg(after, told)];
  const legs = new Set([...old.keys(), ...young.keys()]);
  const pairs = [...legs].flatMap((leg) => pairsOf(old.get(leg) ?? [], young.get(leg) ?? [], sameWithinMin));
  const leaves = ({ before: one, after: other }: Pair) => one?.departs ?? other?.departs ?? 0;
  return pairs.sort((a, b) => leaves(a) - leaves(b)).flatMap((pair) => eventsOf(pair, told));
};
