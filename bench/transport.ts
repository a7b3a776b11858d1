import { generatorOf } from '@crossparcel/numerics';
import {
  type DepartureChange,
  DepartureTable,
  EarliestArrival,
  networkOf,
  ParetoSearch,
  type Query,
  type Risks,
  readCsvTimetable,
  riskOf,
  Timetable,
} from '@crossparcel/transport';
import type { Contest, Done } from './contest.ts';
import { type BenchTimetable, benchTimetables } from './data.ts';
import { allDays, bareScanOf, CONNECT_MIN, minotorOf } from './transport-peers.ts';

/** Queries put to routers of which a thousand would take minutes. */
const FEW = 20;
const CARRIERS = 40;
const LEGS = 3;
/** How much later than the earliest an offer may arrive. */
const WITHIN_MIN = 1440;
const MILLION = 1_000_000;

const tableOf = (timetable: BenchTimetable): DepartureTable => {
  const generator = generatorOf(1);
  const table = new DepartureTable('USD');
  const prices = timetable.day.map(({ departs, arrives }) => {
    const perKg = (0.5 + (arrives - departs) / 200) * (0.7 + 0.6 * generator.unit());
    return Math.round(perKg * 100) * 10_000_000;
  });
  for (const [index, connection] of allDays(timetable).entries()) {
    const flight = index % timetable.day.length;
    table.add({
      flight: `F${flight}`,
      carrier: `C${flight % CARRIERS}`,
      kind: 'unknown',
      origin: connection.from,
      destination: connection.to,
      departs: connection.departs,
      arrives: connection.arrives,
      capacityGrams: 3_000_000,
      pricePerKg: prices[flight] ?? 0,
      cutoffMin: 0,
      minConnectMin: CONNECT_MIN,
      handlingMin: 0,
    });
  }
  return table;
};

/** Carriers from nearly always on time to often late, and up to 4 % cancelled. */
const risksOf = ({ table, connectionCount }: Timetable): Risks => {
  const knots = Int32Array.of(0, 15, 30, 60, 120, 180, 240, 360, 480, 720, 1440);
  const carrierOf = new Int32Array(connectionCount).map((_, connection) => table.carrier[connection] ?? 0);
  return {
    cancelled: carrierOf.map((carrier) => riskOf(1 - carrier / 1000)),
    curveOf: carrierOf,
    knots,
    curves: Array.from({ length: CARRIERS }, (_, carrier) => {
      const late = (minutes: number) =>
        (0.05 + 0.5 * (carrier / CARRIERS) ** 2) * Math.exp(-minutes / (40 + 10 * carrier));
      return knots.map((minutes) => riskOf(1 - late(minutes)));
    }),
  };
};

/** 2 % cancelled and 5 % late by ten minutes to ten hours. */
const disruption = (table: DepartureTable): DepartureChange[] => {
  const generator = generatorOf(7);
  const changes: DepartureChange[] = [];
  for (let departure = 0; departure < table.length; departure += 1) {
    const luck = generator.unit();
    const by = generator.integer(10, 600);
    const departs = (table.departs[departure] as number) + by;
    const arrives = (table.arrives[departure] as number) + by;
    if (luck < 0.02) changes.push({ kind: 'cancelled', departure });
    else if (luck < 0.07) changes.push({ kind: 'delayed', departure, departs, arrives });
  }
  return changes;
};

const contestsOn = (timetable: BenchTimetable): Contest[] => {
  const table = tableOf(timetable);
  const compiled = Timetable.of(table);
  const network = networkOf(compiled);
  const earliest = new EarliestArrival(network);
  const bare = bareScanOf(timetable);
  const minotor = minotorOf(timetable);
  const queries = timetable.queries.map(({ from, to, readyAt }): Query => {
    return { from: compiled.placeOf(from) as number, to: compiled.placeOf(to) as number, readyAt, massGrams: 100_000 };
  });
  for (const [index, { arrives }] of timetable.queries.entries()) {
    const found = earliest.arrival(queries[index] as Query) ?? -1;
    if (arrives !== undefined && found !== arrives)
      throw new Error(`${timetable.name} ${index}: ${found}, not ${arrives}`);
  }
  const pareto = new ParetoSearch(network, risksOf(compiled));
  const limited = queries.flatMap((query) => {
    const arrives = earliest.arrival(query, LEGS);
    return arrives === undefined ? [] : [{ query, until: arrives + WITHIN_MIN }];
  });
  const changes = disruption(table);
  return [
    {
      title: `earliest arrival on ${timetable.name}, ${table.length.toLocaleString('en-US')} connections`,
      unit: 'queries/s',
      contestants: [
        {
          name: 'crossparcel',
          run: () => {
            for (const query of queries) earliest.arrival(query);
            return queries.length;
          },
        },
        {
          name: 'minotor 1.0.7, at most five changes',
          run: () => {
            for (const { from, to, readyAt } of timetable.queries.slice(0, FEW)) minotor(from, to, readyAt);
            return FEW;
          },
        },
        {
          name: 'bound: the scan alone',
          run: () => {
            for (const { from, to, readyAt } of timetable.queries) bare(from, to, readyAt);
            return queries.length;
          },
        },
      ],
    },
    {
      title: `ways with at most ${LEGS} legs on ${timetable.name}, ${limited.length} queries that have one`,
      unit: 'queries/s',
      contestants: [
        {
          name: 'the plain scan',
          run: () => {
            for (const { query } of limited) earliest.arrival(query);
            return limited.length;
          },
        },
        {
          name: 'the plain scan with the limit',
          run: () => {
            for (const { query } of limited) earliest.arrival(query, LEGS);
            return limited.length;
          },
        },
        {
          name: 'all in arrival, cost and chance, within a day',
          run: () => {
            for (const { query, until } of limited) pareto.offers(query, LEGS, until);
            return limited.length;
          },
        },
      ],
    },
    {
      title: `ready again on ${timetable.name} after ${changes.length.toLocaleString('en-US')} changes`,
      unit: 'times/s',
      contestants: [
        { name: 'crossparcel', run: () => timed(() => compiled.changed(changes)) },
        { name: 'bound: everything sorted anew, without the changes', run: () => timed(() => Timetable.of(table)) },
      ],
    },
  ];
};

const timed = async (work: () => unknown): Promise<Done> => {
  const started = performance.now();
  work();
  return { amount: 1, timesMs: [performance.now() - started] };
};

const HEADER =
  'flight,carrier,origin,destination,departure,arrival,capacityKg,pricePerKg,currency,cutoffMin,minConnectMin';

const millionLines = ({ day }: BenchTimetable): Uint8Array => {
  const start = Date.UTC(2026, 10, 22);
  const text = (minutes: number) => new Date(start + minutes * 60_000).toISOString().replace('.000', '');
  const lines = [HEADER];
  for (let shift = 0; lines.length <= MILLION; shift += 1440) {
    for (const [index, { departs, arrives, from, to }] of day.slice(0, MILLION + 1 - lines.length).entries()) {
      const times = `${text(departs + shift)},${text(arrives + shift)}`;
      lines.push(`C${index},C${index % CARRIERS},${from},${to},${times},${500 + (index % 3000)},3.25,USD,360,300`);
    }
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
};

const loading = (timetable: BenchTimetable): Contest => {
  const bytes = millionLines(timetable);
  const rims = { knowsAirport: () => true, convert: (price: number) => price };
  const raise = ({ line, fault }: { line: number; fault: { what: string } }) => {
    throw new Error(`${line}: ${fault.what}`);
  };
  return {
    title: 'a million departures from CSV, ready to be searched',
    unit: 'departures/s',
    contestants: [
      {
        name: 'crossparcel',
        run: () => {
          const table = readCsvTimetable(bytes, rims, raise);
          return table ? Timetable.of(table).table.length : 0;
        },
      },
      {
        name: 'bound: cut at line ends and commas',
        run: () => {
          let fields = 0;
          for (const line of new TextDecoder().decode(bytes).split('\n')) fields += line.split(',').length;
          return fields > MILLION ? MILLION : 0;
        },
      },
    ],
  };
};

/** Flight search: ours beside other routers, the scan with all criteria beside the plain one, changes, and loading. */
export const contests = (): Promise<Contest[]> => {
  const timetables = benchTimetables();
  const largest = timetables.at(-1) as BenchTimetable;
  return Promise.resolve([...timetables.flatMap(contestsOn), loading(largest)]);
};
